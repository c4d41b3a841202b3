//! The clock of a PROXY header, by a system's clock of the test's.

use super::super::*;
use crate::conn::Event;
use crate::error::Code;
use crate::service::EventKind;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

const HEADER: &[u8] = b"PROXY UNKNOWN\r\n";

/// Windows does not promise that what one end has written is at the other one when the call returns.
const PAUSE: Duration = Duration::from_millis(if cfg!(windows) { 10 } else { 0 });

struct Fixture {
    server: Server,
    start: u64,
}

impl Fixture {
    /// Heads last a second.
    fn new() -> Self {
        Self::with(Config::CONNECTIONS_MAX)
    }

    fn with(connections_max: u32) -> Self {
        let mut config = Config { connections_max, ..Config::new() };
        config.conn.clocks.head_ms = 1000;
        let mut server = Server::new(&config).unwrap();
        let start = server.connections.engine().now() + 3_600_000;
        server.connections.engine_mut().time_mut().set(start);
        let security = Security::default().behind_proxy();
        server.sockets().listen(b"127.0.0.1:0", &SocketOptions::default(), security).unwrap();
        Self { server, start }
    }

    fn set_clock(&mut self, ms: u64) {
        self.server.connections.engine_mut().time_mut().set_system(self.start + ms);
    }

    fn connect(&self, octets: &[u8]) -> TcpStream {
        let mut client = TcpStream::connect(self.server.address(0).unwrap().to_string()).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        client.write_all(octets).unwrap();
        client
    }

    /// Events until the server has nothing to do, also after a pause. The pause is the test's: the server's own clock stands still.
    fn rest(&mut self) -> Vec<EventKind> {
        let mut events = self.events();
        std::thread::sleep(PAUSE);
        events.extend(self.events());
        events
    }

    /// Events until there is nothing: no driver has a request to start either.
    fn events(&mut self) -> Vec<EventKind> {
        let mut events = Vec::new();
        loop {
            match self.server.next(Some(0)).unwrap() {
                Next::Event(event) => events.push(event.kind),
                _ if self.server.deadline() == 0 => {}
                _ => return events,
            }
        }
    }
}

#[test]
fn pp_01_the_wait_for_a_header_ends_with_the_clock_of_a_head_and_not_before() {
    let mut f = Fixture::new();
    let mut clients = [f.connect(b""), f.connect(&HEADER[..5])];
    assert_eq!(f.rest(), []);
    assert_eq!(f.server.deadline(), f.start + 1000);
    f.set_clock(999);
    assert_eq!(f.rest(), []);
    assert_eq!(f.server.stats().timeouts, 0);
    f.set_clock(1000);
    assert_eq!(f.rest(), []);
    assert_eq!(f.server.stats().timeouts, 2);
    for client in &mut clients {
        assert_eq!(client.read(&mut [0]).unwrap(), 0);
    }
    assert_eq!(f.server.deadline(), u64::MAX);
}

#[test]
fn pp_01_the_clock_of_the_first_head_runs_from_accept() {
    let mut f = Fixture::new();
    let mut client = f.connect(&HEADER[..5]);
    assert_eq!(f.rest(), []);
    f.set_clock(900);
    client.write_all(&HEADER[5..]).unwrap();
    client.write_all(b"GET / HT").unwrap();
    assert_eq!(f.rest(), [EventKind::Opened]);
    f.set_clock(999);
    assert_eq!(f.rest(), []);
    f.set_clock(1000);
    let events = f.rest();
    assert!(
        matches!(events[..], [EventKind::Conn(Event::Error(error))] if error.code() == Code::TimeoutHead),
        "{events:?}"
    );
}

#[test]
fn pp_01_a_header_that_is_ready_is_read_before_the_clock_is_applied() {
    let mut f = Fixture::new();
    let mut client = f.connect(b"");
    assert_eq!(f.rest(), []);
    client.write_all(HEADER).unwrap();
    client.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    f.set_clock(1000);
    let events = f.rest();
    assert!(matches!(events[..], [EventKind::Opened, EventKind::Conn(Event::Request { last: true })]), "{events:?}");
    assert_eq!(f.server.stats().timeouts, 0);
}

/// As in the backlog: who owes nothing does not pay for others that take their time.
#[test]
fn pp_05_no_clock_runs_while_a_complete_header_waits_for_a_place() {
    let mut f = Fixture::with(1);
    let (mut first, mut second) = (f.connect(b""), f.connect(&HEADER[..5]));
    assert_eq!(f.rest(), []);
    first.write_all(HEADER).unwrap();
    assert_eq!(f.rest(), [EventKind::Opened]);
    f.set_clock(900);
    second.write_all(&HEADER[5..]).unwrap();
    second.write_all(b"GET / HT").unwrap();
    assert_eq!(f.rest(), []);
    // The first one has asked for nothing until its own clock ran out.
    f.set_clock(5000);
    let events = f.rest();
    assert!(matches!(events[..], [EventKind::Closed(_), EventKind::Opened]), "{events:?}");
    f.set_clock(5099);
    assert_eq!(f.rest(), []);
    f.set_clock(5100);
    let events = f.rest();
    assert!(
        matches!(events[..], [EventKind::Conn(Event::Error(error))] if error.code() == Code::TimeoutHead),
        "{events:?}"
    );
}
