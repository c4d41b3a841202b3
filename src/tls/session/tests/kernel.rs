//! Offloaded sessions: control records handled here and by rustls.

use std::sync::Arc;

use rustls::Connection;

use super::rig::{End, Ours, Theirs, VERSIONS, carry, client_config, server_config};
use crate::error::Code;
use crate::tls::session::RecordError;
use crate::tls::{Cipher, Version};

const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;
const REQUESTED: [u8; 5] = [24, 0, 0, 1, 1];
const NOT_REQUESTED: [u8; 5] = [24, 0, 0, 1, 0];

/// A client and an offloadable server after the handshake; `at` is the version.
pub(super) fn pair(at: usize) -> (Ours, Ours) {
    let mut config = server_config(VERSIONS[at], true);
    config.enable_secret_extraction = true;
    let (mut client, mut server) = (Ours::client(client_config(true)), Ours::of_server(&Arc::new(config)));
    assert!(server.session.ready_to_offload().is_none(), "in the handshake");
    carry(&mut client, &mut server, usize::MAX);
    (client, server)
}

/// An offloaded server.
fn left(at: usize) -> Ours {
    let (_, mut server) = pair(at);
    server.session.offload().unwrap();
    server
}

/// The result of receiving this record: the code, and the queued alert.
fn ended_by(at: usize, kind: u8, content: &[u8]) -> (Code, Option<u8>) {
    let mut server = left(at);
    let error = server.session.recv_record(kind, content).unwrap_err();
    assert_eq!(server.session.error(), Some(error));
    assert_eq!(server.session.recv_record(HANDSHAKE, &NOT_REQUESTED).unwrap_err(), error, "for good");
    let control = server.session.control();
    assert_eq!(server.session.waiting(), control.map_or(0, |_| 2));
    let alert = control.map(|control| {
        assert_eq!((control.kind, control.octets()[0]), (ALERT, 2));
        control.octets()[1]
    });
    assert!(server.session.control_sent().unwrap().is_none() && server.session.waiting() == 0);
    (error.code(), alert)
}

#[test]
fn keys_are_those_of_the_next_records() {
    for (at, numbers) in [(0, (1, 1)), (1, (1, 0))] {
        let (_, mut server) = pair(at);
        let protection = server.session.ready_to_offload().unwrap();
        assert_eq!(protection.version, [Version::Tls12, Version::Tls13][at]);
        let facts = |server: &Ours| {
            let session = &server.session;
            let certificate = session.peer_certificate(0).map(<[u8]>::to_vec);
            (
                session.version(),
                session.cipher_suite(),
                session.alpn().map(<[u8]>::to_vec),
                session.is_resumed(),
                certificate,
            )
        };
        let before = facts(&server);
        let (send, receive) = server.session.offload().unwrap();
        assert!((send.sequence(), receive.sequence()) >= numbers);
        assert_eq!((send.protection(), receive.protection()), (protection, protection));
        assert_eq!(send.key().len(), if protection.cipher == Cipher::Aes128Gcm { 16 } else { 32 });
        assert_ne!(send.key(), receive.key());
        assert_eq!(facts(&server), before, "what was agreed on is still told");
        assert!(server.session.is_in_kernel() && server.session.ready_to_offload().is_none());
        assert_eq!(server.seal(&[b"x"]).unwrap_err().code(), Code::State);
    }
}

#[test]
fn a_session_is_offloaded_between_two_records_only() {
    let (mut client, mut server) = pair(1);
    assert!(server.session.ready_to_offload().is_some());
    client.send(b"hello");
    let octets = client.out();
    server.recv(&octets[..7]);
    assert!(server.session.ready_to_offload().is_none(), "in the middle of a record");
    server.recv(&octets[7..]);
    server.session.release();
    assert!(server.session.ready_to_offload().is_some());
    client.close();
    server.recv(&client.out());
    assert!(server.session.ready_to_offload().is_none(), "the peer has ended");
}

#[test]
fn a_session_that_may_owe_a_response_is_not_offloaded() {
    let mut config = server_config(VERSIONS[1], false);
    config.enable_secret_extraction = true;
    let (mut client, mut server) = (Theirs::client(client_config(false)), Ours::server(config));
    carry(&mut client, &mut server, usize::MAX);
    assert!(server.session.ready_to_offload().is_some());
    let Connection::Client(asking) = &mut client.connection else { unreachable!("it is a client") };
    asking.refresh_traffic_keys().unwrap();
    server.recv(&client.out());
    assert!(server.session.ready_to_offload().is_none(), "rustls has a KeyUpdate for its next record");
}

#[test]
fn a_config_that_does_not_permit_it_keeps_its_keys() {
    for version in VERSIONS {
        let (_, mut server) = super::rig::pair(version);
        assert!(server.session.ready_to_offload().is_none());
        assert!(server.session.offload().is_err());
    }
}

#[test]
fn keys_change_when_the_peer_changes_its_own() {
    let mut server = left(1);
    let first = server.session.recv_record(HANDSHAKE, &NOT_REQUESTED).unwrap().unwrap();
    assert_eq!((first.sequence(), server.session.waiting()), (0, 0), "nothing is asked for in return");
    let second = server.session.recv_record(HANDSHAKE, &REQUESTED).unwrap().unwrap();
    assert_ne!(first.key(), second.key());
    let control = server.session.control().expect("before all data");
    assert_eq!((control.kind, control.octets()), (HANDSHAKE, &NOT_REQUESTED[..]));
    server.session.recv_record(HANDSHAKE, &REQUESTED).unwrap();
    assert_eq!(server.session.waiting(), 5, "one answer for all that were asked for before it");
    let keys = server.session.control_sent().unwrap().unwrap();
    assert_eq!((keys.sequence(), server.session.waiting()), (0, 0));
    server.session.close(&mut server.wire).unwrap();
    assert_eq!(server.session.control().unwrap().octets(), [1, 0]);
    assert!(server.session.control_sent().unwrap().is_none());
}

