//! Responses that other threads send piece by piece.
#![cfg(feature = "service")]

mod service_support;

use service_support::streams::{asked, fill, read_to};
use service_support::*;
use std::io::{Read as _, Write as _};
use std::thread;
use wireway::conn::{Accept, Event as ConnEvent, Response};
use wireway::error::Code;
use wireway::http1::write::FieldRef;
use wireway::service::{EventKind, Posted, Slow};
use wireway::websocket::machine::Part;

#[test]
fn another_thread_streams_a_response() {
    let mut h = Harness::new();
    let mailbox = h.server.mailbox();
    let (client, id) = asked(&mut h, &mailbox);
    let worker = thread::spawn(move || {
        for piece in ["one", "", "two"] {
            assert_eq!(mailbox.send(id, piece.as_bytes(), 1, true), Ok(Posted::Queued));
        }
        let trailer = FieldRef { name: b"X-Sum", value: b"6" };
        assert_eq!(mailbox.finish(id, [trailer].into_iter(), 2, true), Ok(Posted::Queued));
        let split = FieldRef { name: b"X", value: b"a\r\nb" };
        assert_eq!(mailbox.finish(id, [split].into_iter(), 2, true).unwrap_err().code(), Code::FieldValue);
    });
    let all = String::from_utf8(read_to(&mut h, client.try_clone().unwrap(), b"X-Sum: 6\r\n\r\n")).unwrap();
    worker.join().unwrap();
    assert!(all.ends_with("\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\nX-Sum: 6\r\n\r\n"), "{all}");
    assert!(h.rest().is_empty(), "what arrives is no event");
    assert_eq!(h.server.stats().responses, 1);
}

/// Trailers are dropped where the response is not chunked.
#[test]
fn a_client_of_http_1_0_has_its_stream_to_the_end_of_the_connection() {
    let mut h = Harness::new();
    let mailbox = h.server.mailbox();
    let (mut client, id) = h.connect();
    write!(client, "GET / HTTP/1.0\r\n\r\n").unwrap();
    h.request(id);
    mailbox.respond(id, &stream(), none(), 0, true).unwrap();
    mailbox.send(id, b"all of it", 1, true).unwrap();
    mailbox.finish(id, [FieldRef { name: b"X", value: b"y" }].into_iter(), 2, true).unwrap();
    assert!(h.rest().is_empty());
    assert!(read_to(&mut h, client.try_clone().unwrap(), b"all of it").starts_with(b"HTTP/1.1 200 OK\r\n"));
    expect_end(&mut client);
}

/// Where nothing waited, the first piece finds it out.
#[test]
fn a_piece_for_a_connection_that_has_ended_is_the_last_one_taken() {
    let mut h = Harness::new();
    let mailbox = h.server.mailbox();
    let (client, id) = asked(&mut h, &mailbox);
    h.rest();
    reset_on_close(&client);
    drop(client);
    while !matches!(h.event().kind, EventKind::Closed(_)) {}
    assert_eq!(mailbox.send(id, b"x", 7, true), Ok(Posted::Queued));
    assert_eq!(h.event().kind, EventKind::Undelivered(7, Code::Gone));
    assert_eq!(mailbox.send(id, b"x", 7, true).unwrap_err().code(), Code::Gone);
    assert_eq!(mailbox.wait(id, 1, None).unwrap_err().code(), Code::Gone);
}

/// h1_gen_04: it would look whole with the pieces that fit.
#[test]
fn h1_gen_04_more_than_declared_ends_the_connection() {
    let mut h = Harness::new();
    let mailbox = h.server.mailbox();
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    mailbox.respond(id, &Response { stream: Some(Some(10)), ..stream() }, none(), 0, true).unwrap();
    for (piece, token) in [("12345678", 1), ("too much", 2), ("90", 3)] {
        mailbox.send(id, piece.as_bytes(), token, true).unwrap();
    }
    mailbox.finish(id, none(), 4, true).unwrap();
    let (mut told, mut closed) = (Vec::new(), false);
    while told.len() < 3 || !closed {
        match h.event().kind {
            EventKind::Undelivered(token, why) => told.push((token, why == Code::BodyLength)),
            EventKind::Closed(why) => closed = why.map(|error| error.code()) == Some(Code::BodyLength),
            EventKind::Conn(event) => assert!(matches!(event, ConnEvent::Error(_)), "{event:?}"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(told, [(2, true), (3, false), (4, false)]);
    let mut all = Vec::new();
    let _ = client.read_to_end(&mut all);
    assert!(!all.ends_with(b"90"), "{}", String::from_utf8_lossy(&all));
}

#[test]
fn another_thread_accepts_a_websocket_and_its_messages_follow() {
    let mut h = Harness::new();
    let mailbox = h.server.mailbox();
    for is_behind in [false, true] {
        let (mut client, id) = h.connect();
        service_support::websocket::ask(&mut client, "");
        h.expect(id, ConnEvent::Request { last: true });
        if is_behind {
            fill(&mut h, id);
        }
        let accept = Accept::default();
        assert_eq!(mailbox.accept_websocket(id, &accept, none(), 1, true), Ok(Posted::Queued));
        let text = Part::whole(true);
        assert_eq!(mailbox.send_message(id, text, b"hello", Slow::Waits, 2, true), Ok(Posted::Queued));
        let all = read_to(&mut h, client, b"\x81\x05hello");
        let opened = all.windows(12).position(|octets| octets == b"HTTP/1.1 101");
        assert_eq!((opened.is_some(), opened > Some(0)), (true, is_behind));
        h.rest();
    }
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    mailbox.accept_websocket(id, &Accept::default(), none(), 3, true).unwrap();
    assert_eq!(h.event().kind, EventKind::Undelivered(3, Code::WsHandshake));
}

#[test]
fn a_refused_accept_takes_its_messages_along_and_not_its_connection() {
    let mut h = Harness::new();
    let mailbox = h.server.mailbox();
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    fill(&mut h, id);
    mailbox.accept_websocket(id, &Accept::default(), none(), 1, true).unwrap();
    mailbox.send_message(id, Part::whole(true), b"hello", Slow::Waits, 2, true).unwrap();
    h.rest();
    let mut reader = client.try_clone().unwrap();
    let reader = thread::spawn(move || {
        let (mut all, mut part) = (Vec::new(), [0; 4096]);
        while !all.windows(10).any(|octets| octets == b"HTTP/1.1 4") {
            let len = reader.read(&mut part).expect("more");
            assert_ne!(len, 0, "ended early");
            all.drain(..all.len().saturating_sub(10));
            all.extend_from_slice(&part[..len]);
        }
    });
    let mut told = Vec::new();
    while told.len() < 2 {
        if let EventKind::Undelivered(token, why) = h.event().kind {
            told.push((token, why));
        }
    }
    while !reader.is_finished() {
        h.server.next(Some(1)).unwrap();
    }
    reader.join().unwrap();
    assert_eq!(told, [(1, Code::WsHandshake), (2, Code::State)]);
    get(&mut client, "/next");
    while h.event().kind != EventKind::Conn(ConnEvent::Request { last: true }) {}
    assert_eq!(h.target(), "/next");
}
