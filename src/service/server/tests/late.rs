//! Clocks of a server that was late itself, by a system's clock of the test's. A batch has four events here.

use super::super::*;
use crate::conn::{Event, Response};
use crate::error::Code;
use crate::service::{EventKind, Id};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const HALVES: (&[u8], &[u8]) = GET.split_at(16);

struct Fixture {
    server: Server,
    start: u64,
    /// How the owner waits.
    timeout: Option<u64>,
}

impl Fixture {
    /// Heads and pauses between messages last a second.
    fn new(timeout: Option<u64>) -> Self {
        let mut config = Config::new();
        (config.conn.clocks.head_ms, config.conn.clocks.idle_ms) = (1000, 1000);
        let mut server = Server::new(&config).unwrap();
        let start = server.connections.engine().now() + 3_600_000;
        server.connections.engine_mut().time_mut().set(start);
        server.listen(b"127.0.0.1:0").unwrap();
        Self { server, start, timeout }
    }

    /// From now on the system's clock says this.
    fn set_clock(&mut self, ms: u64) {
        self.server.connections.engine_mut().time_mut().set_system(self.start + ms);
    }

    /// Connections that the server has accepted.
    fn connect<const N: usize>(&mut self) -> [(TcpStream, Id); N] {
        core::array::from_fn(|_| {
            let client = TcpStream::connect(self.server.address(0).unwrap().to_string()).unwrap();
            client.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
            let opened = self.event();
            assert!(matches!(opened.kind, EventKind::Opened), "{opened:?}");
            (client, opened.id)
        })
    }

    /// The next event; time that passes meanwhile is not the server's.
    fn event(&mut self) -> crate::service::Event {
        for _ in 0..120_000 {
            match self.server.next(self.timeout).unwrap() {
                Next::Event(event) => return event,
                _ => std::thread::sleep(Duration::from_millis(1)),
            }
        }
        panic!("no event")
    }

    /// A request comes, of this connection.
    #[track_caller]
    fn next_request(&mut self) -> Id {
        let event = self.event();
        assert!(matches!(event.kind, EventKind::Conn(Event::Request { last: true })), "{event:?}");
        event.id
    }

    #[track_caller]
    fn expect_request(&mut self, id: Id) {
        assert_eq!(self.next_request(), id);
    }

    /// Requests of any connections, which are answered.
    #[track_caller]
    fn expect_requests(&mut self, count: usize) {
        for _ in 0..count {
            let id = self.next_request();
            self.respond(id);
        }
    }

    fn respond(&mut self, id: Id) {
        let empty = Response { status: 204, reason: &[], content: &[], stream: None, lent: None, close: false };
        self.server.calls().respond(id, &empty, std::iter::empty()).unwrap();
    }

    /// Events until the server has nothing to do.
    fn rest(&mut self) -> Vec<crate::service::Event> {
        let mut events = Vec::new();
        while let Next::Event(event) = self.server.next(Some(0)).unwrap() {
            events.push(event);
        }
        events
    }
}

fn write_all(clients: &mut [(TcpStream, Id)], octets: &[u8]) {
    clients.iter_mut().for_each(|(client, _)| client.write_all(octets).unwrap());
}

/// The first response to a client.
fn expect_response(client: &mut TcpStream) {
    let mut line = [0; 13];
    client.read_exact(&mut line).unwrap();
    assert_eq!(&line, b"HTTP/1.1 204 ");
}

/// Ten heads are half there when an event delays the server, and whole when it returns.
fn expect_what_is_ready_is_read_first(timeout: Option<u64>) {
    let mut f = Fixture::new(timeout);
    let (mut clients, [(mut slow, id)]) = (f.connect::<10>(), f.connect());
    write_all(&mut clients, HALVES.0);
    assert!(f.rest().is_empty());
    slow.write_all(GET).unwrap();
    f.expect_request(id);
    write_all(&mut clients, HALVES.1);
    f.set_clock(5_000);
    f.respond(id);
    f.expect_requests(clients.len());
    assert!(f.rest().is_empty());
    clients.iter_mut().for_each(|(client, _)| expect_response(client));
}

#[test]
fn h1_time_01_what_is_ready_is_read_before_a_clock_is_applied() {
    [None, Some(0), Some(7)].into_iter().for_each(expect_what_is_ready_is_read_first);
}

