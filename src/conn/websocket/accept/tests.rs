//! What an answer that fails leaves behind: nothing.

use std::rc::Rc;

use crate::conn::{Config, Conn, Event, Response, Workspace, Write};
use crate::error::Code;
use crate::http1::machine::{Role, flag};
use crate::memory::Heap;

const HANDSHAKE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

const REFUSAL: Response<'_> =
    Response { status: 403, reason: b"", content: b"", stream: None, lent: None, close: false };

/// A server's connection that received `octets`, which begin with a request, in a workspace whose held octets are at most so many.
fn received(octets: &[u8], heap: &Heap, held_max: usize) -> (Conn, Workspace) {
    let mut ws = Workspace::new(heap.clone(), held_max);
    let mut conn = Conn::new(Rc::new(Config::new(Role::Server)), 0).unwrap();
    let mut lent = octets.to_vec();
    conn.receive(&mut ws, lent.len(), 0).unwrap();
    let event = conn.next(&mut ws, &mut lent).unwrap();
    assert!(matches!(event, Ok(Event::Request { .. })), "{event:?}");
    while conn.next(&mut ws, &mut lent).unwrap().is_ok() {}
    (conn, ws)
}

/// Answers that fail, for their status and for want of memory, change no flag; one that succeeds sets `flag`.
fn check_failing(mut conn: Conn, mut ws: Workspace, flag: u16) {
    let long = vec![b'x'; 2 << 20];
    let none = core::iter::empty;
    for (response, why) in [
        (Response { status: 99, ..REFUSAL }, Code::Argument),
        (Response { reason: b"a\r\nb", ..REFUSAL }, Code::FieldValue),
        (Response { content: &long, ..REFUSAL }, Code::Nomem),
    ] {
        let refused = conn.http1(&mut ws).respond(&response, none()).unwrap_err();
        assert_eq!(refused.code(), why, "{}", refused.fault.reason.to_str().unwrap());
        assert!(!conn.sides.has(flag::REFUSED | flag::LAST), "{why:?}");
    }
    assert_eq!(conn.http1(&mut ws).respond(&REFUSAL, none()), Ok(Write::Queued));
    assert!(conn.sides.has(flag));
    conn.release(&mut ws);
}

#[test]
fn ws_hss_12_a_refusal_that_fails_refuses_nothing() {
    let heap = Heap::new(1 << 20);
    let (conn, ws) = received(HANDSHAKE, &heap, 1 << 20);
    check_failing(conn, ws, flag::REFUSED);
    let frames = [HANDSHAKE, b"\x81\x80\0\0\0\0"].concat();
    let (conn, ws) = received(&frames, &heap, 1 << 20);
    check_failing(conn, ws, flag::REFUSED | flag::LAST);
}

#[test]
fn h1_lim_07_an_answer_that_fails_is_not_the_last_one() {
    let behind = [b"GET / HTTP/1.1\r\nHost: a\r\n\r\n".as_slice(), &[b'x'; 4096]].concat();
    let (conn, ws) = received(&behind, &Heap::new(1 << 20), 1000);
    assert_eq!(ws.evicted().0, 1);
    check_failing(conn, ws, flag::LAST);
}
