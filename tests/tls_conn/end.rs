//! One end of a connection over TLS, and an application that writes down what happens.

use std::rc::Rc;

use wireway::conn::{Accept, Config, Conn, Event, Piece, Request, Response, Span, Window, Workspace, Write, bits};
use wireway::http1::machine::{Role, head};
use wireway::http1::write::FieldRef;
use wireway::memory::Heap;
use wireway::tls::TlsConfig;
use wireway::websocket::machine::Part;

pub const GET: Request<'_> = Request {
    method: b"GET",
    target: b"/",
    authority: b"example.com",
    content: b"",
    stream: None,
    lent: None,
    close: false,
    expect: false,
};
pub const OK: Response<'_> =
    Response { status: 200, reason: b"", content: b"hello", stream: None, lent: None, close: false };

pub struct End {
    pub conn: Conn,
    pub ws: Workspace,
    pub now: u64,
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
        let mut ws = Workspace::new(Heap::new(1 << 28), 1 << 20);
        ws.seed([5; 32]);
        let mut conn = Conn::new(Rc::new(config), 1000).unwrap();
        conn.offload(&mut ws).secure(tls, b"example.com:443").unwrap();
        Self { conn, ws, now: 1000, log: vec![], content: vec![], is_silent: false }
    }

    pub fn has(&self, bits: u32) -> bool {
        self.conn.state(&self.ws) & bits == bits
    }

    pub fn get(&mut self) {
        self.ask(&GET);
    }

    pub fn ask(&mut self, request: &Request<'_>) {
        assert_eq!(self.conn.http1(&mut self.ws).request(request, std::iter::empty()), Ok(Write::Queued));
    }

    pub fn respond(&mut self, response: &Response<'_>) {
        assert_eq!(
            self.conn.http1(&mut self.ws).respond(response, std::iter::empty::<FieldRef<'_>>()),
            Ok(Write::Queued)
        );
    }

    /// Octets come; false when the connection does not read.
    pub fn hear(&mut self, octets: &[u8]) -> bool {
        if !self.has(bits::WANT_READ) {
            return false;
        }
        // In a buffer of exactly its size, which is gone when the drain is over.
        let mut lent = octets.to_vec();
        self.conn.receive(&mut self.ws, lent.len(), self.now).unwrap();
        self.drain(&mut lent);
        true
    }

    pub fn eof(&mut self) {
        self.conn.receive_eof(&mut self.ws, true, self.now);
        self.drain(&mut []);
    }

    pub fn drain(&mut self, mut lent: &mut [u8]) {
        loop {
            while let Ok(event) = self.conn.next(&mut self.ws, lent).unwrap() {
                self.take(event, lent);
            }
            lent = &mut [];
            if !self.has(bits::EVENTS) {
                return;
            }
        }
    }

    /// Takes the output, at most `most` octets of it.
    pub fn out(&mut self, most: usize) -> Vec<u8> {
        let mut taken = Vec::new();
        while taken.len() < most {
            let before = taken.len();
            self.conn.seal(&mut self.ws);
            self.conn.shown(&self.ws).pieces(|piece| {
                let Piece::Owned(octets) = piece else { panic!("nothing is lent over TLS") };
                taken.extend_from_slice(&octets[..octets.len().min(most - taken.len())]);
                taken.len() < most
            });
            if taken.len() == before {
                break;
            }
            self.conn.sent(&mut self.ws, taken.len() - before, self.now).unwrap();
        }
        taken
    }

    /// Events that output has made possible.
    pub fn go_on(&mut self) {
        if self.has(bits::EVENTS) {
            self.drain(&mut []);
        }
    }

    fn take(&mut self, event: Event, lent: &[u8]) {
        let line = match event {
            Event::Data { span, .. } | Event::Raw(span) => {
                self.content.extend_from_slice(&self.octets(span, lent));
                return;
            }
            Event::Request { last: true } if !self.is_silent => return self.answer(),
            Event::Request { .. } => "request".into(),
            Event::Response { .. } => format!("response {}", self.conn.shown(&self.ws).head().unwrap().0.status),
            Event::Message { span, text, .. } => {
                let octets = self.octets(span, lent);
                if self.conn.config().role == Role::Server {
                    self.conn.websocket(&mut self.ws).send_message(Part::whole(text), &octets).unwrap();
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
        if self.conn.shown(&self.ws).head().unwrap().0.flags & head::UPGRADE == 0 {
            return self.respond(&OK);
        }
        let accepted = self.conn.websocket(&mut self.ws).accept(&Accept::default(), std::iter::empty());
        assert_eq!(accepted, Ok(Write::Queued));
    }

    fn octets(&self, span: Span, lent: &[u8]) -> Vec<u8> {
        let window = match span.window {
            Window::Lent => lent,
            Window::Held => self.conn.shown(&self.ws).held(),
            Window::Scratch => self.conn.shown(&self.ws).scratch(),
        };
        window[span.offset as usize..][..span.len as usize].to_vec()
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
