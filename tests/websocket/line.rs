//! A connection, its peer's octets in and out, and an application that writes events down.

use wireway::conn::{Accept, AcceptError, Config, Connect, Delivery, Event, NotReady, Span, Workspace, Write, bits};
use wireway::http1::machine::Role;
use wireway::memory::Heap;
use wireway::websocket::accept::accept_key;
use wireway::websocket::machine::Part;

use crate::rig::Rig;
use crate::wire::{self, show};

pub const CONNECT: Connect<'_> =
    Connect { target: b"/", authority: b"a", subprotocols: b"", deflate: true, delivery: None, answers: false };

pub struct Line {
    pub rig: Rig,
    /// Every event, parts of a message joined.
    pub log: Vec<String>,
    pub out: Vec<u8>,
    /// The peer does not read.
    pub holds: bool,
    /// Every message that is whole is sent back.
    pub echoes: bool,
}

impl Line {
    pub fn new(role: Role, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::new(role);
        // What has come shows at once.
        config.delivery = Delivery::Parts;
        change(&mut config);
        Self {
            rig: Rig::since(1000, config, Heap::new(1 << 28), 1 << 20),
            log: vec![],
            out: vec![],
            holds: false,
            echoes: false,
        }
    }

    /// A server whose WebSocket is open.
    pub fn server(change: impl FnOnce(&mut Config)) -> Self {
        Self::server_of("", change)
    }

    /// A server whose client offered these extensions.
    pub fn server_of(extensions: &str, change: impl FnOnce(&mut Config)) -> Self {
        let mut line = Self::new(Role::Server, change);
        let offer = if extensions.is_empty() { "" } else { "Sec-WebSocket-Extensions: " };
        let end = if extensions.is_empty() { "\r\n" } else { "\r\n\r\n" };
        line.recv(&[wire::REQUEST, offer.as_bytes(), extensions.as_bytes(), end.as_bytes()].concat());
        line.accept(&Accept { deflate: true, ..Accept::default() }).unwrap();
        line.turn();
        assert!(line.take_out().starts_with(b"HTTP/1.1 101 "));
        line.log.clear();
        line
    }

    /// A client that has asked for a WebSocket; the request, and the 101 that answers it, without its empty line.
    pub fn asking(change: impl FnOnce(&mut Config), connect: &Connect<'_>) -> (Self, String, String) {
        let mut line = Self::new(Role::Client, change);
        let asked = line.rig.conn.websocket(&mut line.rig.ws).request(connect, std::iter::empty());
        assert_eq!(asked, Ok(Write::Queued));
        line.send();
        let request = String::from_utf8(line.take_out()).unwrap();
        let key = request.split("Sec-WebSocket-Key: ").nth(1).unwrap();
        let accept = String::from_utf8(accept_key(&key.as_bytes()[..24]).to_vec()).unwrap();
        let answer = wire::ACCEPTED.trim_end().replace("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", &accept) + "\r\n";
        (line, request, answer)
    }

    /// A client whose WebSocket is open.
    pub fn client(change: impl FnOnce(&mut Config)) -> Self {
        Self::client_of("", change)
    }

    /// A client whose server answered with these further lines.
    pub fn client_of(lines: &str, change: impl FnOnce(&mut Config)) -> Self {
        Self::client_as(&CONNECT, lines, change)
    }

    /// The same, that asked like this.
    pub fn client_as(connect: &Connect<'_>, lines: &str, change: impl FnOnce(&mut Config)) -> Self {
        let (mut line, _, answer) = Self::asking(change, connect);
        line.recv(&[answer.as_bytes(), lines.as_bytes(), b"\r\n"].concat());
        assert_eq!(line.log, ["response 101"]);
        line.log.clear();
        line
    }

    pub fn accept(&mut self, accept: &Accept<'_>) -> Result<Write, AcceptError> {
        self.rig.conn.websocket(&mut self.rig.ws).accept(accept, std::iter::empty())
    }

