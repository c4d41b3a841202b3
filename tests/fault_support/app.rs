//! The server's owner: answers each request with its content and each message with itself, and counts what it lends.

use std::collections::HashMap;
use std::fs::File;
use std::net::SocketAddr;

use super::Scene;
use super::random::Random;
use super::stream::Terms;
use crate::service_support::files::{file, stretch};
use crate::service_support::{none, response, stream};
use wireway::conn::{Accept, Delivery, Event as ConnEvent, Response, Span, Window, Write};
use wireway::service::{Config, Event, EventKind, Id, Next, Security, Server};
use wireway::websocket::machine::Part;

pub fn config() -> Config {
    let mut config = Config::new();
    (config.conn.delivery, config.conn.content) = (Delivery::Whole, Delivery::Whole);
    config
}

pub struct App {
    server: Server,
    pub address: SocketAddr,
    random: Random,
    /// What is lent, by token.
    lent: HashMap<u64, Box<[u8]>>,
    files: HashMap<u64, File>,
    tokens: u64,
    /// Content that is still to be sent.
    streams: HashMap<Id, Vec<u8>>,
    open: usize,
    /// It ends connections for no reason.
    may_break: bool,
    is_drained: bool,
}

impl App {
    pub fn new(config: &Config, scene: &Scene, random: Random) -> Self {
        let mut server = Server::new(config).expect("a server");
        let options = wireway::io::socket::SocketOptions::default();
        server.sockets().listen(b"127.0.0.1:0", &options, security(scene.secure.as_ref())).expect("listening");
        let address = server.address(0).expect("an address").to_string().parse().expect("an address");
        let (lent, files, streams) = Default::default();
        let may_break = scene.faults.breaks;
        Self { server, address, random, lent, files, tokens: 0, streams, open: 0, may_break, is_drained: false }
    }

    /// Handles what there is.
    pub fn serve(&mut self) {
        for _ in 0..1 + self.random.below(20) {
            match self.server.next(Some(u64::from(self.random.below(4) == 0))).expect("a wait") {
                Next::Event(event) => self.handle(event),
                _ => return,
            }
        }
    }

    pub fn is_drained(&self) -> bool {
        self.is_drained
    }

    /// Lets what is in progress end, and takes no new connections but those that are accepted already.
    pub fn drain(&mut self) {
        self.server.drain(2000);
        self.is_drained = true;
    }

    /// Drains the server: all that was opened is closed, and all that was lent comes back.
    pub fn end(mut self) {
        self.drain();
        loop {
            match self.server.next(Some(super::PATIENCE.as_millis() as u64)).expect("a wait") {
                Next::Event(event) => self.handle(event),
                Next::Done => break,
                Next::Timeout => panic!("{} connections do not end", self.open),
            }
        }
        assert_eq!((self.open, self.server.stats().open), (0, 0), "each connection is closed once");
        assert!(self.lent.is_empty() && self.files.is_empty(), "each piece is released once");
    }

    pub fn handle(&mut self, event: Event) {
        let id = event.id;
        match event.kind {
            EventKind::Opened => self.open += 1,
            EventKind::Closed(_) => {
                self.open -= 1;
                self.streams.remove(&id);
            }
            EventKind::Conn(event) => self.answer(id, event),
            _ => {}
        }
        match self.random.below(200) {
            0 => self.server.flush(),
            1 => drop(self.server.calls().pause(id).and_then(|()| self.server.calls().resume(id))),
            2 if self.may_break => drop(self.server.calls().abort(id)),
            _ => {}
        }
    }

