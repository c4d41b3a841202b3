//! What does not get as far as HTTP, and what TLS changes for requests.

use wireway::conn::{Config, Conn, Request, bits};
use wireway::error::Code;
use wireway::http1::machine::Role;
use wireway::tls::{Certificate, Options, TlsConfig};

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
fn what_is_neither_is_not_answered() {
    let (_, mut server) = ends(&configs(VERSIONS[1], false));
    server.hear(b"SSH-2.0-x\r\n");
    assert_eq!(server.log, ["error TlsRecord"]);
    assert!(!server.out(usize::MAX).starts_with(b"HTTP"));
}

#[test]
fn tls_02_another_protocol_is_not_spoken() {
    let material = Material::new();
    let certificates = [Certificate {
        chain: material.server.0.as_bytes(),
        key: material.server.1.as_bytes(),
        ..Certificate::default()
    }];
    let alpn: [&[u8]; 1] = [b"h2"];
    let server = TlsConfig::new(&Options {
        certificates: &certificates,
        alpn: &alpn,
        ..Options::new(wireway::tls::Role::Server)
    });
    let client = TlsConfig::new(&Options {
        trust: wireway::tls::Trust::Roots(material.roots.as_bytes()),
        alpn: &alpn,
        ..Options::new(wireway::tls::Role::Client)
    });
    let (mut client, mut server) = ends(&(client.unwrap(), server.unwrap()));
    client.get();
    carry(&mut client, &mut server, &whole);
    assert_eq!(
        (&client.log[..], &server.log[..]),
        (&["error TlsAlpn".to_owned()][..], &["error TlsAlpn".to_owned()][..])
    );
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
    let mut conn = Conn::new(std::rc::Rc::new(Config::new(Role::Server)), 0);
    assert_eq!(conn.secure(&mut end.ws, &client, b"a").map_err(|error| error.code()), Err(Code::Argument));
    let mut conn = Conn::new(std::rc::Rc::new(Config::new(Role::Client)), 0);
    assert_eq!(conn.secure(&mut end.ws, &client, b"").map_err(|error| error.code()), Err(Code::Argument));
    conn.release(&mut end.ws);
}

#[test]
fn who_the_peer_is_is_known_with_the_request() {
    let (mut client, mut server) = ends(&configs(VERSIONS[1], true));
    server.is_silent = true;
    client.get();
    carry(&mut client, &mut server, &whole);
    assert_eq!(server.log, ["request"]);
    let session = server.conn.tls().unwrap();
    assert_eq!((session.server_name(), session.alpn()), (Some("example.com"), Some(&b"http/1.1"[..])));
    assert!(session.peer_certificate(0).is_some() && session.version() == Some(0x0304));
}

#[test]
fn a_connection_is_fresh_again_for_another_transport() {
    let both = configs(VERSIONS[1], false);
    let (mut client, mut server) = pair(&both);
    client.get();
    server.hear(&client.out(30));
    client.conn.reset(&mut client.ws, 1000).unwrap();
    server.conn.reset(&mut server.ws, 1000).unwrap();
    client.get();
    carry(&mut client, &mut server, &whole);
    assert_eq!((&client.content[..], &server.log[..]), (&b"hello"[..], &["request".to_owned()][..]));
    assert!(client.conn.tls().unwrap().is_resumed());
}
