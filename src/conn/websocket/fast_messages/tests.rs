//! Taking back a fast turn without memory for its responses.

use std::rc::Rc;

use crate::conn::{Accept, Config, Conn, Event, MessageTurn, Workspace, Write, bits};
use crate::error::Code;
use crate::http1::machine::Role;
use crate::memory::{Heap, Vec};

const HANDSHAKE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// A WebSocket of a server whose memory is used up, its 101 sent.
fn without_memory() -> (Conn, Workspace, MessageTurn, Vec<u8>) {
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
    let turn = MessageTurn::new(&heap).unwrap();
    let hoard = heap.vec((1 << 20) - heap.used()).unwrap();
    (conn, ws, turn, hoard)
}

/// A connection with an answer in the only block there is.
fn takes_the_spare_block(ws: &mut Workspace) -> Conn {
    let mut conn = Conn::new(Rc::new(Config::new(Role::Server)), 0).unwrap();
    let mut lent = *b"no request\r\n\r\n";
    conn.receive(ws, lent.len(), 0).unwrap();
    assert!(matches!(conn.next(ws, &mut lent), Ok(Ok(Event::Error(_)))));
    assert!(matches!(conn.next(ws, &mut lent), Ok(Err(_))), "the error is answered now");
    assert_ne!(conn.queued(), 0);
    conn
}

/// They were accepted and cannot be sent: the connection ends by a reset and tells why. What was left of the lend goes with it.
#[test]
fn ws_frm_05_answers_without_memory_end_the_connection() {
    let (mut conn, mut ws, mut turn, _hoard) = without_memory();
    let mut other = takes_the_spare_block(&mut ws);
    let limits = conn.fast_messages(&mut ws).limits(20).expect("nothing else is on");
    let mut lent = [0x81; 20];
    assert!(turn.open(limits, &mut lent).is_some_and(|message| message.used == 7), "a message of one octet, and more");
    assert!(turn.send(true, true, b"answer"));
    assert_eq!(conn.fast_messages(&mut ws).take_back(&mut turn).unwrap_err().code(), Code::Nomem);
    assert!(!turn.is_open() && turn.output().is_empty());
    let told = conn.next(&mut ws, &mut lent).unwrap();
    assert!(matches!(told, Ok(Event::Error(error)) if error.code() == Code::Nomem), "{told:?}");
    assert_eq!(conn.ending_error().map(|error| error.code()), Some(Code::Nomem));
    assert_eq!(conn.queued(), 0);
    assert_eq!(conn.state(&ws) & (bits::CLOSE | bits::EVENTS | bits::RESET), bits::CLOSE | bits::RESET);
    conn.release(&mut ws);
    other.release(&mut ws);
}