    pub fn state(&self) -> u32 {
        self.rig.state()
    }

    pub fn is_closed(&self) -> bool {
        self.state() & bits::CLOSE != 0
    }

    /// The peer sends.
    pub fn recv(&mut self, octets: &[u8]) {
        for piece in octets.chunks(16384) {
            if self.state() & bits::WANT_READ == 0 {
                return;
            }
            self.rig.receive(piece);
            self.turn();
        }
    }

    pub fn eof(&mut self) {
        self.rig.eof();
        self.turn();
    }

    /// Events, output, and again until nothing is left.
    pub fn turn(&mut self) {
        loop {
            while let Ok(event) = self.rig.next() {
                self.take(event);
            }
            self.send();
            if self.state() & bits::EVENTS == 0 {
                return;
            }
        }
    }

    pub fn send(&mut self) {
        while !self.holds && self.rig.conn.queued() > 0 && !self.is_closed() {
            let octets = self.rig.send(usize::MAX);
            self.out.extend(octets);
        }
    }

    /// Time passes, in steps of deadlines.
    pub fn tick(&mut self, ms: u64) {
        let until = self.rig.now + ms;
        while self.rig.conn.deadline(&self.rig.ws, self.rig.now) <= until {
            self.rig.now = self.rig.now.max(self.rig.conn.deadline(&self.rig.ws, self.rig.now));
            self.rig.conn.tick(&mut self.rig.ws, self.rig.now);
            self.turn();
        }
        self.rig.now = until;
    }

    pub fn take_out(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    pub fn message(&mut self, part: Part, octets: &[u8]) -> Result<Write, wireway::error::Code> {
        let sent = self.rig.conn.websocket(&mut self.rig.ws).send_message(part, octets).map_err(|error| error.code());
        self.send();
        sent
    }

    fn take(&mut self, event: Event) {
        let line = match event {
            Event::Message { span, text, first, last } => {
                return self.take_part(span, Part { text, first, last, compressed: false });
            }
            Event::Ping(span) => format!("ping {}", show(&self.rig.octets(span))),
            Event::Pong(span) => format!("pong {}", show(&self.rig.octets(span))),
            Event::CloseFrame { code, span } => format!("close {code} {}", show(&self.rig.octets(span))),
            Event::Error(error) => {
                assert_eq!(self.rig.conn.error(), Some(error));
                let rule = error.fault.rule.to_str().unwrap();
                format!("error {:?} {} {rule}", error.code(), error.fault.status)
            }
            Event::Request { last } => format!("request{}", if last { "" } else { "…" }),
            Event::Response { .. } => {
                format!("response {}", self.rig.conn.shown(&self.rig.ws).head().unwrap().0.status)
            }
            other => format!("{other:?}"),
        };
        self.log.push(line);
    }

    fn take_part(&mut self, span: Span, part: Part) {
        let octets = self.rig.octets(span);
        let kind = if part.text { "text" } else { "data" };
        let mut line = match self.log.pop() {
            Some(line) if !part.first && line.ends_with('…') => line.trim_end_matches('…').to_owned(),
            before => {
                self.log.extend(before);
                format!("{}{kind} ", if part.first { "" } else { "+" })
            }
        };
        line += &show(&octets);
        self.log.push(line + if part.last { "" } else { "…" });
        if self.echoes {
            let part = Part { compressed: true, ..part };
            assert_eq!(self.rig.conn.websocket(&mut self.rig.ws).send_message(part, &octets), Ok(Write::Queued));
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.rig.close();
        if !std::thread::panicking() {
            let heap = self.rig.ws.heap().clone();
            self.rig.ws = Workspace::new(Heap::new(0), 0);
            assert_eq!(heap.used(), 0, "memory came back");
        }
    }
}

/// `next` has nothing.
pub fn rest(line: &mut Line) -> NotReady {
    line.rig.next().unwrap_err()
}
