//! Leaving the lane without memory for its answers.

use std::rc::Rc;

use crate::conn::{Accept, Config, Conn, Event, Workspace, Write, bits};
use crate::error::Code;
use crate::http1::machine::Role;
use crate::memory::{Heap, Vec};

const HANDSHAKE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// A WebSocket of a server whose memory is used up, its 101 sent.
fn without_memory() -> (Conn, Workspace, Vec<u8>) {
    let heap = Heap::new(1 << 20);
    let mut ws = Workspace::new(heap.clone(), 1 << 20);
    let mut conn = Conn::new(Rc::new(Config::new(Role::Server)), 0).unwrap();
    let mut lent = HANDSHAKE.to_vec();
    conn.receive(&mut ws, lent.len(), 0).unwrap();
    assert!(matches!(conn.next(&mut ws, &mut lent), Ok(Ok(Event::Request { .. }))));
    assert_eq!(conn.websocket(&mut ws).accept(&Accept::default(), core::iter::empty()), Ok(Write::Queued));
    while conn.next(&mut ws, &mut lent).unwrap().is_ok() {}
    let queued = conn.queued();
    conn.sent(&mut ws, queued, 0).unwrap();
    let hoard = heap.vec((1 << 20) - heap.used()).unwrap();
    (conn, ws, hoard)
}

/// They were accepted and cannot be sent: the connection ends by a reset and tells why. What was left of the lend goes with it.
#[test]
fn ws_frm_05_answers_without_memory_end_the_connection() {
    let (mut conn, mut ws, _hoard) = without_memory();
    let lane = conn.turn(&mut ws).open_lane(20).expect("nothing else is on");
    let answers = std::vec![0; lane.room];
    assert_eq!(conn.turn(&mut ws).leave_lane(20, 7, &answers).unwrap_err().code(), Code::Nomem);
    let mut lent = [0x81; 20];
    let told = conn.next(&mut ws, &mut lent).unwrap();
    assert!(matches!(told, Ok(Event::Error(error)) if error.code() == Code::Nomem), "{told:?}");
    assert_eq!(conn.ending_error().map(|error| error.code()), Some(Code::Nomem));
    assert_eq!(conn.queued(), 0);
    assert_eq!(conn.state(&ws) & (bits::CLOSE | bits::EVENTS | bits::RESET), bits::CLOSE | bits::RESET);
    conn.release(&mut ws);
}
