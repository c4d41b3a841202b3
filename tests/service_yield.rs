//! A connection that has sent much lets the others go first. That is not a full socket: what is said to it meanwhile is sent.
#![cfg(feature = "service")]

mod service_support;

use service_support::websocket::*;
use service_support::*;
use std::io::Write as _;
use std::net::TcpStream;
use wireway::conn::{Event, Write};
use wireway::service::{Config, Delivered, Id, Slow};
use wireway::websocket::machine::Part;

const TEXT: Part = Part::whole(true);

/// More than a connection sends in one turn before it lets the others go first.
const LONG: usize = 100 << 10;

fn config() -> Config {
    let mut config = Config::new();
    (config.conn.limits.high_water, config.conn.limits.low_water) = (100, 50);
    config
}

/// A WebSocket that has read a long answer, and whose second message waits for its next turn; and the other, whose turn it is.
fn yielded(h: &mut Harness) -> ((TcpStream, Id), (TcpStream, Id)) {
    let (mut client, id) = h.open();
    let (mut other, other_id) = h.open();
    // Until nobody is ready: from then on the system reports them in the order in which they become so.
    assert!(h.rest().is_empty());
    // In one write, so that the second is there when the turn of the first ends.
    client.write_all(b"\x81\x81\0\0\0\x001\x81\x81\0\0\0\x002").unwrap();
    // In the same batch, behind the first.
    say(&mut other, 0x81, b"other");
    assert!(matches!(h.conn_event(id), Event::Message { .. }));
    assert_eq!(h.server.messages().send_message(id, TEXT, &[b'x'; LONG]), Ok(Write::Queued));
    assert!(matches!(h.conn_event(other_id), Event::Message { .. }), "the other goes first");
    assert_eq!(frame(&mut client).1.len(), LONG);
    ((client, id), (other, other_id))
}

#[test]
#[cfg_attr(feature = "fault", ignore = "whose turn is next is the order of sockets in a batch of epoll")]
fn a_connection_that_yielded_its_turn_is_not_slow() {
    let mut h = Harness::with(&config());
    let ((mut client, id), (mut other, other_id)) = yielded(&mut h);
    let long = "y".repeat(500);
    for _ in 0..3 {
        assert_eq!(h.server.messages().deliver(id, TEXT, long.as_bytes(), Slow::Closes), Ok(Delivered::Sent));
    }
    assert_eq!(h.server.messages().send_message(other_id, TEXT, b"served"), Ok(Write::Queued));
    // The turn that it gave up comes all the same.
    assert!(matches!(h.conn_event(id), Event::Message { .. }));
    h.rest();
    for _ in 0..3 {
        expect_text(&mut client, &long);
    }
    expect_text(&mut other, "served");
    assert_eq!(h.server.stats().too_slow, 0);
}

#[test]
#[cfg_attr(feature = "fault", ignore = "whose turn is next is the order of sockets in a batch of epoll")]
fn what_is_queued_is_offered_before_an_end_though_others_go_first() {
    let mut h = Harness::with(&config());
    let ((mut client, id), (mut other, other_id)) = yielded(&mut h);
    assert_eq!(h.server.messages().send_message(id, TEXT, b"farewell"), Ok(Write::Queued));
    h.server.calls().abort(id).unwrap();
    expect_text(&mut client, "farewell");
    assert_eq!(h.server.messages().send_message(other_id, TEXT, b"served"), Ok(Write::Queued));
    assert_eq!(h.closed(id), None);
    expect_text(&mut other, "served");
}
