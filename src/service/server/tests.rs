//! WebSockets closed by a drain, with the test's own clock: the server's time is ahead of the system's and stands still.

mod late;
mod proxy;
#[cfg(target_os = "linux")]
mod slow_file;

use super::*;
use crate::conn::{Accept, Event, Write};
use crate::error::Code;
use crate::service::time::NEVER;
use crate::service::{EventKind, Id};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

const REQUEST: &[u8] =
    b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
/// A Close with 1001, going away.
const GOING_AWAY: [u8; 4] = [0x88, 2, 0x03, 0xe9];

struct Fixture {
    server: Server,
    start: u64,
    clients: Vec<TcpStream>,
    /// Octets that were sent before the drain.
    before: u64,
    ended: Vec<Option<Code>>,
}

impl Fixture {
    fn new(clients: usize, spread_ms: u32) -> Self {
        let mut server = Server::new(&Config { drain_spread_ms: spread_ms, ..Config::new() }).unwrap();
        let start = server.connections.engine().now() + 3_600_000;
        server.connections.engine_mut().time_mut().set(start);
        server.listen(b"127.0.0.1:0").unwrap();
        let mut fixture = Self { server, start, clients: Vec::new(), before: 0, ended: Vec::new() };
        for _ in 0..clients {
            let id = fixture.ask();
            fixture.accept(id);
        }
        fixture.before = fixture.server.stats().octets_out;
        fixture
    }

    /// The client asked for a WebSocket last: it is accepted, and its Close is there.
    #[track_caller]
    fn opens_late(&mut self, id: Id) {
        self.accept(id);
        self.expect_close(self.clients.len() - 1);
    }

    /// A client that has asked for a WebSocket.
    fn ask(&mut self) -> Id {
        let address = self.server.address(0).unwrap().to_string();
        let mut client = TcpStream::connect(address).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        client.write_all(REQUEST).unwrap();
        self.clients.push(client);
        loop {
            let event = self.event();
            if matches!(event.kind, EventKind::Conn(Event::Request { .. })) {
                return event.id;
            }
        }
    }

    /// The next event. The server's time stands still, so that its own patience has no end.
    fn event(&mut self) -> crate::service::Event {
        for _ in 0..120_000 {
            if let Next::Event(event) = self.server.next(Some(0)).unwrap() {
                return event;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        panic!("no event")
    }

    /// Connections end, so many in all.
    fn end(&mut self, count: usize) {
        while self.ended.len() < count {
            if let EventKind::Closed(error) = self.event().kind {
                self.ended.push(error.map(|error| error.code()));
            }
        }
    }

    fn accept(&mut self, id: Id) {
        let accepted = self.server.calls().accept_websocket(id, &Accept::default(), std::iter::empty());
        assert_eq!(accepted, Ok(Write::Queued));
        self.server.flush();
        let client = self.clients.last_mut().unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut octet = [0];
            client.read_exact(&mut octet).unwrap();
            head.extend(octet);
        }
    }

    /// So many Closes were sent, when it is so late.
    fn closed_at(&mut self, ms: u64) -> u64 {
        self.server.connections.engine_mut().time_mut().set(self.start + ms);
        loop {
            match self.server.next(Some(0)).unwrap() {
                Next::Event(event) => {
                    if let EventKind::Closed(error) = event.kind {
                        self.ended.push(error.map(|error| error.code()));
                    }
                }
                _ => return (self.server.stats().octets_out - self.before) / 4,
            }
        }
    }

    #[track_caller]
    fn expect_close(&mut self, client: usize) {
        let mut frame = [0; 4];
        self.clients[client].read_exact(&mut frame).unwrap();
        assert_eq!(frame, GOING_AWAY);
    }
}

#[test]
fn websockets_are_closed_one_after_the_other() {
    let mut f = Fixture::new(10, 50);
    f.server.drain(u64::MAX);
    assert_eq!([0, 4, 5, 24, 44, 45, 1000].map(|ms| f.closed_at(ms)), [1, 1, 2, 5, 9, 10, 10]);
    for client in 0..10 {
        f.expect_close(client);
    }
    assert!(f.ended.is_empty(), "they are waited for");
}

#[test]
fn the_server_says_when_the_next_is_due() {
    let mut f = Fixture::new(10, 50);
    f.server.drain(1_000_000);
    assert_eq!(f.closed_at(0), 1);
    assert_eq!(f.server.deadline(), f.start + 5);
    assert_eq!(f.closed_at(17), 4);
    assert_eq!(f.server.deadline(), f.start + 20);
}

#[test]
fn half_of_the_time_is_for_the_answers_and_then_it_is_over() {
    let mut f = Fixture::new(10, 50);
    f.server.drain(40);
    assert_eq!([0, 2, 18].map(|ms| f.closed_at(ms)), [1, 2, 10]);
    f.clients[3].write_all(&[0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe9]).unwrap();
    f.end(1);
    assert_eq!(f.ended, [None], "one has answered");
    f.closed_at(40);
    assert_eq!(f.ended[1..], [Some(Code::Aborted); 9]);
    assert_eq!(f.server.next(None), Ok(Next::Done));
}

#[test]
fn who_has_not_been_told_goes_on() {
    let mut f = Fixture::new(2, 1000);
    f.server.drain(u64::MAX);
    assert_eq!(f.closed_at(0), 1);
    f.clients[1].write_all(&[0x81, 0x82, 0, 0, 0, 0, b'h', b'i']).unwrap();
    assert!(matches!(f.event().kind, EventKind::Conn(Event::Message { .. })));
    assert_eq!([9, 10].map(|ms| f.closed_at(ms)), [1, 2], "a few are not kept waiting");
}

#[test]
fn less_time_is_for_those_that_are_left() {
    let mut f = Fixture::new(10, 100);
    f.server.drain(u64::MAX);
    assert_eq!(f.closed_at(20), 3);
    f.server.drain(28);
    assert_eq!([20, 22, 32].map(|ms| f.closed_at(ms)), [4, 5, 10]);
    f.server.drain(u64::MAX);
    f.closed_at(48);
    assert_eq!(f.ended.len(), 10, "no more time");
}

#[test]
fn those_that_ended_by_themselves_are_not_waited_for() {
    let mut f = Fixture::new(10, 50);
    f.server.drain(u64::MAX);
    assert_eq!(f.closed_at(0), 1);
    f.clients.truncate(5);
    f.end(5);
    let told = [4, 5, 20, 25].map(|ms| f.closed_at(ms));
    assert_eq!(told, [1, 2, 5, 5]);
    assert_eq!(f.server.drain.next(), NEVER);
}

#[test]
fn one_that_opens_late_closes_at_once() {
    let mut f = Fixture::new(0, 50);
    let id = f.ask();
    f.server.drain(u64::MAX);
    assert_eq!(f.closed_at(30), 0);
    f.opens_late(id);
}

/// It was not counted when the drain began, so it must not be taken for one of those that were.
#[test]
fn one_that_opens_late_takes_nobodys_turn() {
    let mut f = Fixture::new(1, 50);
    let late = f.ask();
    let last = f.ask();
    f.accept(last);
    f.before = f.server.stats().octets_out;
    f.server.drain(u64::MAX);
    assert_eq!(f.closed_at(0), 1);
    f.clients.swap(1, 2);
    f.opens_late(late);
    f.closed_at(10);
    f.expect_close(0);
    f.expect_close(1);
    assert_eq!(f.server.drain.next(), NEVER);
}
