//! An unfinished message behind our Close (WS-CLOSE-06).

#[cfg(feature = "deflate")]
use std::rc::Rc;

#[cfg(feature = "deflate")]
use wireway::conn::{Config, Conn, Delivery, Event, Workspace};
#[cfg(feature = "deflate")]
use wireway::http1::machine::Role;

use crate::budgets::{MIB, Peer, frame, workspace};
#[cfg(feature = "deflate")]
use crate::budgets::{OFFER, packed};
#[cfg(feature = "deflate")]
use crate::wire::{REQUEST, octets};

#[test]
fn ws_close_06_an_unfinished_message_goes_with_our_close() {
    let mut ws = workspace(11 * MIB);
    let mut closing: Vec<_> = (0..4).map(|_| Peer::new(&mut ws)).collect();
    let before = ws.heap().used();
    for peer in &mut closing {
        peer.send(&mut ws, &frame(0x02, &vec![1; 3 * MIB]));
        peer.conn.websocket(&mut ws).close(1000, b"").unwrap();
    }
    let grown = ws.heap().used() - before;
    assert!(grown < MIB, "{grown} octets");
    // What is still to come of it is dropped as well, and no other pays for it.
    let mut innocent = Peer::new(&mut ws);
    innocent.send(&mut ws, &frame(0x02, &vec![1; 3 * MIB]));
    for peer in &mut closing {
        peer.send(&mut ws, &frame(0x00, &vec![1; 1 << 10]));
        peer.send(&mut ws, &[frame(0x80, b"end"), frame(0x82, b"another"), frame(0x88, b"")].concat());
        peer.expect(&["close 1005"]);
    }
    innocent.send(&mut ws, &frame(0x80, b""));
    innocent.expect(&[&(3 * MIB).to_string()]);
    assert_eq!(ws.evicted(), (0, 0));
}

#[cfg(feature = "deflate")]
#[test]
fn ws_close_06_a_compressed_message_goes_with_our_close() {
    let mut ws = workspace(Workspace::MESSAGES_MAX);
    let mut peer = Peer::new(&mut ws);
    let before = ws.heap().used();
    let pieces = packed(15 * MIB);
    let (first, rest) = pieces.split_at(4000);
    peer.send(&mut ws, &frame(0x42, first));
    assert!(ws.heap().used() - before > MIB / 2);
    peer.conn.websocket(&mut ws).close(1000, b"").unwrap();
    // The window of the inflater and the output are kept for others.
    let taken = ws.taken();
    let (middle, end) = rest.split_at(5000);
    peer.send(&mut ws, &[frame(0, middle), frame(0x80, end)].concat());
    assert!(ws.taken() <= taken, "nothing of it is inflated");
    // Nor of those behind it, whose context is gone.
    peer.send(&mut ws, &[frame(0xc1, &octets("f20011000000")), frame(0xc2, b"\xff"), frame(0x88, b"")].concat());
    peer.expect(&["close 1005"]);
}

/// Our Close comes between two stretches of a message that is shown as it is inflated.
#[cfg(feature = "deflate")]
#[test]
fn ws_close_06_what_is_not_inflated_yet_is_skipped() {
    let mut ws = workspace(Workspace::MESSAGES_MAX);
    let mut config = Config::new(Role::Server);
    (config.deflate.enabled, config.delivery) = (true, Delivery::Parts);
    let mut peer = Peer { conn: Conn::new(Rc::new(config), 0).unwrap(), said: Vec::new() };
    peer.send(&mut ws, &[REQUEST, OFFER].concat());
    let mut lent = [frame(0xc2, &packed(4 * MIB)), frame(0x89, b""), frame(0x88, b"")].concat();
    peer.conn.receive(&mut ws, lent.len(), 0).unwrap();
    let first = peer.conn.next(&mut ws, &mut lent).unwrap();
    assert!(matches!(first, Ok(Event::Message { first: true, last: false, .. })), "{first:?}");
    peer.conn.websocket(&mut ws).close(1000, b"").unwrap();
    assert_eq!(peer.conn.shown(&ws).scratch()[0], 0, "what the event shows is there still");
    while let Ok(event) = peer.conn.next(&mut ws, &mut lent).unwrap() {
        peer.take(&mut ws, event);
    }
    peer.expect(&["close 1005"]);
    peer.conn.release(&mut ws);
    assert_eq!(ws.taken(), 0);
}
