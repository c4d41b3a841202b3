//! A server and the one client whose short messages it answers.

use crate::service_support::{Harness, QUIET};
use std::io::{Read, Write as _};
use std::net::TcpStream;
use wireway::conn::{Accept, Event as ConnEvent, Window, Write};
use wireway::service::{Config, EventKind, Id, Next};
use wireway::websocket::machine::Part;

pub const REQUEST: &[u8] = b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

/// A frame of the client's.
pub fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    let key = [0x37, 0xfa, 0x21, 0x3d];
    let mut frame = vec![first];
    match payload.len() {
        len @ ..126 => frame.push(0x80 | len as u8),
        len => frame.extend([0x80 | 126, (len >> 8) as u8, len as u8]),
    }
    frame.extend(key);
    frame.extend(payload.iter().zip(key.iter().cycle()).map(|(octet, key)| octet ^ key));
    frame
}

/// A frame of the server's.
pub fn plain(first: u8, payload: &[u8]) -> Vec<u8> {
    let len = payload.len();
    let head = if len < 126 { vec![first, len as u8] } else { vec![first, 126, (len >> 8) as u8, len as u8] };
    [head, payload.to_vec()].concat()
}

pub struct Chat {
    pub harness: Harness,
    pub client: TcpStream,
    pub id: Id,
    /// What the client is to read.
    pub expected: Vec<u8>,
    /// What the server was told.
    pub told: Vec<String>,
    /// What has come of a message in parts.
    pub begun: String,
}

impl Chat {
    pub fn new(config: &Config) -> Self {
        let mut harness = Harness::with(config);
        let (client, id) = open(&mut harness);
        Self { harness, client, id, expected: vec![], told: vec![], begun: String::new() }
    }

    /// With permessage-deflate.
    #[cfg(feature = "deflate")]
    pub fn deflating() -> Self {
        let mut config = Config::new();
        config.conn.deflate.enabled = true;
        let mut harness = Harness::with(&config);
        let end = REQUEST.len() - 2;
        let request = [&REQUEST[..end], b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"].concat();
        let (client, id) = open_by(&mut harness, &request);
        Self { harness, client, id, expected: vec![], told: vec![], begun: String::new() }
    }

    pub fn send(&mut self, part: Part, octets: &[u8]) -> Write {
        let written = self.harness.server.messages().send_message(self.id, part, octets).expect("an open WebSocket");
        if written == Write::Queued {
            let opcode = if !part.first {
                0
            } else if part.text {
                1
            } else {
                2
            };
            self.expected.extend(plain(if part.last { 0x80 } else { 0 } | opcode, octets));
        }
        written
    }

    /// Writes `octets` in one go and tells the server's owner what comes of them, until nothing does; `act` answers each message.
    pub fn say(&mut self, octets: &[u8], mut act: impl FnMut(&mut Self, &str)) {
        self.client.write_all(octets).expect("sent");
        let mut quiet = 0;
        while quiet < QUIET {
            let Next::Event(event) = self.harness.server.next(Some(0)).expect("a wait") else {
                quiet += 1;
                continue;
            };
            quiet = 0;
            let EventKind::Conn(event) = event.kind else {
                self.told.push(format!("{:?}", event.kind));
                continue;
            };
            let ConnEvent::Message { span, last, .. } = event else {
                let name = format!("{event:?}");
                self.told.push(name.split([' ', '(']).next().unwrap_or_default().into());
                continue;
            };
            let (conn, ws, lent) = self.harness.server.shown().expect("an event of a connection");
            let window = match span.window {
                Window::Lent => lent,
                Window::Held => conn.shown(ws).held(),
                Window::Scratch => conn.shown(ws).scratch(),
            };
            let part = &window[span.offset as usize..][..span.len as usize];
            self.begun.push_str(std::str::from_utf8(part).expect("ASCII, but where it is whole"));
            if last {
                let message = std::mem::take(&mut self.begun);
                self.told.push(message.clone());
                act(self, &message);
            }
        }
    }

    #[track_caller]
    pub fn expect(&mut self, told: &[&str]) {
        assert_eq!(self.told, told);
        let mut octets = vec![0; self.expected.len()];
        self.client.read_exact(&mut octets).expect("all that was sent");
        assert_eq!(octets, self.expected);
        self.client.set_nonblocking(true).expect("set");
        let more = self.client.read(&mut [0; 64]).map_err(|error| error.kind());
        assert!(matches!(more, Err(std::io::ErrorKind::WouldBlock) | Ok(0)), "{more:?}");
    }
}

pub fn open(harness: &mut Harness) -> (TcpStream, Id) {
    open_by(harness, REQUEST)
}

fn open_by(harness: &mut Harness, request: &[u8]) -> (TcpStream, Id) {
    let (mut client, id) = harness.connect();
    client.write_all(request).expect("sent");
    harness.expect(id, ConnEvent::Request { last: true });
    harness
        .server
        .calls()
        .accept_websocket(id, &Accept { deflate: true, ..Accept::default() }, std::iter::empty())
        .expect("accepted");
    harness.rest();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut octet = [0];
        client.read_exact(&mut octet).expect("an octet of the 101");
        head.push(octet[0]);
    }
    (client, id)
}
