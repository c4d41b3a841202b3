//! How it ends: close_notify, truncation, alerts.

use super::rig::{
    End, Ours, Theirs, VERSIONS, carry, client_config, pair, server_config, untrusting_client_config, with_their_client,
};
use crate::error::Code;

#[test]
fn tls_03_an_end_is_clean_after_a_close_notify_only() {
    for version in VERSIONS {
        let (mut client, mut server) = pair(version);
        client.send(b"bye");
        client.close();
        let octets = client.out();
        server.recv(&octets);
        assert_eq!(server.got, b"bye");
        assert!(server.session.is_peer_closed() && server.error.is_none());
        assert_eq!(server.session.end_of_input(), Ok(()));

        let (mut client, mut server) = pair(version);
        client.send(b"bye");
        let octets = client.out();
        server.recv(&octets);
        assert_eq!(server.session.end_of_input().unwrap_err().code(), Code::Truncated);
        assert_eq!(server.session.error().unwrap().code(), Code::Truncated);
    }
    let mut server = Ours::server(server_config(VERSIONS[1], false));
    assert_eq!(server.session.end_of_input().unwrap_err().fault.rule, c"TLS-03");
}

#[test]
fn tls_05_what_follows_a_close_notify_is_ignored() {
    for version in VERSIONS {
        let (mut client, mut server) = with_their_client(version);
        client.connection.send_close_notify();
        let mut octets = client.out();
        octets.extend(b"\x17\x03\x03\x00\x20garbage, and no record at all");
        server.recv(&octets);
        assert!(server.session.is_peer_closed() && server.error.is_none());
        server.recv(b"more");
        assert!(server.error.is_none() && server.got.is_empty());
        assert_eq!(server.session.end_of_input(), Ok(()));
    }
}

#[test]
fn tls_05_one_close_notify_and_nothing_after_it() {
    for version in VERSIONS {
        let (mut client, mut server) = with_their_client(version);
        server.close();
        server.close();
        let octets = server.out();
        client.recv(&octets);
        assert!(client.connection.process_new_packets().unwrap().peer_has_closed());
        assert_eq!(server.seal(&[b"x"]).unwrap_err().code(), Code::Closing);
        assert!(server.out().is_empty());
        client.send(b"still here");
        let octets = client.out();
        server.recv(&octets);
        assert_eq!(server.got, b"still here");
    }
}

#[test]
fn both_may_close_in_any_order() {
    for version in VERSIONS {
        let (mut client, mut server) = pair(version);
        client.close();
        carry(&mut client, &mut server, 1);
        server.send(b"answer");
        server.close();
        carry(&mut client, &mut server, 1);
        assert_eq!(client.got, b"answer");
        assert!(client.session.is_peer_closed() && server.session.is_peer_closed());
        assert!(client.error.is_none() && server.error.is_none());
    }
}

#[test]
fn a_close_in_the_handshake_sends_nothing() {
    let mut client = Ours::client(client_config(false));
    client.out();
    assert_eq!(client.seal(&[b"x"]).unwrap_err().code(), Code::State);
    client.close();
    assert!(client.out().is_empty());
}

#[test]
fn an_altered_record_is_answered_by_an_alert() {
    for version in VERSIONS {
        let (mut client, mut server) = with_their_client(version);
        client.send(b"good");
        client.send(b"bad");
        let mut octets = client.out();
        *octets.last_mut().unwrap() ^= 1;
        server.recv(&octets);
        assert_eq!(server.got, b"good", "what came before is given out");
        assert_eq!(server.code(), Some(Code::TlsDecrypt));
        assert!(server.error.unwrap().offset > 0);
        let alert = server.out();
        client.recv(&alert);
        assert_eq!(client.error, Some(rustls::Error::AlertReceived(rustls::AlertDescription::BadRecordMac)));
        assert_eq!(server.seal(&[b"x"]).unwrap_err().code(), Code::TlsDecrypt);
        server.recv(&octets);
        assert_eq!(server.code(), Some(Code::TlsDecrypt));
    }
}

#[test]
fn a_certificate_of_an_unknown_issuer_is_refused() {
    for version in VERSIONS {
        let (mut client, mut server) =
            (Ours::client(untrusting_client_config()), Ours::server(server_config(version, false)));
        carry(&mut client, &mut server, usize::MAX);
        assert_eq!(client.code(), Some(Code::TlsVerify));
        assert_eq!(client.error.unwrap().fault.reason, c"the peer's certificate has an unknown issuer");
        assert_eq!(server.code(), Some(Code::TlsAlert));
        assert_eq!(server.error.unwrap().fault.reason, c"the peer sent the alert unknown_ca (48)");
    }
}

#[test]
fn no_version_in_common() {
    let old = server_config(VERSIONS[0], false);
    let only_13 = rustls::ClientConfig::builder_with_provider(super::rig::provider());
    let only_13 = only_13.with_protocol_versions(&[VERSIONS[1]]).unwrap();
    let only_13 = only_13.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth();
    let (mut client, mut server) = (Theirs::client(only_13), Ours::server(old));
    carry(&mut client, &mut server, usize::MAX);
    assert_eq!(server.code(), Some(Code::TlsIncompatible));
    assert_eq!(client.error, Some(rustls::Error::AlertReceived(rustls::AlertDescription::ProtocolVersion)));
}

#[test]
fn tls_02_another_protocol_is_refused() {
    for version in VERSIONS {
        let (mut asking, mut serving) = (client_config(false), server_config(version, false));
        asking.alpn_protocols = vec![b"h2".to_vec()];
        serving.alpn_protocols = vec![b"http/1.1".to_vec()];
        let (mut client, mut server) = (Ours::client(asking), Ours::server(serving));
        carry(&mut client, &mut server, usize::MAX);
        assert_eq!(server.code(), Some(Code::TlsAlpn));
        assert_eq!(client.code(), Some(Code::TlsAlpn));
        assert_eq!(client.error.unwrap().fault.rule, c"TLS-02");
    }
}
