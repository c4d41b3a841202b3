//! A server's WebSocket with permessage-deflate: any cut of the octets that come gives the same messages, Pings, error and output.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wireway::conn::{Accept, Config, Conn, Delivery, Event, Piece, Span, Window, Workspace, bits};
use wireway::http1::machine::Role;
use wireway::memory::Heap;
use wireway_fuzz::cuts;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";

fuzz_target!(|data: &[u8]| {
    let Some((&[scale, seed], frames)) = data.split_first_chunk() else { return };
    for delivery in [Delivery::Whole, Delivery::Parts] {
        let chosen = cuts::chosen(scale, seed, frames.len());
        assert_eq!(run(delivery, frames, cuts::whole()), run(delivery, frames, chosen));
    }
});

/// What was heard, parts of a message joined, and what was said.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    log: Vec<u8>,
    is_within: bool,
    out: Vec<u8>,
}

struct Rig {
    conn: Conn,
    ws: Workspace,
    outcome: Outcome,
}

fn run(delivery: Delivery, frames: &[u8], mut pieces: impl Iterator<Item = usize>) -> Outcome {
    let mut config = Config::new(Role::Server);
    (config.deflate.enabled, config.delivery) = (true, delivery);
    (config.messages.message_max, config.messages.frame_max) = (10_000, 5_000);
    config.messages.fragments_max = 10;
    let mut ws = Workspace::new(Heap::new(64 << 20), 1 << 20);
    let config = ws.intern(&config).expect("there is memory");
    let mut rig = Rig { conn: Conn::new(config, 0).unwrap(), ws, outcome: Outcome::default() };
    rig.receive(&mut REQUEST.to_vec());
    let accept = Accept { deflate: true, ..Accept::default() };
    rig.conn.websocket(&mut rig.ws).accept(&accept, core::iter::empty()).expect("a good handshake");
    rig.turn(&mut []);
    rig.outcome = Outcome::default();
    let mut at = 0;
    while at < frames.len() && rig.conn.state(&rig.ws) & bits::WANT_READ != 0 {
        let end = at + pieces.next().unwrap_or(1).clamp(1, frames.len() - at).min(60_000);
        rig.receive(&mut frames[at..end].to_vec());
        at = end;
    }
    rig.conn.receive_eof(&mut rig.ws, true, 0);
    rig.turn(&mut []);
    rig.conn.release(&mut rig.ws);
    rig.outcome
}

impl Rig {
    fn receive(&mut self, octets: &mut [u8]) {
        self.conn.receive(&mut self.ws, octets.len(), 0).expect("it reads");
        self.turn(octets);
    }

    fn turn(&mut self, lent: &mut [u8]) {
        let mut lent = lent;
        loop {
            while let Ok(event) = self.conn.next(&mut self.ws, lent).expect("there is memory") {
                self.log(event, lent);
            }
            lent = &mut [];
            self.send();
            if self.conn.state(&self.ws) & bits::EVENTS == 0 {
                return;
            }
        }
    }

    fn log(&mut self, event: Event, lent: &[u8]) {
        match event {
            Event::Message { span, text, first, last } => {
                assert_eq!(first, !self.outcome.is_within);
                assert!((first && last) || self.conn.config().delivery == Delivery::Parts);
                if first {
                    self.outcome.log.extend_from_slice(if text { b"\ntext " } else { b"\ndata " });
                }
                self.octets(span, lent);
                self.outcome.is_within = !last;
                self.outcome.log.extend_from_slice(if last { b"." } else { b"" });
            }
            Event::Ping(span) | Event::Pong(span) | Event::CloseFrame { span, .. } => {
                // Where it comes between the parts of a message depends on the cuts; its own octets do not.
                assert!(self.conn.state(&self.ws) & bits::CLOSE == 0 || span.len <= 125);
            }
            Event::Error(error) => self.outcome.log.extend_from_slice(error.fault.rule.to_bytes()),
            _ => {}
        }
    }

    fn octets(&mut self, span: Span, lent: &[u8]) {
        let window = match span.window {
            Window::Lent => lent,
            Window::Held => self.conn.shown(&self.ws).held(),
            Window::Scratch => self.conn.shown(&self.ws).scratch(),
        };
        self.outcome.log.extend_from_slice(&window[span.offset as usize..][..span.len as usize]);
    }

    fn send(&mut self) {
        let mut sent = 0;
        let out = &mut self.outcome.out;
        self.conn.shown(&self.ws).pieces(|piece| {
            if let Piece::Owned(octets) = piece {
                out.extend_from_slice(octets);
                sent += octets.len();
            }
            true
        });
        self.conn.sent(&mut self.ws, sent, 0).expect("no more than there is");
    }
}
