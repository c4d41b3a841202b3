//! Connections that share a workspace, which holds little.

use super::rig::OK;
use wireway::conn::{Config, Conn, Event, NotReady, Piece, Response, Workspace, Write, bits};
use wireway::error::Code;
use wireway::http1::machine::{Role, policy};
use wireway::memory::Heap;

pub const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
/// What all may hold.
pub const HELD_MAX: usize = 20_000;
/// More than that.
pub const MUCH: usize = 30_000;

pub fn workspace() -> Workspace {
    Workspace::new(Heap::new(Workspace::MEMORY_MAX), HELD_MAX)
}

pub struct Peer {
    pub conn: Conn,
    lent: Vec<u8>,
}

impl Peer {
    pub fn new(ws: &mut Workspace) -> Self {
        let config = ws.intern(&Config { flags: policy::TUNNELS, ..Config::new(Role::Server) }).unwrap();
        Self { conn: Conn::new(config, 0).unwrap(), lent: Vec::new() }
    }

    /// Lends octets; nothing is pulled.
    pub fn receive(&mut self, ws: &mut Workspace, octets: &[u8]) {
        assert!(self.wants_input(ws));
        self.conn.receive(ws, octets.len(), 0).unwrap();
        self.lent = octets.to_vec();
    }

    pub fn next(&mut self, ws: &mut Workspace) -> Result<Event, NotReady> {
        let pulled = self.conn.next(ws, &mut self.lent).unwrap();
        if pulled.is_err() {
            self.lent.clear();
        }
        pulled
    }

    /// Lends octets, and pulls all there is.
    pub fn feed(&mut self, ws: &mut Workspace, octets: &[u8]) -> Vec<Event> {
        self.receive(ws, octets);
        self.events(ws)
    }

    pub fn events(&mut self, ws: &mut Workspace) -> Vec<Event> {
        std::iter::from_fn(|| self.next(ws).ok()).take(1000).collect()
    }

    /// A request, and much behind it.
    pub fn pipeline(&mut self, ws: &mut Workspace) {
        assert_eq!(self.feed(ws, &[GET, &vec![b'G'; MUCH]].concat()), [Event::Request { last: true }]);
    }

    pub fn respond(&mut self, ws: &mut Workspace, response: &Response<'_>) {
        assert_eq!(self.conn.http1(ws).respond(response, std::iter::empty()), Ok(Write::Queued));
    }

    /// All that is queued, sent.
    pub fn sent(&mut self, ws: &mut Workspace) -> String {
        let mut out = Vec::new();
        self.conn.shown(ws).pieces(|piece| {
            if let Piece::Owned(octets) = piece {
                out.extend_from_slice(octets);
            }
            true
        });
        self.conn.sent(ws, out.len(), 0).unwrap();
        String::from_utf8(out).unwrap()
    }

    pub fn wants_input(&self, ws: &Workspace) -> bool {
        self.conn.state(ws) & bits::WANT_READ != 0
    }

    pub fn has_events(&self, ws: &Workspace) -> bool {
        self.conn.state(ws) & bits::EVENTS != 0
    }

    /// Pulls what is due, which is this error alone.
    #[track_caller]
    pub fn expect_error(&mut self, ws: &mut Workspace) {
        assert!(self.has_events(ws) && !self.wants_input(ws), "state shows what next does");
        let events = self.events(ws);
        assert!(matches!(events[..], [Event::Error(error)] if error.code() == Code::Nomem), "{events:?}");
        assert!(!self.has_events(ws));
        assert_eq!(self.conn.error().map(|error| error.fault.rule), Some(c"H1-LIM-07"));
    }
}

/// An innocent client is served, with a request in two pieces, whatever others do.
#[track_caller]
pub fn is_served(ws: &mut Workspace, peer: &mut Peer) {
    for _ in 0..2 {
        assert_eq!(peer.feed(ws, &GET[..10]), []);
        assert_eq!(peer.feed(ws, &GET[10..]), [Event::Request { last: true }]);
        peer.respond(ws, &OK);
        assert!(peer.sent(ws).starts_with("HTTP/1.1 200 OK\r\n"));
        assert!(peer.next(ws).is_err() && peer.wants_input(ws));
    }
}
