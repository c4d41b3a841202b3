//! How a connection over TLS ends, and what tells a clean end from a truncation.

use wireway::conn::{Request, Response, bits};
use wireway::error::Code;
use wireway::http1::machine::Role;

use crate::end::{End, GET, OK, carry, pair, whole};
use crate::tls_support::{VERSIONS, configs};

/// The kind of each record.
fn kinds(mut records: &[u8]) -> Vec<u8> {
    let mut kinds = vec![];
    while let [kind, _, _, high, low, rest @ ..] = records {
        kinds.push(*kind);
        records = &rest[usize::from(u16::from_be_bytes([*high, *low]))..];
    }
    kinds
}

#[test]
fn tls_05_a_close_notify_is_the_last_of_it_before_the_write_side_closes() {
    for version in VERSIONS {
        let (mut client, mut server) = pair(&configs(version, false));
        server.is_silent = true;
        client.get();
        server.hear(&client.out(usize::MAX));
        server.respond(&Response { close: true, ..OK });
        assert!(server.has(bits::WANT_WRITE) && !server.has(bits::SHUTDOWN_WRITE));
        let octets = server.out(usize::MAX);
        assert!(server.has(bits::SHUTDOWN_WRITE) && !server.has(bits::WANT_WRITE));
        // The response, and an alert behind it, which TLS 1.3 hides.
        let last = if version == crate::tls_support::VERSIONS[0] { 21 } else { 23 };
        assert_eq!(kinds(&octets), [23, last]);
        client.hear(&octets);
        assert_eq!(client.content, b"hello");
        assert!(client.has(bits::TLS_PEER_CLOSED) && !client.has(bits::WANT_READ));
        let answer = client.out(usize::MAX);
        assert_eq!(kinds(&answer), [last], "and so says the client");
        server.hear(&answer);
        assert!(server.has(bits::CLOSE) && server.log == ["request"]);
    }
}

#[test]
fn tls_05_what_follows_a_close_notify_is_ignored() {
    let (mut client, mut server) = pair(&configs(VERSIONS[1], false));
    server.is_silent = true;
    client.get();
    server.hear(&client.out(usize::MAX));
    server.respond(&Response { close: true, ..OK });
    let octets = server.out(usize::MAX);
    client.hear(&[&octets, &b"neither a record nor HTTP"[..]].concat());
    client.rig.receive(b"and more");
    client.drain();
    assert_eq!((&client.log[..], &client.content[..]), (&["response 200".to_owned()][..], &b"hello"[..]));
}

/// What comes of a request whose answer only the end of the connection ends; whether a close_notify says that this is all.
fn ended_by(request: &Request<'_>, is_clean: bool) -> Vec<String> {
    let (client, server) = configs(VERSIONS[1], false);
    let (mut client, mut server) =
        (crate::end::End::new(Role::Client, &client, |_| ()), crate::tls_support::End::new(&server, ""));
    client.ask(request);
    for _ in 0..3 {
        server.hear(&client.out(usize::MAX));
        client.hear(&server.out(usize::MAX));
    }
    assert!(server.got.ends_with(b"\r\n\r\n"));
    server.send(&[b"HTTP/1.1 200 OK\r\n\r\nabc"]);
    if is_clean {
        server.pump.close(&mut server.ws).unwrap();
    }
    client.hear(&server.out(usize::MAX));
    client.eof();
    assert_eq!(client.content, b"abc");
    client.log
}

#[test]
fn tls_03_a_truncated_response_is_told_from_a_whole_one() {
    assert_eq!(ended_by(&GET, false), ["response 200", "error Truncated"]);
    assert_eq!(ended_by(&GET, true), ["response 200", "End { trailers: false }"]);
}

#[test]
fn tls_03_a_truncated_tunnel_is_told_from_a_whole_one() {
    let connect = Request { method: b"CONNECT", target: b"example.com:25", authority: b"example.com:25", ..GET };
    assert_eq!(ended_by(&connect, false), ["response 200", "RawEnd { clean: false }"]);
    assert_eq!(ended_by(&connect, true), ["response 200", "RawEnd { clean: true }"]);
}

