//! A peer that reads a file slowly, with the test's own clock: the server's time is ahead of the system's and stands still.

use super::super::*;
use crate::conn::{self, Event, Response, Write};
use crate::error::Code;
use crate::io::descriptor::of_file;
use crate::service::slots::flag;
use crate::service::{EventKind, Id};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// How long a peer may take nothing.
const WRITE_MS: u32 = 1000;
const LEN: u64 = 64 << 20;

struct Fixture {
    server: Server,
    client: TcpStream,
    now: u64,
    /// What is sent.
    _file: File,
}

impl Fixture {
    /// A file is sent, and the peer reads until the system holds more of it than of other output.
    fn new() -> Self {
        let mut config = Config::new();
        config.conn.clocks.write_ms = WRITE_MS;
        let mut server = Server::new(&config).unwrap();
        let now = server.connections.engine().now() + 3_600_000;
        server.connections.engine_mut().time_mut().set(now);
        server.listen(b"127.0.0.1:0").unwrap();
        let mut client = TcpStream::connect(server.address(0).unwrap().to_string()).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        client.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
        let mut fixture = Self { server, client, now, _file: nameless() };
        let id = fixture.wait_for(|kind| matches!(kind, EventKind::Conn(Event::Request { .. })));
        fixture.respond(id);
        assert!(fixture.run().is_empty());
        while !fixture.server.connections.slots().get(id.slot()).has(flag::WIDE) {
            fixture.read(64 << 10);
            assert!(fixture.run().is_empty());
        }
        fixture
    }

    fn respond(&mut self, id: Id) {
        let head =
            Response { status: 200, reason: &[], content: &[], stream: Some(Some(LEN)), lent: None, close: false };
        let file = conn::File { fd: of_file(&self._file) as isize, offset: 0, len: LEN };
        assert_eq!(self.server.calls().respond(id, &head, std::iter::empty()), Ok(Write::Queued));
        assert_eq!(self.server.calls().send_file(id, &file, 1), Ok(Write::Queued));
        assert_eq!(self.server.calls().finish(id, std::iter::empty()), Ok(Write::Queued));
    }

    /// Reads some of what is there, at most so many octets.
    fn read(&mut self, octets: usize) {
        assert_ne!(self.client.read(&mut vec![0; octets]).unwrap(), 0);
    }

    /// What happens until nothing is ready.
    fn run(&mut self) -> Vec<EventKind> {
        let mut events = Vec::new();
        while let Next::Event(event) = self.server.next(Some(0)).unwrap() {
            events.push(event.kind);
        }
        events
    }

    fn wait_for(&mut self, is_it: impl Fn(&EventKind) -> bool) -> Id {
        loop {
            match self.server.next(Some(0)).unwrap() {
                Next::Event(event) if is_it(&event.kind) => return event.id,
                _ => std::thread::yield_now(),
            }
        }
    }

    fn pass(&mut self, ms: u32) {
        self.now += u64::from(ms);
        self.server.connections.engine_mut().time_mut().set(self.now);
    }

    /// What the system holds beyond the peer's window.
    fn unsent(&self) -> usize {
        let live = self.server.connections.slots().get(0).live.as_ref().unwrap();
        self.server.driver().socket(live.key).unwrap().unsent()
    }
}

/// An open file without a name, that takes no room.
fn nameless() -> File {
    let path = std::env::temp_dir().join(format!("wireway-slow-file-{}", std::process::id()));
    let file = File::options().read(true).write(true).create(true).truncate(true).open(&path).unwrap();
    std::fs::remove_file(path).unwrap();
    file.set_len(LEN).unwrap();
    file
}

/// It takes less in the time of the clock than makes the system report room.
#[test]
fn h1_time_04_a_peer_that_takes_little_of_a_file_keeps_its_connection() {
    let mut f = Fixture::new();
    for _ in 0..5 {
        let (sent, unsent) = (f.server.stats().octets_out, f.unsent());
        while f.unsent() >= unsent {
            f.read(4096);
        }
        assert!(f.run().is_empty());
        assert_eq!(f.server.stats().octets_out, sent, "no room is reported");
        f.pass(WRITE_MS);
        assert!(f.run().is_empty());
        assert!(f.server.stats().octets_out > sent);
    }
    f.pass(WRITE_MS - 1);
    assert!(f.run().is_empty());
    f.pass(1);
    let events = f.run();
    assert!(
        matches!(events[0], EventKind::Conn(Event::Error(error)) if error.code() == Code::TimeoutWrite),
        "{events:?}"
    );
    assert_eq!(events.len(), 3, "the file is released, and the connection has ended: {events:?}");
}
