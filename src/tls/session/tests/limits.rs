//! Input that no honest peer sends.

use super::rig::{End, HOST, Ours, Theirs, VERSIONS, carry, client_config, server_config, with_their_client};
use crate::error::Code;
use crate::tls::session::records::HANDSHAKE_MAX;

fn server() -> Ours {
    Ours::server(server_config(VERSIONS[1], false))
}

#[test]
fn h1_line_11_garbage_fails_at_its_first_octet() {
    for octets in [&b"SSH-2.0-OpenSSH"[..], b"\0", b"\x80\x2e\x01", b"\x16\x02"] {
        let mut server = server();
        server.recv(octets);
        assert_eq!(server.code(), Some(Code::TlsRecord), "{octets:?}");
        assert_eq!(server.out(), b"\x15\x03\x03\x00\x02\x02\x32", "decode_error, in the clear");
        assert!(server.got.is_empty() && server.heap.used() == 0);
    }
}

#[test]
fn plaintext_http_has_a_fault_of_its_own() {
    for octets in [&b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"[..], b"G", b"POST"] {
        let mut server = server();
        server.recv(octets);
        assert_eq!(server.code(), Some(Code::TlsPlaintextHttp));
        assert_eq!(server.error.unwrap().fault.status, 400);
        assert!(server.out().is_empty(), "an alert would be no answer to it");
    }
    let mut client = Ours::client(client_config(false));
    client.recv(b"HTTP/1.1 400 Bad Request\r\n");
    assert_eq!(client.code(), Some(Code::TlsPlaintextHttp));
}

#[test]
fn a_handshake_is_bounded() {
    let mut server = server();
    // An endless ClientHello of 60,000 octets, in records of reasonable size.
    let mut record = vec![22, 3, 1, 0x40, 0, 1, 0, 0xea, 0x60];
    record.resize(5 + 16_384, 0);
    for _ in 0..20 {
        server.recv(&record);
    }
    assert!(server.error.is_some());
    assert_eq!(server.heap.used(), 0);

    let mut server = self::server();
    // The same in records of one octet each: far more octets than the message has.
    server.recv(&[22, 3, 1, 0, 4, 1, 0, 0xea, 0x60]);
    let record = [22, 3, 1, 0, 1, 0].repeat(1000);
    let mut most = 0;
    while server.error.is_none() {
        server.recv(&record);
        most = most.max(server.heap.used());
    }
    assert_eq!(server.code(), Some(Code::TooLarge));
    assert!(most < 200_000, "{most}");
}

#[test]
fn every_octet_of_the_handshake_counts() {
    let mut client = Theirs::client(client_config(false));
    let mut server = server();
    let hello = client.out();
    hello.chunks(100).for_each(|octets| server.recv(octets));
    assert_eq!(*server.session.records.handshake_mut(), hello.len());
    *server.session.records.handshake_mut() = HANDSHAKE_MAX - 20;
    server.recv(&[22, 3, 3, 0, 16]);
    assert_eq!(server.code(), Some(Code::TooLarge), "its header says that it would be too long");
}

#[test]
fn a_cut_record_needs_memory() {
    let mut server = server();
    let hold = server.heap.reserve((1 << 20) - 100).unwrap();
    server.recv(&[22, 3, 1, 0x40, 0, 1, 0, 0x3f, 0xfc]);
    assert_eq!(server.code(), None, "what came has room");
    server.recv(&[0; 100]);
    assert_eq!(server.code(), Some(Code::Nomem));
    drop(hold);
    assert_eq!(server.heap.used(), 0);
}

#[test]
fn a_hello_dribbled_in_small_records() {
    for size in [1, 3, 50] {
        let mut client = Theirs::client(client_config(false));
        let mut server = server();
        let hello = client.out();
        let mut dribbled = Vec::new();
        for piece in hello[5..].chunks(size) {
            dribbled.extend([22, 3, 1, 0, piece.len() as u8]);
            dribbled.extend(piece);
        }
        for step in [1, 7, usize::MAX] {
            let mut server = self::server();
            dribbled.chunks(step).for_each(|octets| server.recv(octets));
            assert_eq!(server.error, None);
            assert_eq!(server.session.server_name(), Some(HOST));
            assert!(!server.out().is_empty(), "there is an answer");
        }
        server.recv(&dribbled);
        carry(&mut client, &mut server, usize::MAX);
        assert!(!server.session.is_handshaking() && !client.is_handshaking());
    }
}

#[test]
fn empty_records() {
    let (_, mut server) = with_their_client(VERSIONS[1]);
    server.recv(&[23, 3, 3, 0, 0]);
    assert_eq!(server.code(), Some(Code::TlsDecrypt), "there is no tag in it");
    let mut server = self::server();
    server.recv(&[22, 3, 1, 0, 0]);
    assert_eq!(server.code(), Some(Code::TlsHandshake));
    assert!(!server.out().is_empty());
}

#[test]
fn errors_after_our_close_send_no_alert() {
    for version in VERSIONS {
        let (mut client, mut server) = with_their_client(version);
        server.close();
        server.out();
        client.send(b"x");
        let mut octets = client.out();
        *octets.last_mut().unwrap() ^= 1;
        server.recv(&octets);
        assert_eq!(server.code(), Some(Code::TlsDecrypt));
        assert!(server.out().is_empty());
    }
}
