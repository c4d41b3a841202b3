//! A stand-in for the kernel's TLS, and a peer that is rustls itself.
#![allow(dead_code, reason = "each test uses a part of it")]

pub mod peer;
#[path = "../service_support/readiness.rs"]
pub mod readiness;
pub mod records;
pub mod stand_in;

use std::net::SocketAddr;
use std::thread::{self, JoinHandle};

use wireway::conn::{Event as ConnEvent, Response};
use wireway::error::Code;
use wireway::http1::write::FieldRef;
use wireway::service::{Config, Event, EventKind, Id, Next, Server};
use wireway::tls::{Options, Role, TlsConfig};

use crate::tls_support::{Material, certificate};
use peer::{Peer, Terms};
use readiness::readiness;
use stand_in::{Log, StandIn};

pub const OK: Response<'_> =
    Response { status: 200, reason: b"", content: b"", stream: None, lent: None, close: false };
pub const NO_FIELDS: std::iter::Empty<FieldRef<'_>> = std::iter::empty();

/// A server whose TLS may go to the kernel, which is the stand-in.
pub struct Rig {
    pub server: Server,
    pub log: Log,
    pub address: SocketAddr,
    roots: String,
}

/// What a server has seen of one connection.
#[derive(Debug, PartialEq)]
pub struct Seen {
    pub requests: usize,
    pub error: Option<Code>,
    /// The connection's records were the kernel's when its last request came.
    pub in_kernel: bool,
}

impl Rig {
    pub fn new() -> Self {
        Self::with(true)
    }

    /// `kernel`: the config permits it.
    pub fn with(kernel: bool) -> Self {
        let material = Material::new();
        let certificates = [certificate(&material.server)];
        let options = Options { certificates: &certificates, kernel, ..Options::new(Role::Server) };
        let mut server = Server::new(&Config { driver: readiness(), ..Config::new() }).unwrap();
        server.listen_tls(b"127.0.0.1:0", &TlsConfig::new(&options).unwrap()).unwrap();
        let (stand_in, log) = StandIn::new();
        server.set_kernel(Box::new(stand_in));
        let address = server.address(0).unwrap().to_string().parse().unwrap();
        Self { server, log, address, roots: material.roots }
    }

    /// Runs `body` with a client in a thread of its own.
    pub fn client<T: Send + 'static>(
        &self,
        terms: Terms,
        body: impl FnOnce(&mut Peer) -> T + Send + 'static,
    ) -> JoinHandle<T> {
        let (address, roots) = (self.address, self.roots.clone());
        thread::spawn(move || body(&mut Peer::new(address, &roots, terms)))
    }

    /// Answers every request of one connection with this, until it ends.
    pub fn serve(&mut self, content: &[u8]) -> Seen {
        self.serve_with(content, |_| {})
    }

    /// The same; `each` is told of every request before it is answered, how many there were.
    pub fn serve_with(&mut self, content: &[u8], each: impl Fn(usize)) -> Seen {
        let response = Response { content, ..OK };
        self.serve_by(|server, id, count| {
            each(count);
            server.calls().respond(id, &response, NO_FIELDS).unwrap();
        })
    }

    /// Has every request of one connection answered, and says how many there were, until it ends.
    pub fn serve_by(&mut self, answer: impl Fn(&mut Server, Id, usize)) -> Seen {
        let mut seen = Seen { requests: 0, error: None, in_kernel: false };
        loop {
            match self.server.next(Some(120_000)).unwrap() {
                Next::Event(Event { id, kind: EventKind::Conn(ConnEvent::Request { .. }), .. }) => {
                    seen.requests += 1;
                    seen.in_kernel = self.server.conn(id).unwrap().tls().unwrap().is_in_kernel();
                    answer(&mut self.server, id, seen.requests);
                }
                Next::Event(Event { kind: EventKind::Conn(ConnEvent::Error(error)), .. }) => {
                    seen.error = Some(error.code())
                }
                Next::Event(Event { kind: EventKind::Closed(error), .. }) => {
                    seen.error = seen.error.or(error.map(|error| error.code()));
                    return seen;
                }
                Next::Event(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}
