//! Leaving a turn without memory for its answers.

use std::rc::Rc;

use crate::conn::{Accept, Config, Conn, Event, MessageTurn, Piece, Workspace, Write};
use crate::http1::machine::Role;
use crate::memory::{Heap, Vec};

const HANDSHAKE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// A WebSocket of a server whose memory is used up, its 101 sent; the turn has the only block.
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
    let turn = MessageTurn::new(&mut ws).unwrap();
    let hoard = heap.vec((1 << 20) - heap.used()).unwrap();
    (conn, ws, turn, hoard)
}

/// The octets of the output.
fn output(conn: &Conn, ws: &Workspace) -> std::vec::Vec<u8> {
    let mut octets = std::vec![];
    conn.shown(ws).pieces(|piece| {
        let Piece::Owned(piece) = piece else { panic!("nobody lent output") };
        octets.extend_from_slice(piece);
        true
    });
    octets
}

/// A turn of one message that is answered; whether the answer was accepted.
fn answers(conn: &mut Conn, ws: &mut Workspace, turn: &mut MessageTurn) -> bool {
    let mut lent = [0x81; 7];
    let limits = conn.fast_messages(ws).limits(lent.len()).expect("nothing else is on");
    assert!(turn.open(limits, &mut lent).is_some_and(|message| message.used == 7), "a message of one octet");
    let is_accepted = turn.send(true, true, b"answer");
    conn.fast_messages(ws).take_back(turn);
    assert!(!turn.is_open() && turn.output().is_empty());
    assert!(matches!(conn.next(ws, &mut lent), Ok(Err(_))), "it is used up");
    is_accepted
}

/// An answer that was accepted goes out in the block that was reserved for it. Without another one a turn accepts none, until there is
/// memory again.
#[test]
fn ws_frm_05_an_answer_that_was_accepted_goes_out_without_memory() {
    let (mut conn, mut ws, mut turn, _hoard) = without_memory();
    assert!(answers(&mut conn, &mut ws, &mut turn));
    assert_eq!(output(&conn, &ws), b"\x81\x06answer");
    assert_eq!(conn.ending_error(), None);
    conn.sent(&mut ws, 8, 0).unwrap();
    assert!(!answers(&mut conn, &mut ws, &mut turn), "there was no memory for another block");
    assert!(answers(&mut conn, &mut ws, &mut turn), "now it has the one that was sent");
    conn.release(&mut ws);
}
