//! One end of a connection over TLS, and an application that writes down what happens.

use wireway::conn::{Accept, Config, Event, Request, Response, Write, bits};
use wireway::http1::machine::{Role, head};
use wireway::http1::write::FieldRef;
use wireway::memory::Heap;
use wireway::tls::TlsConfig;
use wireway::websocket::machine::Part;

use crate::rig::{self, Rig};

pub const GET: Request<'_> = Request { authority: b"example.com", ..rig::GET };
pub const OK: Response<'_> = Response { content: b"hello", ..rig::OK };

pub struct End {
    pub rig: Rig,
    pub log: Vec<String>,
    /// Content of requests and responses.
    pub content: Vec<u8>,
    /// Requests are left unanswered.
    pub is_silent: bool,
}

impl End {
    pub fn new(role: Role, tls: &TlsConfig, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::new(role);
        change(&mut config);
        let mut rig = Rig::since(1000, config, Heap::new(1 << 28), 1 << 20);
        rig.conn.offload(&mut rig.ws).secure(tls, b"example.com:443").unwrap();
        Self { rig, log: vec![], content: vec![], is_silent: false }
    }

    pub fn has(&self, bits: u32) -> bool {
        self.rig.state() & bits == bits
    }

    pub fn get(&mut self) {
        self.ask(&GET);
    }

    pub fn ask(&mut self, request: &Request<'_>) {
        assert_eq!(self.rig.conn.http1(&mut self.rig.ws).request(request, std::iter::empty()), Ok(Write::Queued));
    }

    pub fn respond(&mut self, response: &Response<'_>) {
        assert_eq!(
            self.rig.conn.http1(&mut self.rig.ws).respond(response, std::iter::empty::<FieldRef<'_>>()),
            Ok(Write::Queued)
        );
    }

    /// Octets come; false when the connection does not read.
    pub fn hear(&mut self, octets: &[u8]) -> bool {
        if !self.has(bits::WANT_READ) {
            return false;
        }
        self.rig.receive(octets);
        self.drain();
        true
    }

    pub fn eof(&mut self) {
        self.rig.eof();
        self.drain();
    }

    pub fn drain(&mut self) {
        loop {
            while let Ok(event) = self.rig.next() {
                self.take(event);
            }
            if !self.has(bits::EVENTS) {
                return;
            }
        }
    }

    /// Takes the output, at most `most` octets of it.
    pub fn out(&mut self, most: usize) -> Vec<u8> {
        self.rig.out(most)
    }

    /// Events that output has made possible.
    pub fn go_on(&mut self) {
        if self.has(bits::EVENTS) {
            self.drain();
        }
    }

    fn take(&mut self, event: Event) {
        let line = match event {
            Event::Data { span, .. } | Event::Raw(span) => {
                self.content.extend_from_slice(&self.rig.octets(span));
                return;
            }
            Event::Request { last: true } if !self.is_silent => return self.answer(),
            Event::Request { .. } => "request".into(),
            Event::Response { .. } => {
                format!("response {}", self.rig.conn.shown(&self.rig.ws).head().unwrap().0.status)
            }
            Event::Message { span, text, .. } => {
                let octets = self.rig.octets(span);
                if self.rig.conn.config().role == Role::Server {
                    self.rig.conn.websocket(&mut self.rig.ws).send_message(Part::whole(text), &octets).unwrap();
                }
                format!("message {}", String::from_utf8(octets).unwrap())
            }
            Event::CloseFrame { code, .. } => format!("close {code}"),
            Event::Error(error) => format!("error {:?}", error.code()),
            other => format!("{other:?}"),
        };
        self.log.push(line);
    }

    fn answer(&mut self) {
        self.log.push("request".into());
        if self.rig.conn.shown(&self.rig.ws).head().unwrap().0.flags & head::UPGRADE == 0 {
            return self.respond(&OK);
        }
        let accepted = self.rig.conn.websocket(&mut self.rig.ws).accept(&Accept::default(), std::iter::empty());
        assert_eq!(accepted, Ok(Write::Queued));
    }
}

/// Carries what each has for the other, each flight cut by `cut`, until neither has anything that is read.
pub fn carry(a: &mut End, b: &mut End, cut: &impl Fn(&[u8]) -> Vec<Vec<u8>>) {
    loop {
        let (to_b, to_a) = (a.out(1 << 16), b.out(1 << 16));
        for octets in cut(&to_b) {
            b.hear(&octets);
        }
        for octets in cut(&to_a) {
            a.hear(&octets);
        }
        a.go_on();
        b.go_on();
        if to_a.is_empty() && to_b.is_empty() {
            return;
        }
    }
}

/// At most a lend at a time.
pub fn whole(octets: &[u8]) -> Vec<Vec<u8>> {
    octets.chunks(1 << 16).map(<[u8]>::to_vec).collect()
}

/// A client and a server that have not said anything.
pub fn ends((client, server): &(TlsConfig, TlsConfig)) -> (End, End) {
    (End::new(Role::Client, client, |_| ()), End::new(Role::Server, server, |_| ()))
}

/// A client and a server, shaken hands.
pub fn pair(configs: &(TlsConfig, TlsConfig)) -> (End, End) {
    let (mut client, mut server) = ends(configs);
    carry(&mut client, &mut server, &whole);
    assert!(!client.has(bits::TLS_HANDSHAKE) && !server.has(bits::TLS_HANDSHAKE));
    (client, server)
}