#[test]
fn tls_04_a_whole_response_stays_whole_without_a_close_notify() {
    let (mut client, mut server) = pair(&configs(VERSIONS[1], false));
    client.get();
    carry(&mut client, &mut server, &whole);
    client.eof();
    assert_eq!((&client.log[..], &client.content[..]), (&["response 200".to_owned()][..], &b"hello"[..]));
    assert_eq!(client.rig.conn.error().map(|error| error.code()), None);
}

#[test]
fn an_end_within_the_handshake_is_an_error_unless_it_was_never_begun() {
    let both = configs(VERSIONS[1], false);
    let (mut client, mut server) = crate::end::ends(&both);
    server.hear(&client.out(usize::MAX));
    server.eof();
    client.eof();
    assert_eq!(
        (&server.log[..], &client.log[..]),
        (&["error Truncated".to_owned()][..], &["error Truncated".to_owned()][..])
    );
    let (_, mut untouched) = crate::end::ends(&both);
    untouched.eof();
    untouched.out(usize::MAX);
    assert!(untouched.log.is_empty() && untouched.has(bits::CLOSE), "a look whether the port is open");
}

#[test]
fn tls_05_an_idle_connection_that_is_shut_down_says_so_and_closes() {
    let (mut client, mut server) = pair(&configs(VERSIONS[1], false));
    server.rig.conn.shutdown(&mut server.rig.ws).unwrap();
    assert!(server.has(bits::WANT_WRITE) && !server.has(bits::CLOSE));
    client.hear(&server.out(usize::MAX));
    assert!(server.has(bits::CLOSE), "nothing is awaited");
    assert!(client.has(bits::TLS_PEER_CLOSED) && client.log.is_empty());
}

#[test]
fn a_record_that_was_altered_ends_the_connection_behind_what_came_before_it() {
    let (mut client, mut server) = pair(&configs(VERSIONS[1], false));
    server.is_silent = true;
    client.get();
    let mut octets = client.out(usize::MAX);
    client.rig.conn.shutdown(&mut client.rig.ws).unwrap();
    let mut bad = octets.clone();
    *bad.last_mut().unwrap() ^= 1;
    octets.extend(bad);
    server.hear(&octets);
    assert_eq!(server.log, ["request", "error TlsDecrypt"]);
    let alert = server.out(usize::MAX);
    assert!(!alert.is_empty() && server.has(bits::SHUTDOWN_WRITE));
    client.hear(&alert);
    assert_eq!(client.log, ["error TlsAlert"]);
    assert_eq!(client.rig.conn.error().map(|error| error.code()), Some(Code::TlsAlert));
}

/// The last response cannot be encrypted any more: that is told behind the alert, and not waited for until `write_ms`.
#[test]
fn h1_conn_17_a_failure_is_told_where_only_the_queue_is_left() {
    let (client_config, server_config) = configs(VERSIONS[1], false);
    let mut client = End::new(Role::Client, &client_config, |config| config.pipeline_max = 2);
    let mut server = End::new(Role::Server, &server_config, |_| ());
    carry(&mut client, &mut server, &whole);
    server.is_silent = true;
    client.get();
    client.get();
    let mut octets = client.out(usize::MAX);
    octets.extend([0x17, 3, 3, 0, 32]);
    octets.extend([0; 32]);
    server.hear(&octets);
    assert_eq!(server.log, ["request"], "the second waits for the answer to the first");
    server.respond(&Response { close: true, ..OK });
    assert!(!server.out(usize::MAX).is_empty(), "an alert");
    assert!(server.has(bits::EVENTS));
    server.drain();
    assert_eq!(server.log, ["request", "error TlsDecrypt"]);
    assert!(server.has(bits::CLOSE));
}

/// Whatever of the handshake is still to come would be output behind our end.
#[test]
fn a_shutdown_in_a_handshake_closes_at_once() {
    for version in VERSIONS {
        let (client_config, server_config) = configs(version, false);
        let mut client = End::new(Role::Client, &client_config, |_| ());
        let mut server = End::new(Role::Server, &server_config, |_| ());
        server.hear(&client.out(usize::MAX));
        for end in [&mut client, &mut server] {
            assert!(end.has(bits::TLS_HANDSHAKE));
            end.rig.conn.shutdown(&mut end.rig.ws).unwrap();
            assert_eq!(
                end.rig.conn.state(&end.rig.ws) & (bits::WANT_READ | bits::WANT_WRITE | bits::SHUTDOWN_WRITE),
                0
            );
            assert!(end.has(bits::CLOSE));
        }
    }
}
