//! The facts of a session.

use std::sync::Arc;

use super::rig::{HOST, Ours, VERSIONS, carry, client_certificate, client_config, pair, server_config};
use crate::error::Code;
use crate::tls::session::engine::Engine;

#[test]
fn versions_and_suites() {
    for (version, number) in VERSIONS.into_iter().zip([0x0303, 0x0304]) {
        let (client, server) = pair(version);
        for session in [&client.session, &server.session] {
            assert_eq!(session.version(), Some(number));
            let (suite, name) = session.cipher_suite().unwrap();
            assert_eq!(name.starts_with("TLS_ECDHE_ECDSA_WITH_"), number == 0x0303, "{name}");
            assert_eq!(name.starts_with("TLS_AES_"), number == 0x0304, "{name}");
            assert_eq!(suite >> 8 == 0x13, number == 0x0304);
            assert!(!session.is_resumed() && session.alpn().is_none());
        }
    }
}

#[test]
fn every_suite_of_the_provider_has_a_name() {
    for suite in super::rig::provider().cipher_suites.iter() {
        assert!(super::super::cipher::name(suite.suite().into()).starts_with("TLS_"), "{suite:?}");
    }
}

#[test]
fn tls_02_the_protocol_agreed_on() {
    for version in VERSIONS {
        let (mut asking, mut serving) = (client_config(false), server_config(version, false));
        asking.alpn_protocols = vec![b"http/1.1".to_vec()];
        serving.alpn_protocols = vec![b"http/1.1".to_vec()];
        let (mut client, mut server) = (Ours::client(asking), Ours::server(serving));
        carry(&mut client, &mut server, usize::MAX);
        assert_eq!(client.session.alpn(), Some(&b"http/1.1"[..]));
        assert_eq!(server.session.alpn(), Some(&b"http/1.1"[..]));
    }
}

#[test]
fn tls_01_sni_has_a_name_and_no_address() {
    let cases = [(HOST, Some(HOST)), ("EXAMPLE.com.:443", Some(HOST)), ("192.0.2.1:443", None), ("192.0.2.1", None)];
    for version in VERSIONS {
        for (authority, expected) in cases {
            for step in [1, usize::MAX] {
                let mut client = Ours::of_client(&Arc::new(client_config(false)), authority);
                let mut server = Ours::server(server_config(version, false));
                carry(&mut client, &mut server, step);
                assert!(!client.session.is_handshaking(), "{authority}: {:?}", client.error);
                assert_eq!(server.session.server_name(), expected);
                assert_eq!(client.session.server_name(), None);
            }
        }
    }
}

#[test]
fn a_client_needs_a_host() {
    for authority in ["", "a b", "[::1", "*.example.com", "a:b"] {
        let error = Engine::client(Arc::new(client_config(false)), authority.as_bytes()).err().unwrap();
        assert_eq!(error.code(), Code::Argument, "{authority}");
    }
}

#[test]
fn a_certificate_for_another_host_is_refused() {
    let mut client = Ours::of_client(&Arc::new(client_config(false)), "example.org");
    let mut server = Ours::server(server_config(VERSIONS[1], false));
    carry(&mut client, &mut server, usize::MAX);
    assert_eq!(client.error.unwrap().fault.reason, c"the peer's certificate is for another name");
}

#[test]
fn the_chain_of_the_peer() {
    for version in VERSIONS {
        let mut client = Ours::client(client_config(true));
        let mut server = Ours::server(server_config(version, true));
        carry(&mut client, &mut server, usize::MAX);
        assert_eq!(server.session.peer_certificate(0), Some(client_certificate()));
        assert_eq!(server.session.peer_certificate(1), None);
        assert!(client.session.peer_certificate(0).is_some());

        let mut client = Ours::client(client_config(false));
        let mut server = Ours::server(server_config(version, true));
        carry(&mut client, &mut server, usize::MAX);
        assert_eq!(server.code(), Some(Code::TlsVerify));
        assert_eq!(server.error.unwrap().fault.reason, c"the peer sent no certificate");
        assert_eq!(client.code(), Some(Code::TlsAlert));
    }
}

#[test]
fn a_second_handshake_is_resumed() {
    for version in VERSIONS {
        let asking = Arc::new(client_config(false));
        let serving = Arc::new(server_config(version, false));
        for is_second in [false, true] {
            let (mut client, mut server) = (Ours::of_client(&asking, HOST), Ours::of_server(&serving));
            carry(&mut client, &mut server, 100);
            assert_eq!((client.session.is_resumed(), server.session.is_resumed()), (is_second, is_second));
            assert_eq!(server.session.server_name(), Some(HOST));
        }
    }
}
