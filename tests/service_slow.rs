//! Messages for connections that do not keep up: each policy, in order, bounded, and nothing lost that was not to be.
#![cfg(feature = "service")]

mod service_support;

use service_support::websocket::*;
use service_support::*;
use std::net::TcpStream;
use wireway::conn::{Event, Prepared, Write};
use wireway::error::Code;
use wireway::service::{Config, Delivered, Id, Slow};
use wireway::websocket::machine::Part;

const TEXT: Part = Part::whole(true);

/// Some rounds are needed for what waits: the queue takes little.
fn config() -> Config {
    let mut config = Config::new();
    (config.conn.limits.high_water, config.conn.limits.low_water) = (100, 50);
    config
}

fn subscriber(h: &mut Harness) -> (TcpStream, Id) {
    let (client, id) = h.open();
    h.server.calls().subscribe(id, b"a").unwrap();
    (client, id)
}

/// A subscriber that does not read, until the server waits.
fn slow(h: &mut Harness) -> (TcpStream, Id) {
    let (client, id) = subscriber(h);
    clog(&mut h.server, id);
    (client, id)
}

#[track_caller]
fn publish(h: &mut Harness, text: &str, slow: Slow) -> usize {
    h.server.messages().publish(b"a", TEXT, text.as_bytes(), slow).unwrap()
}

fn long(number: usize) -> String {
    format!("{number} {}", "x".repeat(200))
}

#[test]
fn what_waits_goes_out_in_its_turn() {
    let mut h = Harness::with(&config());
    let (mut client, id) = slow(&mut h);
    for number in 0..20 {
        assert_eq!(publish(&mut h, &long(number), Slow::Waits), 1);
    }
    let prepared = Prepared::new(TEXT, b"behind").unwrap();
    assert_eq!(h.server.messages().send_message(id, TEXT, b"behind"), Ok(Write::Paused));
    assert_eq!(h.server.messages().send_prepared(id, &prepared), Ok(Write::Paused));
    assert_eq!(h.server.messages().deliver(id, TEXT, b"the last", Slow::Waits), Ok(Delivered::Waits));
    let (texts, writable) = unclog(&mut h, &mut client, "the last");
    assert!(texts.iter().zip(0..20).all(|(text, number)| *text == long(number)));
    assert_eq!((texts.len(), writable), (21, 1), "when nothing waits any more");
    assert_eq!(h.server.messages().send_message(id, TEXT, b"behind"), Ok(Write::Queued));
    assert_eq!(h.server.messages().deliver(id, TEXT, b"and this", Slow::Waits), Ok(Delivered::Sent));
    h.flush();
    expect_text(&mut client, "behind");
    expect_text(&mut client, "and this");
    assert_eq!((h.server.stats().missed, h.server.stats().too_slow), (0, 0));
}

/// The owner says more in one turn than the queue takes, but the peer would read it.
#[test]
fn a_peer_that_reads_is_not_slow() {
    let mut h = Harness::with(&config());
    let (mut client, _) = subscriber(&mut h);
    for number in 0..100 {
        assert_eq!(publish(&mut h, &long(number), Slow::Closes), 1);
        h.settle();
        assert_eq!(publish(&mut h, &long(number), Slow::Misses), 1);
        h.settle();
    }
    let (texts, _) = unclog(&mut h, &mut client, &long(99));
    assert_eq!((texts.len(), h.server.stats().missed), (199, 0));
}

#[test]
fn of_each_key_the_newest_waits() {
    let mut h = Harness::with(&config());
    let (mut client, id) = slow(&mut h);
    for (text, key) in [("a1", 1), ("b1", 2), ("a2", 1), ("c1", 3), ("a3", 1), ("b2", 2)] {
        assert_eq!(publish(&mut h, text, Slow::Newest(key)), 1);
    }
    assert_eq!(publish(&mut h, "plain", Slow::Waits), 1);
    assert_eq!(unclog(&mut h, &mut client, "plain").0, ["a3", "b2", "c1", "plain"]);
    assert_eq!(publish(&mut h, "a4", Slow::Newest(1)), 1);
    assert_eq!(
        h.server.messages().deliver(id, TEXT, b"a5", Slow::Newest(1)),
        Ok(Delivered::Sent),
        "who is not slow has them all"
    );
    assert_eq!(unclog(&mut h, &mut client, "a5").0, ["a4", "a5"]);
}

