//! What peers send and all connections of a server hold together (docs/budgets.md): who holds most pays, beside an innocent client that
//! holds nothing and is served at all times.
#![cfg(feature = "service")]

mod service_support;

use service_support::innocent::is_served;
use service_support::websocket::{expect_close, frame, say};
use service_support::*;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use wireway::conn::{Delivery, Event, Write};
use wireway::error::Code;
use wireway::service::{Config, EventKind, Id};
use wireway::websocket::machine::Part;

/// A request that nobody answers, and so many octets behind it.
fn hoard(h: &mut Harness, octets: usize) -> (TcpStream, Id) {
    let (mut client, id) = h.connect();
    get(&mut client, "/slow");
    client.write_all("G".repeat(octets).as_bytes()).unwrap();
    h.request(id);
    assert!(h.rest().is_empty());
    (client, id)
}

#[test]
fn h1_lim_07_a_connection_that_holds_nothing_is_served_when_the_budget_is_used_up() {
    let mut h = Harness::with(&Config { held_max: 64 << 10, ..Config::new() });
    let (mut innocent, id) = h.connect();
    let mut guilty = Vec::new();
    for _ in 0..20 {
        guilty.push(hoard(&mut h, 10_000));
        is_served(&mut h, &mut innocent, id);
    }
    let evicted = h.server.stats().input_evicted;
    assert!((13..20).contains(&evicted), "{evicted}");
    // The first has paid: it has its answer, which is the last.
    let (mut client, first) = guilty.remove(0);
    h.answer(first, "late");
    h.flush();
    let (head, content) = read_response(&mut client);
    assert!(head.contains("\r\nConnection: close\r\n") && content == "late", "{head}");
    assert!(h.rest().is_empty());
    expect_end(&mut client);
    drop(client);
    assert_eq!(h.closed(first), None);
    // What the last holds is there; that it is no request ends it, and not that it holds something.
    let (mut client, last) = guilty.pop().unwrap();
    h.answer(last, "late");
    assert!(matches!(h.conn_event(last), Event::Error(error) if error.code() != Code::Nomem));
    h.flush();
    assert!(!read_response(&mut client).0.contains("Connection"));
    is_served(&mut h, &mut innocent, id);
    // Their end is told of all others, whether they have paid or not.
    let mut ids: Vec<_> = guilty.iter().map(|(_, id)| *id).collect();
    drop(guilty);
    while !ids.is_empty() {
        let event = h.event();
        assert_eq!(event.kind, EventKind::Conn(Event::PeerEnded));
        ids.retain(|id| *id != event.id);
    }
    is_served(&mut h, &mut innocent, id);
}

#[test]
fn ws_lim_01_the_largest_unfinished_message_pays() {
    let config = Config { messages_max: 300_000, ..Config::new() };
    let mut h = Harness::with(&config);
    let (mut innocent, other) = h.open();
    let mut guilty: Vec<_> = (0..4).map(|_| h.open()).collect();
    let begin = |client: &mut TcpStream, first: u8, len: u16| {
        let [high, low] = len.to_be_bytes();
        client.write_all(&[first, 0xfe, high, low, 0, 0, 0, 0]).unwrap();
        client.write_all(&vec![b'x'; len.into()]).unwrap();
    };
    for (client, _) in &mut guilty {
        begin(&mut innocent, 0x01, 200);
        assert!(h.rest().is_empty());
        (0..2).for_each(|part| begin(client, if part == 0 { 0x01 } else { 0 }, 60_000));
        assert!(h.rest().is_empty());
        begin(&mut innocent, 0x80, 200);
        assert!(matches!(h.conn_event(other), Event::Message { span, .. } if span.len == 400));
    }
    assert!(h.server.stats().messages_evicted > 0);
    // It learns it where it goes on.
    let (client, id) = &mut guilty[0];
    begin(client, 0x80, 200);
    assert!(matches!(h.conn_event(*id), Event::Error(error) if error.code() == Code::Nomem));
    h.flush();
    assert_eq!(expect_close(client), 1013);
}

#[test]
fn h1_lim_07_the_largest_gathered_request_pays() {
    let mut config = Config { messages_max: 300_000, ..Config::new() };
    config.conn.content = Delivery::Whole;
    let mut h = Harness::with(&config);
    let (mut innocent, other) = h.connect();
    let mut guilty: Vec<_> = (0..4).map(|_| h.connect()).collect();
    for (client, _) in &mut guilty {
        innocent.write_all(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 400\r\n\r\n").unwrap();
        innocent.write_all("x".repeat(200).as_bytes()).unwrap();
        assert!(h.rest().is_empty());
        client.write_all(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n").unwrap();
        client.write_all("x".repeat(120_000).as_bytes()).unwrap();
        assert!(h.rest().is_empty());
        innocent.write_all("x".repeat(200).as_bytes()).unwrap();
        assert!(matches!(h.conn_event(other), Event::Whole { content, .. } if content.len == 400));
        h.answer(other, "served");
        h.flush();
        assert_eq!(read_response(&mut innocent).1, "served");
    }
    assert!(h.server.stats().messages_evicted > 0);
    // It learns it where it goes on.
    let (client, id) = &mut guilty[0];
    client.write_all(b"x").unwrap();
    assert!(matches!(h.conn_event(*id), Event::Error(error) if error.code() == Code::Nomem));
    assert!(h.rest().is_empty());
    assert!(read_response(client).0.starts_with("HTTP/1.1 503 "));
}

#[test]
fn an_innocent_websocket_is_echoed_beside_hoarders() {
    let mut h = Harness::with(&Config { held_max: 1, ..Config::new() });
    let (mut innocent, id) = h.open();
    let guilty: Vec<_> = (0..3).map(|_| hoard(&mut h, 10_000)).collect();
    for _ in 0..3 {
        say(&mut innocent, 0x81, b"echo");
        assert!(matches!(h.conn_event(id), Event::Message { .. }));
        assert_eq!(h.server.messages().send_message(id, Part::whole(true), b"echo"), Ok(Write::Queued));
        assert!(h.rest().is_empty());
        assert_eq!(frame(&mut innocent), (0x81, b"echo".to_vec()));
    }
    assert_eq!(h.server.stats().input_evicted, 3);
    let mut nothing = [0; 1];
    guilty[0].0.set_nonblocking(true).unwrap();
    assert!((&guilty[0].0).read(&mut nothing).is_err(), "who paid is still owed its answer");
    h.answer(guilty[0].1, "late");
}
