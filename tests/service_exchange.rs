//! Requests and responses over loopback, as the owner of a server sees them.
#![cfg(feature = "service")]

mod service_support;

use service_support::*;
use std::io::{Read, Write as _};
use wireway::conn::{Event, Write};
use wireway::http1::write::FieldRef;

#[test]
fn answers_a_request() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    get(&mut client, "/path");
    assert_eq!(h.request(id), "/path");
    h.answer(id, "hello");
    assert!(h.rest().is_empty());
    let (head, content) = read_response(&mut client);
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && head.contains("\r\nDate: "), "{head}");
    assert_eq!(content, "hello");
    drop(client);
    assert_eq!(h.closed(id), None);
    let stats = h.server.stats();
    assert_eq!((stats.accepted, stats.open, stats.requests, stats.responses), (1, 0, 1, 1));
    assert_eq!((stats.octets_in, stats.errors, stats.timeouts), (34, 0, 0));
    assert_eq!(stats.octets_out as usize, head.len() + 5);
}

#[test]
fn answers_sixteen_pipelined_requests_in_one_turn() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    let all: String = (0..16).map(|i| format!("GET /{i} HTTP/1.1\r\nHost: test\r\n\r\n")).collect();
    client.write_all(all.as_bytes()).unwrap();
    for i in 0..16 {
        let target = h.request(id);
        assert_eq!(target, format!("/{i}"));
        h.answer(id, &target);
        assert_eq!(h.server.stats().octets_out, 0, "nothing is sent before the connection rests");
    }
    assert!(h.rest().is_empty());
    for i in 0..16 {
        expect_content(&mut client, &format!("/{i}"));
    }
}

#[test]
fn a_pipelined_request_waits_for_a_late_answer() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    let both = [1, 2].map(|number| format!("GET /{number} HTTP/1.1\r\nHost: test\r\n\r\n")).concat();
    client.write_all(both.as_bytes()).unwrap();
    assert_eq!(h.request(id), "/1");
    assert!(h.rest().is_empty(), "the second is held back");
    h.answer(id, "one");
    assert_eq!(h.server.deadline(), 0, "a foreign loop is told that there is something to do");
    assert_eq!(h.request(id), "/2");
    h.answer(id, "two");
    assert!(h.rest().is_empty());
    expect_content(&mut client, "one");
    expect_content(&mut client, "two");
}

#[test]
fn a_late_answer_leaves_before_the_next_wait_or_by_flush() {
    let mut h = Harness::new();
    let (mut one, first) = h.connect();
    let (mut two, second) = h.connect();
    get(&mut one, "/1");
    h.request(first);
    get(&mut two, "/2");
    h.request(second);
    h.answer(first, "late");
    assert_eq!(h.server.stats().octets_out, 0);
    h.flush();
    expect_content(&mut one, "late");
    h.answer(second, "in its turn");
    h.flush();
    expect_content(&mut two, "in its turn");
    get(&mut one, "/3");
    h.request(first);
    h.answer(first, "waited");
    assert!(h.rest().is_empty());
    expect_content(&mut one, "waited");
}

#[test]
fn content_streams_both_ways() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    write!(client, "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\nabc").unwrap();
    h.expect(id, Event::Request { last: false });
    assert_eq!(h.server.calls().respond(id, &stream(), none()), Ok(Write::Queued));
    let mut got = Vec::new();
    let mut next: &[&[u8]] = &[b"def", b"ghi"];
    loop {
        let event = h.conn_event(id);
        let octets = h.octets(event);
        assert_eq!(h.server.calls().send(id, &octets.to_ascii_uppercase()), Ok(Write::Queued));
        got.extend(octets);
        if matches!(event, Event::Data { last: true, .. }) {
            break;
        }
        if let Some((first, rest)) = next.split_first() {
            client.write_all(first).unwrap();
            next = rest;
        }
    }
    assert_eq!(got, b"abcdefghi");
    let trailer = FieldRef { name: b"Check", value: b"sum" };
    assert_eq!(h.server.calls().finish(id, [trailer].into_iter()), Ok(Write::Queued));
    h.rest();
    let mut text = String::new();
    while !text.ends_with("\r\n\r\n") || !text.contains("\r\n0\r\n") {
        let mut octet = [0];
        client.read_exact(&mut octet).unwrap();
        text.push(octet[0] as char);
    }
    assert!(text.contains("\r\nTransfer-Encoding: chunked\r\n"), "{text}");
    assert!(text.ends_with("\r\n0\r\nCheck: sum\r\n\r\n"), "{text}");
    for part in ["ABC", "DEF", "GHI"] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn expect_continue_is_answered_when_the_content_is_wanted() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    write!(client, "PUT / HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n").unwrap();
    h.expect(id, Event::Request { last: false });
    h.rest();
    let mut interim = [0; 25];
    client.read_exact(&mut interim).unwrap();
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    client.write_all(b"ok").unwrap();
    let event = h.conn_event(id);
    assert_eq!(h.octets(event), b"ok");
    h.answer(id, "done");
    h.rest();
    expect_content(&mut client, "done");
}

#[test]
fn protocols_are_switched_and_octets_come_raw() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    write!(client, "GET / HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nhasty").unwrap();
    h.expect(id, Event::Request { last: true });
    let upgrade = FieldRef { name: b"Upgrade", value: b"echo" };
    let switch = wireway::conn::Response { status: 101, ..response("") };
    assert_eq!(h.server.calls().switch(id, &switch, [upgrade].into_iter()), Ok(Write::Queued));
    let event = h.conn_event(id);
    let octets = h.octets(event);
    assert_eq!(octets, b"hasty");
    assert_eq!(h.server.calls().send(id, &octets), Ok(Write::Queued));
    client.shutdown(std::net::Shutdown::Write).unwrap();
    h.expect(id, Event::RawEnd { clean: true });
    assert_eq!(h.server.calls().finish(id, none()), Ok(Write::Queued));
    let mut text = String::new();
    assert_eq!(h.closed(id), None);
    client.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 101 ") && text.ends_with("\r\n\r\nhasty"), "{text}");
}
