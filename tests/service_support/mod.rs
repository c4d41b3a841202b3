//! What the tests of the service share: a server and its clients in one thread. A client's write is in the server's socket
//! when it returns, so that every step is waited for and none is timed; but see `PAUSE_MS`.
#![allow(dead_code)] // each test file uses its part

#[cfg(feature = "capi")]
pub mod c;
pub mod files;
pub mod innocent;
pub mod readiness;
pub mod streams;
#[path = "../system/mod.rs"]
pub mod system;
pub mod websocket;

use std::io::{Read, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;
use wireway::conn::{Event as ConnEvent, Response, Window, Write};
use wireway::http1::write::FieldRef;
use wireway::service::{Config, Event, EventKind, Id, Next, Server};

/// Longer than any of these waits takes on the busiest machine; a test that is stuck fails instead of hanging. Nothing else depends on it.
pub const PATIENCE_MS: u64 = 120_000;

/// How often in a row a server has nothing to do before it is at rest. A driver with faults keeps things for some waits.
pub const QUIET: usize = if cfg!(feature = "fault") { 16 } else { 1 };

/// How long it waits before it is at rest. Windows does not promise that what one end has written is at the other one when the call returns,
/// and tells nobody that nothing is on its way.
const PAUSE_MS: u64 = if cfg!(windows) { 10 } else { 0 };

pub struct Harness {
    pub server: Server,
    pub address: SocketAddr,
}

impl Harness {
    pub fn new() -> Self {
        Self::with(&Config::new())
    }

    pub fn with(config: &Config) -> Self {
        let mut server = Server::new(config).expect("a server");
        server.listen(b"127.0.0.1:0").expect("listening");
        let address = server.address(0).expect("an address").to_string().parse().expect("an IP address");
        Self { server, address }
    }

    /// The next event, waited for.
    #[track_caller]
    pub fn event(&mut self) -> Event {
        match self.server.next(Some(PATIENCE_MS)).expect("a wait") {
            Next::Event(event) => event,
            other => panic!("{other:?} instead of an event"),
        }
    }

    /// The next event must be of this connection's protocol.
    #[track_caller]
    pub fn conn_event(&mut self, id: Id) -> ConnEvent {
        match self.event() {
            Event { id: of, kind: EventKind::Conn(event), .. } if of == id => event,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    pub fn expect(&mut self, id: Id, expected: ConnEvent) {
        assert_eq!(self.conn_event(id), expected);
    }

    /// A request without content.
    #[track_caller]
    pub fn request(&mut self, id: Id) -> String {
        self.expect(id, ConnEvent::Request { last: true });
        self.target()
    }

    /// The end of a connection, and why.
    #[track_caller]
    pub fn closed(&mut self, id: Id) -> Option<wireway::error::Code> {
        match self.event() {
            Event { id: of, kind: EventKind::Closed(error), .. } if of == id => error.map(|error| error.code()),
            other => panic!("{other:?}"),
        }
    }

    /// Lets the server do what it can without waiting for a peer; what it says meanwhile.
    pub fn rest(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        let mut quiet = 0;
        while quiet < QUIET {
            let ms = if quiet + 1 == QUIET { PAUSE_MS } else { 0 };
            match self.server.next(Some(ms)).expect("a wait") {
                Next::Event(event) => {
                    events.push(event);
                    quiet = 0;
                }
                _ => quiet += 1,
            }
        }
        events
    }

    /// Sends all output, as [`Server::flush`] does; a driver that holds it has sent it then.
    #[track_caller]
    pub fn flush(&mut self) {
        self.server.flush();
        self.settle();
    }

    /// Lets a driver that holds sends complete them, while nothing else happens. Other drivers have nothing to complete.
    #[track_caller]
    pub fn settle(&mut self) {
        if cfg!(feature = "fault") {
            assert_eq!(self.rest(), []);
        }
    }

    /// A connection, accepted.
    #[track_caller]
    pub fn connect(&mut self) -> (TcpStream, Id) {
        let client = client(self.address);
        (client, self.opened())
    }

    #[track_caller]
    pub fn opened(&mut self) -> Id {
        match self.event() {
            Event { id, kind: EventKind::Opened, .. } => id,
            other => panic!("{other:?}"),
        }
    }

    /// The target of the request in the last event.
    pub fn target(&mut self) -> String {
        let (conn, ws, lent) = self.server.shown().expect("an event of a connection");
        let (head, _) = conn.shown(ws).head().expect("a head");
        let window = match head.window {
            Window::Lent => lent,
            Window::Held => conn.shown(ws).held(),
            Window::Scratch => conn.shown(ws).scratch(),
        };
        let target =
            &window[head.base as usize + head.parsed.target.offset as usize..][..head.parsed.target.len as usize];
        String::from_utf8(target.to_vec()).expect("ASCII")
    }

    /// The octets of a `Data`, `Message` or `Raw` event, which is the last.
    pub fn octets(&mut self, event: ConnEvent) -> Vec<u8> {
        let (ConnEvent::Data { span, .. } | ConnEvent::Message { span, .. } | ConnEvent::Raw(span)) = event else {
            panic!("{event:?} has no octets")
        };
        let (conn, ws, lent) = self.server.shown().expect("an event of a connection");
        let window = match span.window {
            Window::Lent => lent,
            Window::Held => conn.shown(ws).held(),
            Window::Scratch => conn.shown(ws).scratch(),
        };
        window[span.offset as usize..][..span.len as usize].to_vec()
    }

    #[track_caller]
    pub fn answer(&mut self, id: Id, content: &str) {
        let answered = self.server.calls().respond(id, &response(content), none());
        assert_eq!(answered, Ok(Write::Queued));
    }
}

pub fn client(address: SocketAddr) -> TcpStream {
    patient(TcpStream::connect(address).expect("a connection"))
}

pub fn patient(client: TcpStream) -> TcpStream {
    client.set_read_timeout(Some(Duration::from_millis(PATIENCE_MS))).expect("a timeout");
    client.set_nodelay(true).expect("no delay");
    client
}

pub fn get(client: &mut TcpStream, target: &str) {
    write!(client, "GET {target} HTTP/1.1\r\nHost: test\r\n\r\n").expect("sent");
}

pub fn response(content: &str) -> Response<'_> {
    Response { status: 200, reason: &[], content: content.as_bytes(), stream: None, lent: None, close: false }
}

/// A response whose content follows, chunked.
pub fn stream() -> Response<'static> {
    Response { stream: Some(None), ..response("") }
}

pub fn none() -> impl Iterator<Item = FieldRef<'static>> + Clone {
    std::iter::empty()
}