#[test]
fn a_slow_subscriber_misses_messages_that_may_be_dropped() {
    let mut h = Harness::with(&config());
    let (mut other, _) = subscriber(&mut h);
    let (mut client, id) = slow(&mut h);
    assert_eq!(publish(&mut h, "missed", Slow::Misses), 1, "by one of two");
    assert_eq!(h.server.messages().deliver(id, TEXT, b"missed", Slow::Misses), Ok(Delivered::Missed));
    assert_eq!(publish(&mut h, "waits", Slow::Waits), 2);
    assert_eq!(publish(&mut h, "missed", Slow::Misses), 1);
    assert_eq!(unclog(&mut h, &mut client, "waits").0, ["waits"]);
    assert_eq!(publish(&mut h, "heard", Slow::Misses), 2);
    assert_eq!(unclog(&mut h, &mut client, "heard").0, ["heard"]);
    assert_eq!(unclog(&mut h, &mut other, "heard").0, ["missed", "waits", "missed", "heard"]);
    assert_eq!((h.server.stats().missed, h.server.stats().too_slow), (3, 0));
}

#[test]
fn a_slow_subscriber_is_closed_rather_than_miss_a_message() {
    let mut h = Harness::with(&config());
    let (mut client, id) = slow(&mut h);
    assert_eq!(publish(&mut h, "waits, and is lost", Slow::Waits), 1);
    assert_eq!(publish(&mut h, "closes", Slow::Closes), 0);
    assert_eq!(publish(&mut h, "is passed over", Slow::Waits), 0);
    assert_eq!(h.server.messages().deliver(id, TEXT, b"x", Slow::Closes).unwrap_err().code(), Code::WsClosing);
    assert_eq!(unclog(&mut h, &mut client, "").0, ["close 1008"]);
    commit_close(&mut client);
    assert!(matches!(h.conn_event(id), Event::CloseFrame { code: 1000, .. }));
    assert_eq!(h.closed(id), None);
    expect_end(&mut client);
    assert_eq!(h.server.stats().too_slow, 1);
}

/// Beyond what may wait, for one connection or for all of them, a connection is closed: it would miss something.
#[test]
fn a_peer_too_slow_for_the_waiting_room_is_closed() {
    let limits: [fn(&mut Config); 2] = [|config| config.waiting_conn_max = 5000, |config| config.waiting_max = 5000];
    for limit in limits {
        let mut config = config();
        limit(&mut config);
        let mut h = Harness::with(&config);
        let (mut client, _) = slow(&mut h);
        let waiting = (0..100).take_while(|&number| publish(&mut h, &long(number), Slow::Waits) == 1).count();
        assert!((2..20).contains(&waiting), "{waiting}");
        assert_eq!(unclog(&mut h, &mut client, "").0, ["close 1008"]);
        assert_eq!(h.server.stats().too_slow, 1);
    }
}

#[test]
fn nothing_is_sent_after_our_close() {
    let mut h = Harness::with(&config());
    let (mut client, id) = slow(&mut h);
    assert_eq!(publish(&mut h, "waits", Slow::Waits), 1);
    h.server.calls().close_websocket(id, 1000, b"").unwrap();
    assert_eq!(unclog(&mut h, &mut client, "").0, ["close 1000"]);
    assert_eq!(publish(&mut h, "too late", Slow::Waits), 0);
}

/// The slot of a connection that ended is another's.
#[test]
fn what_waited_for_one_is_not_sent_to_the_next() {
    let mut h = Harness::with(&config());
    let (client, id) = slow(&mut h);
    assert_eq!(publish(&mut h, "waits", Slow::Waits), 1);
    h.server.calls().abort(id).unwrap();
    assert_eq!(h.closed(id), None);
    drop(client);
    let (mut next, id) = slow(&mut h);
    assert_eq!(h.server.messages().deliver(id, TEXT, b"last", Slow::Waits), Ok(Delivered::Waits));
    assert_eq!(unclog(&mut h, &mut next, "last").0, ["last"]);
}

#[test]
fn nothing_is_published_into_the_middle_of_a_message() {
    let mut h = Harness::with(&config());
    let (mut client, id) = subscriber(&mut h);
    assert_eq!(h.server.messages().send_message(id, Part { last: false, ..TEXT }, b"begun"), Ok(Write::Queued));
    assert_eq!(publish(&mut h, "within", Slow::Waits), 0);
    assert_eq!(h.server.messages().deliver(id, TEXT, b"within", Slow::Waits).unwrap_err().code(), Code::State);
    assert_eq!(h.server.messages().send_message(id, Part { first: false, ..TEXT }, b"end"), Ok(Write::Queued));
    h.flush();
    assert_eq!(frame(&mut client), (0x01, b"begun".to_vec()));
    assert_eq!(frame(&mut client), (0x80, b"end".to_vec()));
}
