//! Slow peers against each clock: short ones, and the events are waited for.
#![cfg(feature = "service")]

mod service_support;

use service_support::*;
use std::io::{Read, Write as _};
use wireway::conn::{Event, Write};
use wireway::error::Code;
use wireway::guard::Clocks;
use wireway::service::{Config, Next};

/// Clocks that do not run out in a test, but for those changed by `change`.
fn harness(change: impl FnOnce(&mut Clocks)) -> Harness {
    let mut config = Config::new();
    let never = 3_600_000;
    let clocks = &mut config.conn.clocks;
    (clocks.head_ms, clocks.idle_ms, clocks.body_ms, clocks.write_ms, clocks.linger_ms) =
        (never, never, never, never, never);
    clocks.body_rate_min = 0;
    change(clocks);
    Harness::with(&config)
}

#[test]
fn h1_time_01_half_a_head_ends_with_408() {
    let mut h = harness(|clocks| clocks.head_ms = 20);
    // Its octets are there when its clock begins.
    let mut slow = client(h.address);
    slow.write_all(b"GET / HT").unwrap();
    let id = h.opened();
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::TimeoutHead));
    h.rest();
    let mut text = String::new();
    slow.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 408 "), "{text}");
    drop(slow);
    assert_eq!(h.closed(id), Some(Code::TimeoutHead));
    assert_eq!(h.server.stats().timeouts, 1);
}

#[test]
fn h1_time_01_a_peer_that_never_sent_an_octet_is_closed_without_a_response() {
    let mut h = harness(|clocks| clocks.head_ms = 20);
    let (mut silent, id) = h.connect();
    assert_eq!(h.closed(id), None);
    expect_end(&mut silent);
}

#[test]
fn an_idle_connection_is_closed_silently() {
    let mut h = harness(|clocks| clocks.idle_ms = 20);
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    h.answer(id, "x");
    assert_eq!(h.closed(id), None);
    expect_content(&mut client, "x");
    expect_end(&mut client);
    assert_eq!((h.server.stats().timeouts, h.server.stats().errors), (1, 0));
}

#[test]
fn content_that_stalls_ends_with_408() {
    let mut h = harness(|clocks| clocks.body_ms = 20);
    let (mut client, id) = h.connect();
    client.write_all(b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nab").unwrap();
    h.expect(id, Event::Request { last: false });
    assert!(matches!(h.conn_event(id), Event::Data { last: false, .. }));
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::TimeoutBody));
    h.rest();
    let mut text = String::new();
    client.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 408 "), "{text}");
}

#[test]
fn while_the_owner_holds_the_stream_the_clock_of_the_content_stands_still() {
    let mut h = harness(|clocks| clocks.body_ms = 20);
    let (mut client, id) = h.connect();
    client.write_all(b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\n").unwrap();
    h.expect(id, Event::Request { last: false });
    h.server.calls().pause(id).unwrap();
    assert_eq!(h.server.next(Some(80)), Ok(Next::Timeout));
    h.server.calls().resume(id).unwrap();
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::TimeoutBody));
}

#[test]
fn a_peer_that_does_not_read_times_out() {
    let mut h = harness(|clocks| clocks.write_ms = 50);
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    // More than the system buffers for a peer that does not read.
    let content = "x".repeat(32 << 20);
    assert_eq!(h.server.calls().respond(id, &response(&content), none()), Ok(Write::Queued));
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::TimeoutWrite));
    assert_eq!(h.closed(id), Some(Code::TimeoutWrite));
}

#[test]
fn the_clock_of_a_late_answer_runs_too() {
    let mut h = harness(|clocks| clocks.write_ms = 50);
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    assert!(h.rest().is_empty());
    let content = "x".repeat(32 << 20);
    assert_eq!(h.server.calls().respond(id, &response(&content), none()), Ok(Write::Queued));
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::TimeoutWrite));
    drop(client);
}

#[test]
fn a_peer_that_does_not_end_is_not_waited_for_longer_than_the_linger_clock() {
    let mut h = harness(|clocks| clocks.linger_ms = 20);
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    let last = wireway::conn::Response { close: true, ..response("last") };
    assert_eq!(h.server.calls().respond(id, &last, none()), Ok(Write::Queued));
    assert_eq!(h.closed(id), None);
    expect_content(&mut client, "last");
    expect_end(&mut client);
}
