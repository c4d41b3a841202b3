//! Requests and responses over loopback, as the owner of a server sees them.
#![cfg(feature = "service")]

mod service_support;

use service_support::*;
use std::io::{Read, Write as _};
use wireway::conn::{Event, Write};
use wireway::error::Code;
use wireway::http1::write::FieldRef;
use wireway::service::{Id, Next, What};

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
    get(&mut client, "/1");
    get(&mut client, "/2");
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
    h.server.flush();
    expect_content(&mut one, "late");
    h.answer(second, "in its turn");
    h.server.flush();
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
    assert_eq!(h.server.respond(id, &stream(), none()), Ok(Write::Queued));
    let mut got = Vec::new();
    let mut next: &[&[u8]] = &[b"def", b"ghi"];
    loop {
        let event = h.conn_event(id);
        let octets = h.octets(event);
        assert_eq!(h.server.send(id, &octets.to_ascii_uppercase()), Ok(Write::Queued));
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
    assert_eq!(h.server.finish(id, [trailer].into_iter()), Ok(Write::Queued));
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
    assert_eq!(h.server.switch(id, &switch, [upgrade].into_iter()), Ok(Write::Queued));
    let event = h.conn_event(id);
    let octets = h.octets(event);
    assert_eq!(octets, b"hasty");
    assert_eq!(h.server.send(id, &octets), Ok(Write::Queued));
    client.shutdown(std::net::Shutdown::Write).unwrap();
    h.expect(id, Event::RawEnd);
    assert_eq!(h.server.finish(id, none()), Ok(Write::Queued));
    let mut text = String::new();
    assert_eq!(h.closed(id), None);
    client.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 101 ") && text.ends_with("\r\n\r\nhasty"), "{text}");
}

#[test]
fn bad_input_on_one_connection_disturbs_no_other() {
    let mut h = Harness::new();
    let (mut good, first) = h.connect();
    let (mut bad, second) = h.connect();
    get(&mut good, "/before");
    h.request(first);
    bad.write_all(b"NOT HTTP\r\n\r\n").unwrap();
    assert!(matches!(h.conn_event(second), Event::Error(error) if error.code() == Code::RequestLine));
    assert_eq!(h.server.error(second).unwrap().map(|error| error.code()), Some(Code::RequestLine));
    h.answer(first, "fine");
    h.rest();
    expect_content(&mut good, "fine");
    let mut text = String::new();
    bad.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 400 "), "{text}");
    drop(bad);
    assert_eq!(h.closed(second), Some(Code::RequestLine));
    get(&mut good, "/after");
    assert_eq!(h.request(first), "/after");
}

#[test]
fn a_late_call_finds_its_connection_gone_also_when_the_slot_is_used_again() {
    let mut h = Harness::new();
    let (mut client, old) = h.connect();
    get(&mut client, "/");
    h.request(old);
    drop(client);
    h.server.close(old).unwrap();
    assert_eq!(h.closed(old), None);
    let (mut client, new) = h.connect();
    assert_ne!(old, new);
    assert_eq!(old.number() >> 24, new.number() >> 24, "the slot is the same, only the generation is not");
    get(&mut client, "/new");
    h.request(new);
    let gone = |result: Result<Write, wireway::error::Error>| result.unwrap_err().code() == Code::Gone;
    assert!(gone(h.server.respond(old, &response("stray"), none())));
    assert!(gone(h.server.inform(old, 103, none())) && gone(h.server.switch(old, &response(""), none())));
    assert!(gone(h.server.send(old, b"x")) && gone(h.server.finish(old, none())));
    assert!(gone(h.server.send_lent(old, 0, 0, 0)));
    for result in [h.server.pause(old), h.server.resume(old), h.server.close(old), h.server.shutdown(old)] {
        assert_eq!(result.unwrap_err().code(), Code::Gone);
    }
    assert_eq!(h.server.set_user(old, std::ptr::null_mut()).unwrap_err().code(), Code::Gone);
    assert_eq!(h.server.peer(old).unwrap_err().code(), Code::Gone);
    assert_eq!(h.server.error(old).unwrap_err().code(), Code::Gone);
    h.answer(new, "mine");
    h.rest();
    expect_content(&mut client, "mine");
}

#[test]
fn an_id_of_another_server_or_of_none_is_gone() {
    let (mut one, mut other) = (Harness::new(), Harness::new());
    let (_client, id) = one.connect();
    let (_also, same_slot) = other.connect();
    assert_ne!(id, same_slot);
    for wrong in [id, Id::NONE, Id::from_number(u64::MAX), Id::from_number(same_slot.number() + (1 << 40))] {
        assert_eq!(other.server.pause(wrong).unwrap_err().code(), Code::Gone, "{wrong:?}");
    }
}

#[test]
fn every_event_carries_the_user_pointer() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    let mut own = 7;
    let pointer = std::ptr::from_mut(&mut own).cast();
    h.server.set_user(id, pointer).unwrap();
    get(&mut client, "/");
    assert_eq!(h.event().user, pointer);
    h.answer(id, "x");
    drop(client);
    let closed = h.event();
    assert!(matches!(closed.what, What::Closed(_)), "{closed:?}");
    assert_eq!(closed.user, pointer);
    let (_client, again) = h.connect();
    h.server.close(again).unwrap();
    assert!(h.event().user.is_null(), "the next connection of the slot begins without one");
}

#[test]
fn names_the_peer() {
    let mut h = Harness::new();
    let (client, id) = h.connect();
    assert_eq!(h.server.peer(id).unwrap().to_string(), client.local_addr().unwrap().to_string());
}

#[test]
fn a_shutdown_makes_the_exchange_the_last() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    h.server.shutdown(id).unwrap();
    h.answer(id, "last");
    h.rest();
    let (head, _) = read_response(&mut client);
    assert!(head.contains("\r\nConnection: close\r\n"), "{head}");
    expect_end(&mut client);
    drop(client);
    assert_eq!(h.closed(id), None);
}

#[test]
fn a_close_offers_what_is_queued_and_ends_without_an_error() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    assert_eq!(h.server.respond(id, &stream(), none()), Ok(Write::Queued));
    h.server.close(id).unwrap();
    assert_eq!(h.closed(id), None);
    let mut text = String::new();
    client.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n") && text.ends_with("\r\n\r\n"), "{text}");
}

#[test]
fn times_out_when_nothing_happens() {
    let mut h = Harness::new();
    assert_eq!(h.server.next(Some(0)), Ok(Next::Timeout));
    assert_eq!(h.server.next(Some(5)), Ok(Next::Timeout));
    assert_eq!(h.server.deadline(), u64::MAX);
}

#[test]
fn a_foreign_loop_is_woken_by_the_handle() {
    let mut h = Harness::new();
    let mut poll = libc::pollfd { fd: h.server.handle(), events: libc::POLLIN, revents: 0 };
    let (mut client, id) = h.connect();
    h.rest();
    // SAFETY: one pollfd of ours.
    assert_eq!(unsafe { libc::poll(&raw mut poll, 1, 0) }, 0);
    assert!(h.server.deadline() < u64::MAX, "the clock of the first head runs");
    get(&mut client, "/");
    // SAFETY: as above.
    assert_eq!(unsafe { libc::poll(&raw mut poll, 1, PATIENCE_MS as i32) }, 1);
    assert!(matches!(h.server.next(Some(0)), Ok(Next::Event(event)) if event.id == id));
}
