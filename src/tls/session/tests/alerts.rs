//! A record or a message that is refused is told by an alert that the peer can read (TLS-06, TLS-07).

use rustls::{AlertDescription, Error};

use super::rig::{End, Ours, VERSIONS, client_config, server_config, with_their_client};
use crate::error::Code;

const OVERFLOW: &[u8] = b"\x15\x03\x03\x00\x02\x02\x16";
const DECODE_ERROR: &[u8] = b"\x15\x03\x03\x00\x02\x02\x32";
const UNEXPECTED: &[u8] = b"\x15\x03\x03\x00\x02\x02\x0a";

fn server() -> Ours {
    Ours::server(server_config(VERSIONS[1], false))
}

/// What `octets` are answered with, however they are cut.
fn answer(make: impl Fn() -> Ours, octets: &[u8]) -> (Option<Code>, Vec<u8>) {
    let recv = |pieces: &[&[u8]]| {
        let mut end = make();
        end.out();
        pieces.iter().for_each(|piece| end.recv(piece));
        assert!(end.got.is_empty() && end.heap.used() == 0);
        (end.code(), end.out())
    };
    let whole = recv(&[octets]);
    for cut in 0..octets.len() {
        let (first, rest) = octets.split_at(cut);
        assert_eq!(recv(&[first, rest]), whole, "{cut}");
    }
    whole
}

#[test]
fn tls_06_a_long_record_in_the_clear_is_answered_at_its_header() {
    for len in [16385u16, 18432, 18433, 65535] {
        for kind in 20..=23 {
            let header = [kind, 3, 1, (len >> 8) as u8, len as u8];
            let expected = (Some(Code::TlsRecord), OVERFLOW.to_vec());
            assert_eq!(answer(server, &header), expected, "{kind} {len}");
            assert_eq!(answer(|| Ours::client(client_config(false)), &header), expected, "{kind} {len}");
        }
    }
    // Behind a part of a ClientHello.
    let octets = b"\x16\x03\x01\x00\x06\x01\x00\x01\x00\x03\x03\x16\x03\x01\x40\x01";
    assert_eq!(answer(server, octets), (Some(Code::TlsRecord), OVERFLOW.to_vec()));
}

#[test]
fn tls_06_a_long_record_behind_the_handshake_is_not_waited_for() {
    for (version, len) in [(VERSIONS[0], 18432u16), (VERSIONS[0], 65535), (VERSIONS[1], 16641), (VERSIONS[1], 65535)] {
        for cut in 0..=5 {
            let (mut client, mut server) = with_their_client(version);
            client.send(b"good");
            let mut octets = client.out();
            octets.extend([23, 3, 3, (len >> 8) as u8, len as u8]);
            let (first, rest) = octets.split_at(octets.len() - cut);
            server.recv(first);
            server.recv(rest);
            assert_eq!(server.got, b"good");
            assert_eq!(server.code(), Some(Code::TlsRecord));
            assert_eq!(server.error.unwrap().fault.rule, c"TLS-06");
            client.recv(&server.out());
            assert_eq!(client.error, Some(Error::AlertReceived(AlertDescription::RecordOverflow)), "{version:?} {cut}");
        }
    }
}

/// In TLS 1.3 a record of type 23 may have 256 octets more; what it holds is then found too long, or not to decrypt.
#[test]
fn tls_06_the_longest_records_are_decrypted() {
    for (version, len) in [(VERSIONS[0], 18431u16), (VERSIONS[1], 16640)] {
        let (_, mut server) = with_their_client(version);
        server.recv(&[23, 3, 3, (len >> 8) as u8, len as u8]);
        assert!(server.error.is_none());
        server.recv(&vec![7; len.into()]);
        assert_eq!(server.code(), Some(Code::TlsDecrypt));
    }
}

#[test]
fn tls_06_no_alert_follows_a_close_notify() {
    for version in VERSIONS {
        let (_, mut server) = with_their_client(version);
        server.close();
        server.out();
        server.recv(&[23, 3, 3, 255, 255]);
        assert_eq!(server.code(), Some(Code::TlsRecord));
        assert!(server.out().is_empty());
    }
}

#[test]
fn tls_07_a_hello_that_is_too_long_is_answered() {
    for len in [0x0001_0000u32, 0x00ff_ffff] {
        let [_, high, mid, low] = len.to_be_bytes();
        let whole = [22, 3, 1, 0, 9, 1, high, mid, low, 3, 3, 0, 0, 0];
        let expected = (Some(Code::TlsHandshake), DECODE_ERROR.to_vec());
        assert_eq!(answer(server, &whole), expected);
        let spread: Vec<u8> = whole[5..].iter().flat_map(|&octet| [22, 3, 1, 0, 1, octet]).collect();
        assert_eq!(answer(server, &spread), expected);
    }
}

#[test]
fn tls_07_a_hello_in_far_too_many_records_is_answered() {
    let mut server = server();
    server.recv(&[22, 3, 1, 0, 4, 1, 0, 0xea, 0x60]);
    let record = [22, 3, 1, 0, 1, 0].repeat(1000);
    while server.error.is_none() {
        server.recv(&record);
    }
    assert_eq!(server.out(), DECODE_ERROR);
}

#[test]
fn tls_07_another_record_within_a_message_is_answered() {
    for other in [&b"\x15\x03\x03\x00\x02\x01\x5a"[..], b"\x17\x03\x03\x00\x00", b"\x17\x03\x03\x00\x01x"] {
        let octets = [b"\x16\x03\x01\x00\x06\x01\x00\x01\x00\x03\x03", other].concat();
        assert_eq!(answer(server, &octets), (Some(Code::TlsHandshake), UNEXPECTED.to_vec()), "{other:?}");
    }
}

#[test]
fn tls_07_garbage_within_a_message_is_answered() {
    let octets = b"\x16\x03\x01\x00\x06\x01\x00\x01\x00\x03\x03SSH";
    assert_eq!(answer(server, octets), (Some(Code::TlsRecord), DECODE_ERROR.to_vec()));
}

/// A peer cannot ask for an alert as a session does.
#[test]
fn tls_06_requests_are_none_of_a_peers() {
    for version in VERSIONS {
        let (mut client, mut server) = with_their_client(version);
        server.recv(&[24, 3, 3, 0, 1, 22]);
        assert_eq!(server.code(), Some(Code::TlsRecord));
        client.recv(&server.out());
        assert_eq!(client.error, Some(Error::AlertReceived(AlertDescription::DecodeError)));
    }
}
