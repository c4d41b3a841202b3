//! Sealing plaintext.

use super::rig::{End, Ours, Theirs, VERSIONS, carry, client_config, server_config, with_their_client};
use crate::error::Code;

/// The lengths of the records in `octets`.
fn records(mut octets: &[u8]) -> Vec<usize> {
    let mut lens = Vec::new();
    while let [23, 3, 3, high, low, rest @ ..] = octets {
        lens.push(usize::from(u16::from_be_bytes([*high, *low])));
        octets = &rest[*lens.last().unwrap()..];
    }
    assert!(octets.is_empty());
    lens
}

#[test]
fn small_parts_share_a_record() {
    for version in VERSIONS {
        let (mut client, mut server) = with_their_client(version);
        server.seal(&[b"HTTP/1.1 200 OK\r\n", b"\r\n", b"", b"content"]).unwrap();
        let octets = server.out();
        assert_eq!(records(&octets).len(), 1);
        client.recv(&octets);
        assert_eq!(client.got, b"HTTP/1.1 200 OK\r\n\r\ncontent");
        server.seal(&[]).unwrap();
        server.seal(&[b"", b""]).unwrap();
        assert!(server.out().is_empty());
    }
}

#[test]
fn records_are_full() {
    for version in VERSIONS {
        let (mut client, mut server) = with_their_client(version);
        let large = vec![7; 100_000];
        server.send(&large);
        let octets = server.out();
        assert_eq!(records(&octets).len(), 7);
        client.recv(&octets);
        client.got.clear();
        server.seal(&[b"head", &large, b"tail"]).unwrap();
        let octets = server.out();
        client.recv(&octets);
        assert_eq!(client.got, [b"head", &large[..], b"tail"].concat());
    }
}

#[test]
fn all_or_nothing() {
    for version in VERSIONS {
        let (mut client, mut server) = with_their_client(version);
        server.wire.limit = Some(50_000);
        assert_eq!(server.seal(&[b"head", &[7; 50_000]]).unwrap_err().code(), Code::Nomem);
        assert!(server.out().is_empty() && server.session.error().is_none());
        server.send(b"small");
        let octets = server.out();
        client.recv(&octets);
        assert_eq!(client.got, b"small");
    }
}

#[test]
fn smaller_records_where_the_config_says_so() {
    for version in VERSIONS {
        let mut config = server_config(version, false);
        config.max_fragment_size = Some(64);
        let (mut client, mut server) = (Theirs::client(client_config(false)), Ours::server(config));
        carry(&mut client, &mut server, usize::MAX);
        let content = [7; 10_000];
        server.seal(&[&content, b"tail"]).unwrap();
        let octets = server.out();
        assert!(records(&octets).iter().all(|len| *len <= 64 + 24));
        client.recv(&octets);
        assert_eq!(client.got, [&content[..], b"tail"].concat());
    }
}

#[test]
fn keys_are_updated_when_the_peer_asks() {
    let (mut client, mut server) = with_their_client(VERSIONS[1]);
    for _ in 0..3 {
        client.connection.refresh_traffic_keys().unwrap();
        client.send(b"after");
        let octets = client.out();
        octets.chunks(1).for_each(|octet| server.recv(octet));
        server.seal(&[b"an", b"swer"]).unwrap();
        let octets = server.out();
        assert_eq!(records(&octets).len(), 2, "the new keys of ours go first");
        client.recv(&octets);
    }
    assert_eq!(server.got, b"afterafterafter");
    assert_eq!(client.got, b"answeransweranswer");
}

/// Each record in `octets`.
fn each_record(mut octets: &[u8], mut each: impl FnMut(&[u8])) {
    while let [_, 3, 3, high, low, ..] = octets {
        let (record, rest) = octets.split_at(5 + usize::from(u16::from_be_bytes([*high, *low])));
        each(record);
        octets = rest;
    }
    assert!(octets.is_empty());
}

#[test]
fn sealing_in_the_middle_of_a_message() {
    // A server's tickets follow the handshake; in small records each is cut several times, and rustls refers to the
    // parts it has.
    let mut config = server_config(VERSIONS[1], false);
    config.max_fragment_size = Some(32);
    let (mut client, mut server) = (Ours::client(client_config(false)), Theirs::server(config));
    let mut said = Vec::new();
    let mut held = 0;
    for _ in 0..3 {
        let octets = client.out();
        server.recv(&octets);
        let octets = server.out();
        each_record(&octets, |record| {
            client.recv(record);
            if !client.session.is_handshaking() {
                held = held.max(client.heap.used());
                client.send(b"meanwhile ");
                said.extend(b"meanwhile ");
            }
        });
    }
    assert!(held > 27 && said.len() > 30, "a message was cut");
    assert_eq!(client.error, None);
    assert_eq!(client.heap.used(), 0);
    server.send(b"and back");
    carry(&mut client, &mut server, 1);
    assert_eq!(server.got, said);
    assert_eq!(client.got, b"and back");
}
