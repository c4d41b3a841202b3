//! What does not get as far as HTTP, and what TLS changes for requests.

use wireway::conn::{Config, Conn, Event, NotReady, Request, bits};
use wireway::error::Code;
use wireway::http1::machine::Role;
use wireway::tls::{self, Certificate, Options, TlsConfig};

use crate::end::{End, GET, carry, ends, pair, whole};
use crate::tls_support::{Material, VERSIONS, configs};

#[test]
fn http_without_tls_is_answered_in_the_clear() {
    let (_, mut server) = ends(&configs(VERSIONS[1], false));
    server.hear(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(server.log, ["error TlsPlaintextHttp"]);
    let answer = String::from_utf8(server.out(usize::MAX)).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n") && answer.contains("https"), "{answer}");
    assert!(answer.contains("Connection: close\r\n") && server.has(bits::SHUTDOWN_WRITE));
    server.hear(b"more of it");
    server.eof();
    assert!(server.has(bits::CLOSE) && server.out(usize::MAX).is_empty());
}

#[test]
fn neither_tls_nor_http_gets_no_response() {
    let (_, mut server) = ends(&configs(VERSIONS[1], false));
    server.hear(b"SSH-2.0-x\r\n");
    assert_eq!(server.log, ["error TlsRecord"]);
    assert!(!server.out(usize::MAX).starts_with(b"HTTP"));
}

/// Configs that speak HTTP/2.
fn other_protocol() -> (TlsConfig, TlsConfig) {
    let material = Material::new();
    let (chain, key) = (material.server.0.as_bytes(), material.server.1.as_bytes());
    let certificates = [Certificate { chain, key, ..Certificate::default() }];
    let alpn: &[&[u8]] = &[b"h2"];
    let server = Options { certificates: &certificates, alpn, ..Options::new(tls::Role::Server) };
    let trust = tls::Trust::Roots(material.roots.as_bytes());
    let client = Options { trust, alpn, ..Options::new(tls::Role::Client) };
    (TlsConfig::new(&client).unwrap(), TlsConfig::new(&server).unwrap())
}

#[test]
fn tls_02_another_protocol_is_not_spoken() {
    let (mut client, mut server) = ends(&other_protocol());
    client.get();
    carry(&mut client, &mut server, &whole);
    assert_eq!(client.log, ["error TlsAlpn"]);
    assert_eq!(server.log, ["error TlsAlpn"]);
}

#[test]
fn tls_02_what_comes_with_the_end_of_the_handshake_is_not_looked_at() {
    let (client, server) = other_protocol();
    let mut client = crate::tls_support::End::new(&client, "example.com");
    let mut server = End::new(Role::Server, &server, |_| ());
    server.hear(&client.out(usize::MAX));
    client.hear(&server.out(usize::MAX));
    assert!(client.send(&[b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"]));
    server.hear(&client.out(usize::MAX));
    assert_eq!(server.log, ["error TlsAlpn"]);
}

#[test]
fn h1_tgt_08_https_targets_are_at_home_over_tls_only() {
    let (mut client, mut server) = pair(&configs(VERSIONS[1], false));
    client.ask(&Request { target: b"https://example.com/", ..GET });
    carry(&mut client, &mut server, &whole);
    assert_eq!((&server.log[..], &client.log[..]), (&["request".to_owned()][..], &["response 200".to_owned()][..]));
}

#[test]
fn a_config_of_the_other_role_is_refused() {
    let (client, _) = configs(VERSIONS[1], false);
    let mut end = End::new(Role::Client, &client, |_| ());
    let mut conn = Conn::new(std::rc::Rc::new(Config::new(Role::Server)), 0).unwrap();
    assert_eq!(conn.offload(&mut end.rig.ws).secure(&client, b"a").map_err(|error| error.code()), Err(Code::Argument));
    let mut conn = Conn::new(std::rc::Rc::new(Config::new(Role::Client)), 0).unwrap();
    assert_eq!(conn.offload(&mut end.rig.ws).secure(&client, b"").map_err(|error| error.code()), Err(Code::Argument));
    conn.release(&mut end.rig.ws);
}

#[test]
fn the_session_describes_the_peer_at_the_request() {
    let (mut client, mut server) = ends(&configs(VERSIONS[1], true));
    server.is_silent = true;
    client.get();
    carry(&mut client, &mut server, &whole);
    assert_eq!(server.log, ["request"]);
    let session = server.rig.conn.tls().unwrap();
    assert_eq!((session.server_name(), session.alpn()), (Some("example.com"), Some(&b"http/1.1"[..])));
    assert!(session.peer_certificate(0).is_some() && session.version() == Some(0x0304));
}

#[test]
fn nothing_is_lent_before_the_lend_before_is_drained() {
    let (mut client, mut server) = pair(&configs(VERSIONS[1], false));
    client.get();
    let request = client.out(usize::MAX);
    let (first, rest) = request.split_at(request.len() - 1);
    server.hear(first);
    // The record is whole now, and all of its plaintext is held: nothing is left in the lend.
    server.rig.receive(rest);
    assert_eq!(server.rig.next(), Ok(Event::Request { last: true }));
    let refused = server.rig.conn.receive(&mut server.rig.ws, 1, 1000);
    assert_eq!(refused.map_err(|error| error.code()), Err(Code::State));
    server.drain();
    assert!(server.rig.conn.receive(&mut server.rig.ws, 1, 1000).is_ok());
}

#[test]
fn a_connection_is_fresh_again_for_another_transport() {
    let both = configs(VERSIONS[1], false);
    let (mut client, mut server) = pair(&both);
    client.get();
    server.hear(&client.out(30));
    client.rig.conn.reset(&mut client.rig.ws, 1000).unwrap();
    server.rig.conn.reset(&mut server.rig.ws, 1000).unwrap();
    client.get();
    carry(&mut client, &mut server, &whole);
    assert_eq!((&client.content[..], &server.log[..]), (&b"hello"[..], &["request".to_owned()][..]));
    assert!(client.rig.conn.tls().unwrap().is_resumed());
}

/// A reset that fails leaves the connection closed, and over TLS: the next one does not speak in the clear.
#[test]
fn a_reset_without_memory_does_not_take_tls_away() {
    let both = configs(VERSIONS[1], false);
    let (mut client, mut server) = pair(&both);
    for end in [&mut client, &mut server] {
        let heap = end.rig.ws.heap().clone();
        let hoard = heap.reserve((1 << 28) - heap.used()).unwrap();
        for _ in 0..2 {
            let failed = end.rig.conn.reset(&mut end.rig.ws, 1000);
            assert_eq!(failed.map_err(|error| error.code()), Err(Code::Nomem));
            assert!(end.has(bits::CLOSE) && !end.has(bits::WANT_READ));
            assert_eq!(end.rig.conn.next(&mut end.rig.ws, &mut []), Ok(Err(NotReady::Done)));
        }
        drop(hoard);
        end.rig.conn.reset(&mut end.rig.ws, 1000).unwrap();
        assert!(end.has(bits::TLS_HANDSHAKE));
    }
    client.get();
    let hello = client.out(usize::MAX);
    assert_eq!(hello[..2], [22, 3], "a record of a handshake, not a request");
    server.hear(&hello);
    carry(&mut client, &mut server, &whole);
    assert_eq!((&client.content[..], &server.log[..]), (&b"hello"[..], &["request".to_owned()][..]));
}
