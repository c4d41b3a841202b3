//! What the owner of a server does to connections by their ids, and how connections end.
#![cfg(feature = "service")]

mod service_support;

use service_support::system::is_signalled;
use service_support::*;
use std::io::{Read, Write as _};
use std::time::Duration;
use wireway::conn::{Event, Write};
use wireway::error::Code;
use wireway::service::{EventKind, Id, Next};

#[test]
fn bad_input_on_one_connection_disturbs_no_other() {
    let mut h = Harness::new();
    let (mut good, first) = h.connect();
    let (mut bad, second) = h.connect();
    get(&mut good, "/before");
    h.request(first);
    bad.write_all(b"NOT HTTP\r\n\r\n").unwrap();
    assert!(matches!(h.conn_event(second), Event::Error(error) if error.code() == Code::RequestLine));
    assert_eq!(h.server.conn(second).unwrap().error().map(|error| error.code()), Some(Code::RequestLine));
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
    h.server.calls().abort(old).unwrap();
    assert_eq!(h.closed(old), None);
    let (mut client, new) = h.connect();
    assert_ne!(old, new);
    assert_eq!(old.number() >> 24, new.number() >> 24, "the slot is the same, only the generation is not");
    get(&mut client, "/new");
    h.request(new);
    let gone = |result: Result<Write, wireway::error::Error>| result.unwrap_err().code() == Code::Gone;
    assert!(gone(h.server.calls().respond(old, &response("stray"), none())));
    assert!(
        gone(h.server.calls().send_interim(old, 103, none()))
            && gone(h.server.calls().switch(old, &response(""), none()))
    );
    assert!(gone(h.server.calls().send(old, b"x")) && gone(h.server.calls().finish(old, none())));
    assert!(gone(h.server.calls().send_lent(old, &[], 0)));
    assert!(gone(h.server.calls().send_file(old, &wireway::conn::File { fd: 0, offset: 0, len: 0 }, 0)));
    for result in [
        h.server.calls().pause(old),
        h.server.calls().resume(old),
        h.server.calls().abort(old),
        h.server.calls().shutdown(old),
    ] {
        assert_eq!(result.unwrap_err().code(), Code::Gone);
    }
    assert_eq!(h.server.calls().set_user(old, std::ptr::null_mut()).unwrap_err().code(), Code::Gone);
    assert_eq!(h.server.calls().peer(old).unwrap_err().code(), Code::Gone);
    assert_eq!(h.server.conn(old).err().map(|error| error.code()), Some(Code::Gone));
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
        assert_eq!(other.server.calls().pause(wrong).unwrap_err().code(), Code::Gone, "{wrong:?}");
    }
}

#[test]
fn every_event_carries_the_user_pointer() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    let mut own = 7;
    let pointer = std::ptr::from_mut(&mut own).cast();
    h.server.calls().set_user(id, pointer).unwrap();
    get(&mut client, "/");
    assert_eq!(h.event().user, pointer);
    h.answer(id, "x");
    drop(client);
    let closed = h.event();
    assert!(matches!(closed.kind, EventKind::Closed(_)), "{closed:?}");
    assert_eq!(closed.user, pointer);
    let (_client, again) = h.connect();
    h.server.calls().abort(again).unwrap();
    assert!(h.event().user.is_null(), "the next connection of the slot begins without one");
}

#[test]
fn names_the_peer() {
    let mut h = Harness::new();
    let (client, id) = h.connect();
    assert_eq!(h.server.calls().peer(id).unwrap().to_string(), client.local_addr().unwrap().to_string());
}

#[test]
fn a_shutdown_makes_the_exchange_the_last() {
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    h.server.calls().shutdown(id).unwrap();
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
    assert_eq!(h.server.calls().respond(id, &stream(), none()), Ok(Write::Queued));
    h.server.calls().abort(id).unwrap();
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
    let (mut client, id) = h.connect();
    h.rest();
    assert!(!is_signalled(h.server.driver().handle(), Duration::ZERO));
    assert!(h.server.deadline() < u64::MAX, "the clock of the first head runs");
    get(&mut client, "/");
    // The driver may keep what has come for some turns, and wakes the loop for each of them.
    let mut turns = (0..QUIET).map(|_| {
        assert!(is_signalled(h.server.driver().handle(), Duration::from_millis(PATIENCE_MS)));
        h.server.next(Some(0))
    });
    assert!(matches!(turns.find(|next| *next != Ok(Next::Timeout)), Some(Ok(Next::Event(event))) if event.id == id));
    assert_eq!(h.server.deadline(), 0, "its turn is not over");
}
