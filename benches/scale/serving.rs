//! A server that runs on this thread until its clients are done.

use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, TryRecvError};

use wireway::conn::{Event, Response};
use wireway::io::driver::Choice;
use wireway::service::{Config, EventKind, Next, Server};

/// A server that answers every request with the same content.
pub struct Serving {
    server: Server,
    requests: u64,
}

impl Serving {
    pub fn new(driver: Choice) -> Self {
        let mut config = Config::new();
        config.driver = driver;
        // Idle connections stay, and so do those whose first request comes when all are there.
        (config.conn.clocks.idle_ms, config.conn.clocks.head_ms) = (3_600_000, 3_600_000);
        let mut server = Server::new(&config).expect("a server");
        server.listen(b"127.0.0.1:0").expect("a port");
        Self { server, requests: 0 }
    }

    pub fn address(&self) -> SocketAddr {
        self.server.address(0).expect("it listens").to_string().parse().expect("an address")
    }

    /// How many requests it has answered.
    pub fn requests(&self) -> u64 {
        self.requests
    }

    pub fn open(&self) -> u64 {
        self.server.stats().open
    }

    /// Serves until a client says so.
    pub fn run_until(&mut self, done: &Receiver<()>) {
        while done.try_recv() == Err(TryRecvError::Empty) {
            while self.serve() {}
        }
    }

    /// Serves until it has answered so many more requests.
    pub fn run_for(&mut self, requests: u64) {
        let end = self.requests + requests;
        while self.requests < end {
            self.serve();
        }
    }

    /// One event; returns whether there was one.
    fn serve(&mut self) -> bool {
        let Next::Event(event) = self.server.next(Some(5)).expect("a wait") else { return false };
        if event.kind == EventKind::Conn(Event::Request { last: true }) {
            self.respond(event.id);
        }
        true
    }

    fn respond(&mut self, id: wireway::service::Id) {
        let response =
            Response { status: 200, reason: &[], content: b"Hello, World!", stream: None, lent: None, close: false };
        self.requests += 1;
        self.server.calls().respond(id, &response, std::iter::empty()).expect("a response is due");
    }
}