    fn answer(&mut self, id: Id, event: ConnEvent) {
        match event {
            ConnEvent::Whole { content, .. } => {
                let content = self.octets(content);
                self.request(id, content);
            }
            ConnEvent::Request { .. } if self.target() == "/ws" => self.upgrade(id),
            ConnEvent::Request { .. } => self.request(id, Vec::new()),
            ConnEvent::Message { span, .. } => {
                let octets = self.octets(span);
                let sent = self.server.messages().send_message(id, Part::whole(false), &octets);
                assert!(sent.is_err() || sent == Ok(Write::Queued), "one answer to each message fits");
            }
            ConnEvent::Writable => self.go_on(id),
            ConnEvent::Released(token) => {
                // It is ours again, to be written.
                let lent = self.lent.remove(&token).map(|mut octets| octets.fill(0xee)).is_some();
                assert!(lent || self.files.remove(&token).is_some(), "{token} was not lent");
            }
            _ => {}
        }
    }

    fn upgrade(&mut self, id: Id) {
        let accepted = self.server.calls().accept_websocket(id, &Accept::default(), none());
        assert!(accepted.is_err() || accepted == Ok(Write::Queued));
    }

    fn request(&mut self, id: Id, content: Vec<u8>) {
        let target = self.target();
        self.tokens += 1;
        let token = self.tokens;
        let answered = match &*target {
            "/copy" => self.server.calls().respond(id, &Response { content: &content, ..response("") }, none()),
            "/lend" => {
                let lent = self.lent.entry(token).or_insert_with(|| content.clone().into());
                let answer = Response { content: lent, lent: Some(token), ..response("") };
                self.server.calls().respond(id, &answer, none()).inspect_err(|_| drop(self.lent.remove(&token)))
            }
            _ => {
                let answer = Response { stream: Some(Some(content.len() as u64)), ..stream() };
                self.server.calls().respond(id, &answer, none())
            }
        };
        if answered.is_err() {
            return;
        }
        match &*target {
            "/stream" => {
                self.streams.insert(id, content);
                self.go_on(id);
            }
            "/file" => self.send_file(id, token, &content),
            _ => {}
        }
    }

    fn send_file(&mut self, id: Id, token: u64, content: &[u8]) {
        let file = file(content);
        let stretch = stretch(&file, 0, content.len() as u64);
        self.files.insert(token, file);
        if self.server.calls().send_file(id, &stretch, token).is_ok() {
            let _ = self.server.calls().finish(id, none());
        } else {
            self.files.remove(&token);
        }
    }

    /// Sends what fits of a stream.
    fn go_on(&mut self, id: Id) {
        let Some(mut left) = self.streams.remove(&id) else { return };
        while !left.is_empty() {
            let len = left.len().min(1 + self.random.below(9000));
            match self.server.calls().send(id, &left[..len]) {
                Ok(Write::Queued) => drop(left.drain(..len)),
                Ok(Write::Paused) => {
                    self.streams.insert(id, left);
                    return;
                }
                Err(_) => return,
            }
        }
        let _ = self.server.calls().finish(id, none());
    }

    fn target(&mut self) -> String {
        let (conn, ws, lent) = self.server.shown().expect("an event of a connection");
        let (head, _) = conn.shown(ws).head().expect("a head");
        let window = window(conn, ws, lent, head.window);
        let target = head.parsed.target;
        let octets = &window[head.base as usize + target.offset as usize..][..target.len as usize];
        String::from_utf8(octets.to_vec()).expect("ASCII")
    }

    fn octets(&mut self, span: Span) -> Vec<u8> {
        let (conn, ws, lent) = self.server.shown().expect("an event of a connection");
        window(conn, ws, lent, span.window)[span.offset as usize..][..span.len as usize].to_vec()
    }
}

fn window<'a>(
    conn: &'a wireway::conn::Conn,
    ws: &'a wireway::conn::Workspace,
    lent: &'a [u8],
    window: Window,
) -> &'a [u8] {
    match window {
        Window::Lent => lent,
        Window::Held => conn.shown(ws).held(),
        Window::Scratch => conn.shown(ws).scratch(),
    }
}

#[cfg(feature = "tls")]
fn security(terms: Option<&Terms>) -> Security {
    terms.map(|terms| Security::tls(&terms.server).expect("a server's config")).unwrap_or_default()
}

#[cfg(not(feature = "tls"))]
fn security(_: Option<&Terms>) -> Security {
    Security::default()
}
