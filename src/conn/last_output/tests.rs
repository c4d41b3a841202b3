//! Output that the transport holds: as a whole, and step by step.

use super::*;
use crate::conn::{Accept, Config, Conn, Response, Write};
use crate::http1::machine::Role;
use crate::memory::Heap;
use crate::websocket::machine::Part;
use std::rc::Rc;

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const UPGRADE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

struct Rig {
    conn: Conn,
    ws: Workspace,
}

impl Rig {
    /// A server's connection that has answered what came at 2,000, and is idle but for that output.
    fn answered(is_websocket: bool) -> Self {
        let ws = Workspace::new(Heap::new(1 << 20), 1 << 16);
        let mut rig = Self { conn: Conn::new(Rc::new(Config::new(Role::Server)), 1000).unwrap(), ws };
        if is_websocket {
            rig.receive(UPGRADE, 1001, |conn, ws| {
                conn.websocket(ws).accept(&Accept::default(), core::iter::empty()).unwrap()
            });
            let queued = rig.conn.queued();
            rig.conn.sent(&mut rig.ws, queued, 1002).unwrap();
            rig.receive(b"\x81\x82\0\0\0\0hi", 2000, |conn, ws| {
                conn.websocket(ws).send_message(Part::whole(true), b"hi").unwrap()
            });
        } else {
            rig.receive(GET, 2000, respond);
        }
        rig
    }

    fn receive(&mut self, octets: &[u8], now: u64, answer: impl FnOnce(&mut Conn, &mut Workspace) -> Write) {
        let mut lent = octets.to_vec();
        self.conn.receive(&mut self.ws, lent.len(), now).unwrap();
        assert!(self.conn.next(&mut self.ws, &mut lent).unwrap().is_ok());
        assert_eq!(answer(&mut self.conn, &mut self.ws), Write::Queued);
        assert!(self.conn.next(&mut self.ws, &mut lent).unwrap().is_err());
    }

    fn deadline_and_state(&mut self, now: u64) -> (u64, u32) {
        (self.conn.deadline(&self.ws, now), self.conn.state(&self.ws))
    }
}

fn respond(conn: &mut Conn, ws: &mut Workspace) -> Write {
    let response = Response { status: 200, reason: &[], content: b"hi", stream: None, lent: None, close: false };
    conn.http1(ws).respond(&response, core::iter::empty()).unwrap()
}

#[test]
fn output_held_as_a_whole_and_by_steps() {
    for is_websocket in [false, true] {
        let (mut fast, mut full) = (Rig::answered(is_websocket), Rig::answered(is_websocket));
        let queued = full.conn.queued();
        assert_eq!(fast.conn.shown(&fast.ws).last_piece().map(<[u8]>::len), Some(queued));
        let deadline = fast.conn.last_output(&mut fast.ws).hold(2010);
        full.conn.hold_output();
        assert_eq!(full.deadline_and_state(2010), (deadline, fast.conn.state(&fast.ws)));
        let deadline = fast.conn.last_output(&mut fast.ws).let_go(queued, 2020).unwrap();
        full.conn.let_go();
        full.conn.sent(&mut full.ws, queued, 2020).unwrap();
        assert_eq!(full.deadline_and_state(2020), (deadline, fast.conn.state(&fast.ws)));
        assert_eq!(fast.conn.state(&fast.ws) & !bits::IDLE, bits::WANT_READ);
    }
}

/// A part of it, or all of it beside something else.
#[test]
fn output_that_is_not_all_is_let_go_of_only() {
    let mut rig = Rig::answered(false);
    let queued = rig.conn.queued();
    rig.conn.last_output(&mut rig.ws).hold(2010);
    assert_eq!(rig.conn.last_output(&mut rig.ws).let_go(queued - 1, 2020), None);
    assert_eq!(rig.conn.queued(), queued);
    assert!(rig.conn.shown(&rig.ws).last_piece().is_some(), "it is shown again");
    let mut lent = GET.to_vec();
    rig.conn.receive(&mut rig.ws, lent.len(), 2030).unwrap();
    assert!(rig.conn.next(&mut rig.ws, &mut lent).unwrap().is_ok());
    assert_eq!(rig.conn.last_output(&mut rig.ws).let_go(queued, 2040), None, "a response is due");
    assert_eq!(rig.conn.queued(), queued);
}