/// Reads one response with a Content-Length: its head and its content.
#[track_caller]
pub fn read_octets(client: &mut impl Read) -> (String, Vec<u8>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut octet = [0];
        client.read_exact(&mut octet).expect("an octet of a head");
        head.push(octet[0]);
    }
    let head = String::from_utf8(head).expect("ASCII");
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).expect("a length");
    let mut content = vec![0; length.parse().expect("a number")];
    client.read_exact(&mut content).expect("the content");
    (head, content)
}

/// As [`read_octets`], of text.
#[track_caller]
pub fn read_response(client: &mut impl Read) -> (String, String) {
    let (head, content) = read_octets(client);
    (head, String::from_utf8(content).expect("ASCII"))
}

#[track_caller]
pub fn expect_content(client: &mut impl Read, expected: &str) {
    let (head, content) = read_response(client);
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert_eq!(content, expected);
}

/// The peer has ended, without a reset.
#[track_caller]
pub fn expect_end(client: &mut impl Read) {
    assert_eq!(client.read(&mut [0; 16]).expect("an end, no reset"), 0);
}

/// With it, dropping the client resets the connection instead of ending it.
pub fn reset_on_close(client: &TcpStream) {
    system::reset_on_close(system::raw(client));
}

/// The client's system takes little ahead of its reads.
pub fn limit_window(client: &TcpStream) {
    system::set_receive_buffer(system::raw(client), 64 << 10);
}
