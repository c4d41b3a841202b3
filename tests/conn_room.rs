//! What a connection keeps for want of room, and what it gives back when it ends.

use std::rc::Rc;

use wireway::conn::{Config, Conn, Event, NotReady, Workspace, Write, bits};
use wireway::http1::machine::Role;
use wireway::http1::write::FieldRef;
use wireway::memory::Heap;

struct Server {
    conn: Conn,
    ws: Workspace,
}

impl Server {
    fn new() -> Self {
        let mut config = Config::new(Role::Server);
        (config.limits.high_water, config.limits.low_water) = (100, 50);
        let conn = Conn::new(Rc::new(config), 0).unwrap();
        Self { conn, ws: Workspace::new(Heap::new(1 << 20), 1 << 20) }
    }

    /// The events of one lend.
    fn receive(&mut self, octets: &[u8]) -> Vec<Event> {
        let mut lent = octets.to_vec();
        self.conn.receive(&mut self.ws, lent.len(), 0).unwrap();
        let mut events = Vec::new();
        while let Ok(event) = self.conn.next(&mut self.ws, &mut lent).unwrap() {
            events.push(event);
        }
        events
    }

    /// An interim response above the high-water mark.
    fn fill(&mut self) {
        let field = FieldRef { name: b"X", value: &[b'x'; 200] };
        assert_eq!(self.conn.http1(&mut self.ws).send_interim(103, [field].into_iter()), Ok(Write::Queued));
    }

    fn take_all(&mut self) {
        let queued = self.conn.queued();
        self.conn.sent(&mut self.ws, queued, 0).unwrap();
    }
}

const EXPECTS: &[u8] = b"PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n";
const CONTINUE: usize = b"HTTP/1.1 100 Continue\r\n\r\n".len();

/// The interim response that the library owes waits for room by itself: the owner, who was refused nothing, is told nothing.
#[test]
fn h1_exp_01_a_100_that_waits_for_room_is_sent_without_an_event() {
    let mut server = Server::new();
    let mut lent = EXPECTS.to_vec();
    server.conn.receive(&mut server.ws, lent.len(), 0).unwrap();
    let event = server.conn.next(&mut server.ws, &mut lent).unwrap();
    assert_eq!(event, Ok(Event::Request { last: false }));
    server.fill();
    let filled = server.conn.queued();
    assert_eq!(server.conn.next(&mut server.ws, &mut lent), Ok(Err(NotReady::NeedInput)));
    assert_eq!(server.conn.queued(), filled);
    server.take_all();
    assert_eq!(server.conn.queued(), CONTINUE);
    assert_eq!(server.conn.state(&server.ws) & bits::EVENTS, 0);
    server.take_all();
    assert_eq!(server.receive(b"x").len(), 1);
}

/// Nor is it sent any more where the content came meanwhile.
#[test]
fn h1_exp_03_a_100_that_waits_for_room_is_not_sent_behind_the_content() {
    let mut server = Server::new();
    let mut lent = EXPECTS.to_vec();
    server.conn.receive(&mut server.ws, lent.len(), 0).unwrap();
    assert!(server.conn.next(&mut server.ws, &mut lent).unwrap().is_ok());
    server.fill();
    assert!(server.conn.next(&mut server.ws, &mut lent).unwrap().is_err());
    server.receive(b"x");
    server.take_all();
    server.take_all();
    assert_eq!(server.conn.queued(), 0);
}

/// A write that was refused beside it is told of all the same.
#[test]
fn h1_exp_01_a_refused_write_is_told_of_beside_a_100_that_waits() {
    let mut server = Server::new();
    let mut lent = EXPECTS.to_vec();
    server.conn.receive(&mut server.ws, lent.len(), 0).unwrap();
    assert!(server.conn.next(&mut server.ws, &mut lent).unwrap().is_ok());
    server.fill();
    assert!(server.conn.next(&mut server.ws, &mut lent).unwrap().is_err());
    assert_eq!(server.conn.http1(&mut server.ws).send_interim(103, std::iter::empty()), Ok(Write::Paused));
    server.take_all();
    assert_eq!(server.conn.next(&mut server.ws, &mut []), Ok(Ok(Event::Writable)));
}

/// Who ends the largest holder has its memory back at once.
#[test]
fn h1_lim_07_an_abort_gives_a_head_in_the_making_back() {
    let mut server = Server::new();
    server.receive(b"GET / HTTP/1.1\r\nHost: a\r\n");
    for _ in 0..50 {
        server.receive(b"A: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n");
    }
    assert!(server.conn.shown(&server.ws).memory() > 2000);
    server.conn.abort(&mut server.ws, 0);
    // The events of before may point into what is held.
    assert_eq!(server.conn.next(&mut server.ws, &mut []), Ok(Err(NotReady::Done)));
    assert_eq!(server.conn.shown(&server.ws).memory(), 0);
}
