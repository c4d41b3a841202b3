//! An event of a fast turn, written in place, and the same event written the full way.

use super::*;
use crate::conn::{Config, Conn, Event, Span, Window, Workspace};
use crate::http1::machine::Role;

/// All that a message says to C.
fn facts(event: &ww_event) -> (i32, u32, ww_id, u32, i32, bool, *const u8, usize, u64, *mut c_void) {
    let ww_event { kind, flags, conn, stream, code, head, data, token, user } = *event;
    (kind, flags, conn, stream, code, head.is_null(), data.data, data.len, token, user)
}

#[test]
fn a_message_of_a_fast_turn_is_the_same_event() {
    let heap = Heap::new(Workspace::MEMORY_MAX);
    let mut ws = Workspace::new(heap.clone(), Workspace::HELD_MAX);
    let shared = ws.intern(&Config::new(Role::Server)).expect("memory");
    let conn = Conn::new(shared, 0).expect("a connection");
    let (mut view, mut lent) = (HeadView::new(&heap), *b"octets of a lend");
    let user = (&raw mut lent).cast();
    for (offset, len) in [(0, 0), (6, 0), (6, 10), (16, 0)] {
        for text in [false, true] {
            let id = Id::from_number(0x0123_4567_89ab_cdef);
            let mut events = [ww_event { token: 7, ..ww_event::new(WW_EVENT_CLOSED) }; 2];
            let part =
                MessagePart { offset, len, used: offset + len, text, first: true, last: true, compressed: false };
            let mut out = Out { event: &mut events[0], view: &mut view };
            assert_eq!(out.message(id, user, &lent, &part), WW_OK);
            let span = Span { window: Window::Lent, offset: offset as u32, len: len as u32 };
            let event = Event::Message { span, text, first: true, last: true };
            let mut out = Out { event: &mut events[1], view: &mut view };
            assert_eq!(out.convert(EventView { id, user, event, shown: conn.shown(&ws), lent: &lent }), WW_OK);
            assert_eq!(facts(&events[0]), facts(&events[1]));
        }
    }
}