/// The owner waits elsewhere meanwhile, so that nothing puts the clocks off.
#[test]
fn h1_time_01_what_is_ready_when_the_owner_returns_is_read_first() {
    for timeout in [None, Some(0), Some(7)] {
        let mut f = Fixture::new(timeout);
        let mut clients = f.connect::<10>();
        write_all(&mut clients, HALVES.0);
        assert!(f.rest().is_empty());
        write_all(&mut clients, HALVES.1);
        f.set_clock(5_000);
        f.expect_requests(clients.len());
    }
}

/// What is not there when the clock is applied came too late.
#[test]
fn h1_time_01_a_head_that_is_not_there_ends_all_the_same() {
    let mut f = Fixture::new(Some(0));
    let [(mut client, id)] = f.connect();
    client.write_all(HALVES.0).unwrap();
    assert!(f.rest().is_empty());
    f.set_clock(999);
    assert!(f.rest().is_empty());
    f.set_clock(1000);
    let event = f.event();
    assert!(
        matches!(event.kind, EventKind::Conn(Event::Error(error)) if error.code() == Code::TimeoutHead),
        "{event:?}"
    );
    assert_eq!(event.id, id);
}

/// Each of ten clients sends its next request when the last one is answered: more than a batch is ready always.
#[test]
fn h1_time_01_a_flood_does_not_keep_a_slow_head() {
    let mut f = Fixture::new(Some(0));
    let [(mut slow, guilty)] = f.connect();
    slow.write_all(HALVES.0).unwrap();
    let mut clients = f.connect::<10>();
    assert!(f.rest().is_empty());
    write_all(&mut clients, GET);
    f.set_clock(1000);
    for _ in 0..4 * clients.len() {
        let event = f.event();
        if event.id == guilty {
            assert!(matches!(event.kind, EventKind::Conn(Event::Error(error)) if error.code() == Code::TimeoutHead));
            return;
        }
        f.respond(event.id);
        f.server.flush();
        let (client, _) = clients.iter_mut().find(|(_, id)| *id == event.id).unwrap();
        client.write_all(GET).unwrap();
    }
    panic!("the head that stalls is still waited for");
}

/// What begins in the same batch behind an event that took 5 s: the pause behind its response, and the head of another.
fn expect_a_second_behind_the_work(timeout: Option<u64>) {
    let mut f = Fixture::new(timeout);
    let [(mut slow, id), (mut other, next)] = f.connect();
    assert!(f.rest().is_empty());
    slow.write_all(GET).unwrap();
    other.write_all(HALVES.0).unwrap();
    f.expect_request(id);
    f.set_clock(5_000);
    f.respond(id);
    assert!(f.rest().is_empty());
    f.set_clock(5_999);
    assert!(f.rest().is_empty());
    slow.write_all(GET).unwrap();
    f.expect_request(id);
    f.respond(id);
    other.write_all(HALVES.1).unwrap();
    f.expect_request(next);
    f.respond(next);
    assert!(f.rest().is_empty());
    // Not for ever: at most as much later as the server was.
    f.set_clock(12_100);
    let ended = f.rest();
    assert!(ended.iter().all(|event| matches!(event.kind, EventKind::Closed(None))), "{ended:?}");
    assert_eq!(ended.len(), 2);
}

#[test]
fn h1_time_02_clocks_behind_a_slow_handler_begin_behind_it() {
    [None, Some(0), Some(7)].into_iter().for_each(expect_a_second_behind_the_work);
}

/// The owner waits elsewhere, and then responds.
#[test]
fn h1_time_02_what_the_owner_does_when_it_returns_begins_then() {
    let mut f = Fixture::new(Some(0));
    let [(mut client, id), (mut other, _)] = f.connect();
    client.write_all(GET).unwrap();
    f.expect_request(id);
    other.write_all(HALVES.0).unwrap();
    assert!(f.rest().is_empty());
    f.set_clock(900);
    f.respond(id);
    let ended = f.rest();
    assert!(ended.is_empty(), "{ended:?}");
    // The other one's head is not put off: to wait elsewhere is no delay.
    f.set_clock(1_000);
    let ended = f.rest();
    assert!(matches!(ended[0].kind, EventKind::Conn(Event::Error(error)) if error.code() == Code::TimeoutHead));
    f.set_clock(1_899);
    assert!(f.rest().is_empty());
    f.set_clock(1_900);
    assert!(matches!(f.event().kind, EventKind::Closed(None)));
}
