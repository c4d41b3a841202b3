//! A record or a message that is refused is told by an alert that the peer can read (TLS-06, TLS-07).

use rustls::{AlertDescription, Error, SupportedProtocolVersion};

use super::rig::{End, HOST, Ours, Theirs, VERSIONS, client_config, server_config, with_their_client};
use crate::error::Code;
use crate::tls::session::records::HANDSHAKE_MAX;

const OVERFLOW: &[u8] = b"\x15\x03\x03\x00\x02\x02\x16";
const DECODE_ERROR: &[u8] = b"\x15\x03\x03\x00\x02\x02\x32";
const UNEXPECTED: &[u8] = b"\x15\x03\x03\x00\x02\x02\x0a";

fn server() -> Ours {
    Ours::server(server_config(VERSIONS[1], false))
}

/// The records that `octets` consist of.
fn records(mut octets: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    while !octets.is_empty() {
        let len = 5 + usize::from(u16::from_be_bytes([octets[3], octets[4]]));
        let (record, rest) = octets.split_at(len);
        found.push(record);
        octets = rest;
    }
    found
}

/// What `octets` are answered with, however they are cut.
fn answer(make: impl Fn() -> Ours, octets: &[u8]) -> (Option<Code>, Vec<u8>) {
    let hear = |pieces: &[&[u8]]| {
        let mut end = make();
        end.out();
        pieces.iter().for_each(|piece| end.hear(piece));
        assert!(end.got.is_empty() && end.heap.used() == 0);
        (end.code(), end.out())
    };
    let whole = hear(&[octets]);
    for cut in 0..octets.len() {
        let (first, rest) = octets.split_at(cut);
        assert_eq!(hear(&[first, rest]), whole, "{cut}");
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
            client.say(b"good");
            let mut octets = client.out();
            octets.extend([23, 3, 3, (len >> 8) as u8, len as u8]);
            let (first, rest) = octets.split_at(octets.len() - cut);
            server.hear(first);
            server.hear(rest);
            assert_eq!(server.got, b"good");
            assert_eq!(server.code(), Some(Code::TlsRecord));
            assert_eq!(server.error.unwrap().fault.rule, c"TLS-06");
            client.hear(&server.out());
            assert_eq!(client.error, Some(Error::AlertReceived(AlertDescription::RecordOverflow)), "{version:?} {cut}");
        }
    }
}

/// In TLS 1.3 a record of type 23 may have 256 octets more; what it holds is then found too long, or not to decrypt.
#[test]
fn tls_06_the_longest_records_are_decrypted() {
    for (version, len) in [(VERSIONS[0], 18431u16), (VERSIONS[1], 16640)] {
        let (_, mut server) = with_their_client(version);
        server.hear(&[23, 3, 3, (len >> 8) as u8, len as u8]);
        assert!(server.error.is_none());
        server.hear(&vec![7; len.into()]);
        assert_eq!(server.code(), Some(Code::TlsDecrypt));
    }
}

#[test]
fn tls_06_no_alert_follows_a_close_notify() {
    for version in VERSIONS {
        let (_, mut server) = with_their_client(version);
        server.close();
        server.out();
        server.hear(&[23, 3, 3, 255, 255]);
        assert_eq!(server.code(), Some(Code::TlsRecord));
        assert!(server.out().is_empty());
    }
}

/// A server of theirs whose messages are spread over records, and a client of ours which refuses what comes in the place of record `at` of
/// the server's answers. What the server makes of it.
fn refused_by_client(version: &'static SupportedProtocolVersion, at: usize, break_in: Break) -> Option<Error> {
    let mut config = server_config(version, true);
    config.max_fragment_size = Some(100);
    let (mut client, mut server) = (Ours::client(client_config(true)), Theirs::server(config));
    let mut left = at;
    loop {
        server.hear(&client.out());
        let octets = server.out();
        for record in records(&octets) {
            if left == 0 {
                return broken_off(client, server, break_in);
            }
            left -= 1;
            client.hear(record);
        }
        if octets.is_empty() {
            return None;
        }
    }
}

/// The same for a client of theirs and a server of ours.
fn refused_by_server(version: &'static SupportedProtocolVersion, at: usize, break_in: Break) -> Option<Error> {
    let mut config = client_config(true);
    config.max_fragment_size = Some(100);
    let (mut client, mut server) = (Theirs::client(config), Ours::server(server_config(version, true)));
    let mut left = at;
    loop {
        let octets = client.out();
        for record in records(&octets) {
            if left == 0 {
                return broken_off(server, client, break_in);
            }
            left -= 1;
            server.hear(record);
        }
        if octets.is_empty() {
            return None;
        }
        client.hear(&server.out());
    }
}

#[derive(Clone, Copy)]
enum Break {
    /// A record that is too long.
    Long,
    /// More octets than a handshake may have.
    TooMany,
}

fn broken_off(mut ours: Ours, mut theirs: Theirs, break_in: Break) -> Option<Error> {
    // Alerts of TLS 1.3 have a record of their own, so nothing else is between them and the reader.
    theirs.hear(&ours.out());
    match break_in {
        Break::Long => {
            ours.hear(&[23, 3, 3, 0xff, 0xff]);
            assert_eq!(ours.code(), Some(Code::TlsRecord));
        }
        Break::TooMany => {
            ours.session.records.handshake = HANDSHAKE_MAX;
            ours.hear(&[22, 3, 3, 0, 9]);
            assert_eq!(ours.code(), Some(Code::TooLarge));
        }
    }
    theirs.hear(&ours.out());
    assert!(theirs.error.is_some(), "the peer is told something");
    assert!(ours.heap.used() <= HOST.len(), "nothing is kept but the name");
    theirs.error
}

/// Every place between two records of a handshake, those within a message among them.
#[test]
fn tls_06_tls_07_every_moment_of_the_handshake_has_its_alert() {
    let long = Error::AlertReceived(AlertDescription::RecordOverflow);
    let many = Error::AlertReceived(AlertDescription::DecodeError);
    for version in VERSIONS {
        let (mut places, mut others) = (0, 0);
        while let Some(error) = refused_by_server(version, places, Break::Long) {
            assert_eq!(error, long, "{version:?}, record {places} of the client");
            places += 1;
        }
        assert!(places > 4, "{places}");
        for at in 0..places {
            assert_eq!(refused_by_server(version, at, Break::TooMany), Some(many.clone()), "{version:?} {at}");
        }
        places = 0;
        while let Some(error) = refused_by_client(version, places, Break::Long) {
            // rustls decides where the client's keys have changed and the server's have not.
            others += usize::from(error == many);
            assert!(error == long || error == many, "{version:?}, record {places} of the server: {error}");
            places += 1;
        }
        assert!(places > 4, "{places}");
        let in_tls12 = version.version == rustls::ProtocolVersion::TLSv1_2;
        assert_eq!(others > 0, in_tls12, "{others}: tickets and change_cipher_spec of TLS 1.2 alone");
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
    server.hear(&[22, 3, 1, 0, 4, 1, 0, 0xea, 0x60]);
    let record = [22, 3, 1, 0, 1, 0].repeat(1000);
    while server.error.is_none() {
        server.hear(&record);
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
        server.hear(&[24, 3, 3, 0, 1, 22]);
        assert_eq!(server.code(), Some(Code::TlsRecord));
        client.hear(&server.out());
        assert_eq!(client.error, Some(Error::AlertReceived(AlertDescription::DecodeError)));
    }
}