#[test]
fn so_many_changes_of_keys_without_data() {
    let mut server = left(1);
    for _ in 0..3 {
        (0..32).for_each(|_| drop(server.session.recv_record(HANDSHAKE, &NOT_REQUESTED).unwrap()));
        server.session.note_received();
    }
    (0..32).for_each(|_| drop(server.session.recv_record(HANDSHAKE, &NOT_REQUESTED).unwrap()));
    assert_eq!(server.session.recv_record(HANDSHAKE, &NOT_REQUESTED).unwrap_err().code(), Code::TlsHandshake);
}

#[test]
fn keys_do_not_seal_more_than_they_may() {
    const RECORDS: usize = 1 << 23;
    let mut server = left(1);
    let is_limited = server.session.records.engine().offload_protection().unwrap().cipher != Cipher::ChaCha20Poly1305;
    assert!(is_limited, "AES is what both have first");
    (2..RECORDS).for_each(|_| server.session.note_sent(1).unwrap());
    server.session.note_sent(1 << 14).unwrap();
    assert_eq!(server.session.waiting(), 0);
    server.session.note_sent(1).unwrap();
    assert_eq!(server.session.control().unwrap().octets(), NOT_REQUESTED);
    let mut server = left(0);
    (1..RECORDS).for_each(|_| server.session.note_sent(1 << 14).unwrap());
    assert_eq!(server.session.note_sent(1).unwrap_err().code(), Code::Closing, "there is no KeyUpdate");
}

#[test]
fn alerts_are_taken_as_rustls_takes_them() {
    for at in [0, 1] {
        assert_eq!(ended_by(at, ALERT, &[2, 20]), (Code::TlsAlert, None));
        assert_eq!(ended_by(at, ALERT, &[2, 120]), (Code::TlsAlpn, None));
        assert_eq!(ended_by(at, ALERT, &[3, 20]), (Code::TlsAlert, Some(47)));
        for malformed in [&[][..], &[1], &[1, 0, 0]] {
            assert_eq!(ended_by(at, ALERT, malformed), (Code::TlsHandshake, Some(50)));
        }
        let mut server = left(at);
        (0..4).for_each(|_| assert!(server.session.recv_record(ALERT, &[1, 90]).unwrap().is_none()));
        assert_eq!(server.session.recv_record(ALERT, &[1, 90]).unwrap_err().code(), Code::TlsHandshake);
        let mut server = left(at);
        assert!(server.session.recv_record(ALERT, &[1, 0]).unwrap().is_none() && server.session.is_peer_closed());
        assert!(server.session.recv_record(77, b"anything").unwrap().is_none(), "ignored behind a close_notify");
        assert_eq!(server.session.end_of_input(), Ok(()));
    }
    assert_eq!(ended_by(1, ALERT, &[1, 41]), (Code::TlsAlert, Some(50)));
    assert!(left(0).session.recv_record(ALERT, &[1, 41]).unwrap().is_none(), "a warning of TLS 1.2");
}

#[test]
fn nothing_else_may_come() {
    for at in [0, 1] {
        for kind in [0, 20, 24, 255] {
            assert_eq!(ended_by(at, kind, &[1]), (Code::TlsHandshake, Some(10)), "{kind}");
        }
        assert_eq!(ended_by(at, HANDSHAKE, &[1, 0, 0, 0]), (Code::TlsHandshake, Some(10)), "a new ClientHello");
    }
    assert_eq!(ended_by(0, HANDSHAKE, &REQUESTED), (Code::TlsHandshake, Some(10)), "TLS 1.2 has none");
    for content in [&[][..], &REQUESTED[..1], &REQUESTED[..4], &[24, 0, 0, 2, 0, 0], &[24, 1, 0, 1, 0]] {
        assert_eq!(ended_by(1, HANDSHAKE, content), (Code::TlsHandshake, Some(50)), "{content:?}");
    }
    assert_eq!(ended_by(1, HANDSHAKE, &[24, 0, 0, 1, 2]), (Code::TlsHandshake, Some(47)));
    let two = [REQUESTED, REQUESTED].concat();
    assert_eq!(ended_by(1, HANDSHAKE, &two), (Code::TlsHandshake, Some(10)), "keys change between records");
}

#[test]
fn records_that_do_not_open() {
    let ended = |broken, is_closed: bool| {
        let mut server = left(1);
        if is_closed {
            server.session.close(&mut server.wire).unwrap();
            server.session.control_sent().unwrap();
        }
        let code = server.session.recv_record_error(broken).unwrap().code();
        (code, server.session.control().map(|control| control.octets()[1]))
    };
    assert_eq!(ended(RecordError::Undecryptable, false), (Code::TlsDecrypt, Some(20)));
    assert_eq!(ended(RecordError::Long, false), (Code::TlsRecord, Some(22)));
    assert_eq!(ended(RecordError::NoRecord, false), (Code::TlsRecord, Some(50)));
    assert_eq!(ended(RecordError::Undecryptable, true), (Code::TlsDecrypt, None), "nothing follows a close_notify");
}
