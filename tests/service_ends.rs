//! Ends that are not to be taken for others: content that only the end of the connection delimits, cut off, ends in a reset; and a peer
//! that ends while a response is due is told of. Each beside a client that does nothing of the kind.
#![cfg(feature = "service")]

mod service_support;

use service_support::*;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use wireway::conn::{Event, Response};
use wireway::error::Code;
use wireway::service::{Config, EventKind, Id};

const STREAM: Response<'static> =
    Response { status: 200, reason: b"", content: b"", stream: Some(None), lent: None, close: false };

/// A client whose request was refused, and the connection went on.
fn refused(h: &mut Harness) -> (TcpStream, Id) {
    let (mut client, id) = h.connect();
    client.write_all(b"GET / HTTP/1.1\r\nHost: test\r\nExpect: x\r\n\r\n").unwrap();
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::Expectation));
    assert!(h.rest().is_empty());
    assert!(read_response(&mut client).0.starts_with("HTTP/1.1 417 "));
    (client, id)
}

/// What one request was refused for did not end the connection.
#[test]
fn h1_conn_17_a_refused_request_is_not_why_a_connection_ended() {
    let mut h = Harness::new();
    let (mut client, id) = refused(&mut h);
    get(&mut client, "/");
    h.request(id);
    h.answer(id, "x");
    h.flush();
    expect_content(&mut client, "x");
    drop(client);
    assert_eq!(h.closed(id), None);
    assert_eq!(h.server.stats().errors, 0);
}

/// Nor does it hide what did.
#[test]
fn h1_conn_17_a_reset_behind_a_refused_request_is_why_a_connection_ended() {
    let mut h = Harness::new();
    let (client, id) = refused(&mut h);
    reset_on_close(&client);
    drop(client);
    assert_eq!(h.closed(id), Some(Code::Aborted));
    assert_eq!(h.server.stats().errors, 1);
}

/// A client of HTTP/1.0 that has the first half of a response.
fn half(h: &mut Harness) -> (TcpStream, Id) {
    let (mut client, id) = h.connect();
    client.write_all(b"GET / HTTP/1.0\r\n\r\n").unwrap();
    h.request(id);
    h.server.calls().respond(id, &STREAM, none()).unwrap();
    h.server.calls().send(id, b"half").unwrap();
    h.flush();
    let mut octets = Vec::new();
    while !octets.ends_with(b"half") {
        let mut octet = [0];
        client.read_exact(&mut octet).unwrap();
        octets.push(octet[0]);
    }
    (client, id)
}

#[track_caller]
fn expect_reset(client: &mut TcpStream) {
    let read = client.read(&mut [0; 16]);
    if system::is_wine() {
        // Its resets come behind a FIN.
        assert!(matches!(read, Ok(0) | Err(_)), "{read:?}");
        return;
    }
    assert!(matches!(&read, Err(error) if error.kind() == ErrorKind::ConnectionReset), "{read:?}");
}

/// A client beside it, whose request is answered.
fn innocent(h: &mut Harness) {
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    h.answer(id, "x");
    h.rest();
    expect_content(&mut client, "x");
}

#[test]
fn h1_conn_15_closed_by_the_application() {
    let mut h = Harness::new();
    let (mut client, id) = half(&mut h);
    h.server.calls().abort(id).unwrap();
    assert_eq!(h.closed(id), None);
    expect_reset(&mut client);
    innocent(&mut h);
}

#[test]
fn h1_conn_15_cut_off_by_a_drain() {
    let mut h = Harness::new();
    let (mut client, id) = half(&mut h);
    h.server.drain(0);
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::Aborted));
    h.closed(id);
    expect_reset(&mut client);
}

#[test]
fn h1_conn_15_complete_content_ends_with_a_fin() {
    let mut h = Harness::new();
    let (mut client, id) = half(&mut h);
    h.server.calls().finish(id, none()).unwrap();
    h.rest();
    expect_end(&mut client);
    drop(client);
    assert_eq!(h.closed(id), None);
}

#[test]
fn h1_conn_15_content_with_a_length_ends_with_a_fin() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    h.server.calls().respond(id, &Response { stream: Some(Some(10)), ..STREAM }, none()).unwrap();
    h.server.calls().send(id, b"half").unwrap();
    h.server.calls().abort(id).unwrap();
    h.closed(id);
    let mut octets = Vec::new();
    client.read_to_end(&mut octets).expect("a FIN");
    assert!(octets.ends_with(b"half"));
}

/// The peer does not read: what the system holds for it goes with the connection, whatever delimits the content.
#[test]
fn h1_conn_15_and_time_04_a_peer_that_does_not_read() {
    let mut config = Config::new();
    config.conn.clocks.write_ms = 50;
    let mut h = Harness::with(&config);
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    let content = vec![b'x'; 16 << 20];
    h.server.calls().respond(id, &Response { content: &content, stream: None, ..STREAM }, none()).unwrap();
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::TimeoutWrite));
    assert_eq!(h.closed(id), Some(Code::TimeoutWrite));
    let mut octets = Vec::new();
    let read = client.read_to_end(&mut octets);
    let is_reset = matches!(&read, Err(error) if error.kind() == ErrorKind::ConnectionReset);
    assert!(is_reset || system::is_wine(), "{read:?}");
    innocent(&mut h);
}

#[test]
fn h1_conn_16_a_peer_that_ends_while_its_request_is_not_answered() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    client.shutdown(Shutdown::Write).unwrap();
    h.expect(id, Event::PeerEnded);
    assert_eq!(h.rest(), []);
    h.answer(id, "late");
    h.rest();
    expect_content(&mut client, "late");
    expect_end(&mut client);
}

/// What it sent before is not read, so the end is known by the transport alone; it is answered all the same, in its turn.
#[test]
fn h1_conn_16_behind_requests_that_are_not_read() {
    if system::is_wine() {
        // It tells an end once all before it is read.
        return;
    }
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    get(&mut client, "/first");
    assert_eq!(h.request(id), "/first");
    get(&mut client, "/second");
    assert_eq!(h.rest(), []);
    get(&mut client, "/third");
    client.shutdown(Shutdown::Write).unwrap();
    h.expect(id, Event::PeerEnded);
    assert_eq!(h.rest(), []);
    for target in ["/second", "/third"] {
        h.answer(id, "x");
        assert_eq!(h.request(id), target);
        h.expect(id, Event::PeerEnded);
        assert_eq!(h.rest(), []);
    }
    h.answer(id, "x");
    let ends = h.rest();
    assert!(ends.iter().all(|event| matches!(event.kind, EventKind::Closed(None))), "{ends:?}");
    for _ in 0..3 {
        expect_content(&mut client, "x");
    }
    expect_end(&mut client);
}

#[test]
fn h1_conn_16_an_application_that_gives_up_on_it() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    drop(client);
    h.expect(id, Event::PeerEnded);
    h.server.calls().abort(id).unwrap();
    assert_eq!(h.closed(id), None);
    innocent(&mut h);
}
