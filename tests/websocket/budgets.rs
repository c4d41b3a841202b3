//! What unfinished messages hold that are to be delivered whole (WS-PMD-07, WS-LIM-01).

use std::rc::Rc;

use wireway::conn::{Accept, Config, Conn, Event, Workspace, bits};
use wireway::http1::machine::Role;
use wireway::memory::Heap;
use wireway::websocket::mask::unmask;

use crate::notation::KEY;
use crate::wire::REQUEST;
#[cfg(feature = "deflate")]
use crate::wire::octets;

pub const OFFER: &[u8] = b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
pub const MIB: usize = 1 << 20;
const SIZE: usize = 16 * MIB - 1000;

pub fn workspace(messages_max: usize) -> Workspace {
    let mut ws = Workspace::new(Heap::new(1 << 30), Workspace::HELD_MAX);
    ws.limit_messages(messages_max);
    ws
}

/// A WebSocket of a server that takes whole messages.
pub struct Peer {
    pub conn: Conn,
    /// What was said: lengths of messages, or the status and rule of an error.
    pub said: Vec<String>,
}

impl Peer {
    pub fn new(ws: &mut Workspace) -> Self {
        let mut config = Config::new(Role::Server);
        config.deflate.enabled = true;
        let mut peer = Self { conn: Conn::new(Rc::new(config), 0).unwrap(), said: Vec::new() };
        peer.send(ws, &[REQUEST, OFFER].concat());
        peer
    }

    /// The peer sends, as much at a time as may be lent.
    pub fn send(&mut self, ws: &mut Workspace, wire: &[u8]) {
        for piece in wire.chunks(1 << 16) {
            if self.conn.state(ws) & bits::WANT_READ == 0 {
                return;
            }
            let mut lent = piece.to_vec();
            self.conn.receive(ws, lent.len(), 0).unwrap();
            while let Ok(event) = self.conn.next(ws, &mut lent).unwrap() {
                self.take(ws, event);
            }
        }
    }

    pub fn take(&mut self, ws: &mut Workspace, event: Event) {
        match event {
            Event::Request { .. } => {
                let accept = Accept { deflate: true, ..Accept::default() };
                self.conn.websocket(ws).accept(&accept, std::iter::empty()).unwrap();
            }
            Event::Message { span, first: true, last: true, .. } => self.said.push(span.len.to_string()),
            Event::Error(error) => {
                self.said.push(format!("{} {}", error.fault.status, error.fault.rule.to_str().unwrap()));
            }
            Event::Ping(_) => self.said.push("ping".into()),
            Event::CloseFrame { code, .. } => self.said.push(format!("close {code}")),
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    pub fn expect(&mut self, said: &[&str]) {
        assert_eq!(self.said, said);
        self.said.clear();
    }
}

pub fn frame(first: u8, content: &[u8]) -> Vec<u8> {
    let mut wire = match content.len() {
        len @ ..126 => vec![first, 0x80 | len as u8],
        len @ 126..65536 => vec![first, 0xfe, (len >> 8) as u8, len as u8],
        len => [&[first, 0xff], &(len as u64).to_be_bytes()[..]].concat(),
    };
    wire.extend(KEY);
    let at = wire.len();
    wire.extend_from_slice(content);
    unmask(&mut wire[at..], KEY, 0);
    wire
}

/// So many octets compressed, without their end: about a thousandth of them.
#[cfg(feature = "deflate")]
pub fn packed(size: usize) -> Vec<u8> {
    let one = crate::deflate::zeros(MIB);
    let stretch = [&one[4..], &octets("0000ffff")].concat();
    let mut all = stretch.repeat(size / MIB);
    all.truncate(all.len() - 4);
    all
}

#[cfg(feature = "deflate")]
#[test]
fn ws_pmd_07_what_is_inflated_ahead_is_in_proportion_to_what_came() {
    let mut ws = workspace(Workspace::MESSAGES_MAX);
    let mut guilty: Vec<_> = (0..18).map(|_| Peer::new(&mut ws)).collect();
    let before = ws.heap().used();
    let part = frame(0x42, &packed(15 * MIB));
    assert!(part.len() < 20_000);
    for peer in &mut guilty {
        peer.send(&mut ws, &part);
    }
    let grown = ws.heap().used() - before;
    assert!(grown < 40 * MIB, "{} KiB", grown >> 10);
    // Others come whole meanwhile, compressed as much, in one frame or in many.
    let mut innocent = Peer::new(&mut ws);
    innocent.send(&mut ws, &frame(0xc2, &packed(15 * MIB)));
    innocent.expect(&[&(15 * MIB).to_string()]);
    let pieces = packed(15 * MIB);
    let parts: Vec<_> = pieces.chunks(700).collect();
    for (at, content) in parts.iter().enumerate() {
        let first = if at == 0 { 0x42 } else { 0 };
        let last = if at + 1 == parts.len() { 0x80 } else { 0 };
        innocent.send(&mut ws, &[frame(first | last, content), octets("89 80 37fa213d")].concat());
    }
    let pings = innocent.said.iter().filter(|said| *said == "ping").count();
    assert_eq!(pings, parts.len(), "what comes between is not held up: {:?}", innocent.said);
    innocent.said.retain(|said| said != "ping");
    innocent.expect(&[&(15 * MIB).to_string()]);
    // And so do those that hold.
    for peer in &mut guilty {
        peer.send(&mut ws, &frame(0x80, b""));
        peer.expect(&[&(15 * MIB).to_string()]);
        peer.conn.release(&mut ws);
    }
    assert_eq!(ws.evicted(), (0, 0));
}

#[cfg(feature = "deflate")]
#[test]
fn ws_pmd_07_too_much_is_refused_when_the_end_is_there() {
    let mut ws = workspace(Workspace::MESSAGES_MAX);
    let mut peer = Peer::new(&mut ws);
    peer.send(&mut ws, &frame(0x42, &packed(17 * MIB)));
    peer.expect(&[]);
    peer.send(&mut ws, &frame(0x80, b""));
    peer.expect(&["1009 WS-PMD-07"]);
}

/// What waits while it is compressed is bounded as well.
#[cfg(feature = "deflate")]
#[test]
fn ws_pmd_07_compressed_octets_without_content_are_limited() {
    let mut ws = workspace(Workspace::MESSAGES_MAX);
    let mut peer = Peer::new(&mut ws);
    peer.send(&mut ws, &frame(0x42, &packed(15 * MIB)));
    // Empty stored blocks, each behind the header of the one before.
    let nothing = octets("0000ffff00").repeat(MIB);
    let before = ws.heap().used();
    for _ in 0..4 {
        peer.send(&mut ws, &frame(0, &nothing));
    }
    peer.expect(&["1009 WS-PMD-07"]);
    assert!(ws.heap().used() < before, "{} octets", ws.heap().used());
}

#[test]
fn ws_lim_01_the_largest_unfinished_message_pays() {
    let mut ws = workspace(11 * MIB);
    let (mut innocent, mut large, mut larger) = (Peer::new(&mut ws), Peer::new(&mut ws), Peer::new(&mut ws));
    innocent.send(&mut ws, &frame(0x02, b"be"));
    large.send(&mut ws, &frame(0x02, &vec![1; MIB]));
    // In memory that grows by doubling: 2 and 8 MiB.
    larger.send(&mut ws, &frame(0x02, &vec![1; 9 * MIB / 2]));
    assert_eq!(ws.evicted(), (0, 0));
    large.send(&mut ws, &frame(0x00, &vec![1; MIB]));
    assert_eq!(ws.evicted(), (0, 1));
    innocent.send(&mut ws, &frame(0x80, b"gun"));
    innocent.expect(&["5"]);
    large.send(&mut ws, &frame(0x80, b""));
    large.expect(&[&(2 * MIB).to_string()]);
    larger.expect(&[]);
    larger.send(&mut ws, &frame(0x80, b""));
    larger.expect(&["1013 WS-PMD-07"]);
    // And the one that grows, where it is that.
    large.send(&mut ws, &frame(0x02, &vec![1; 12 * MIB]));
    large.expect(&["1013 WS-PMD-07"]);
    innocent.send(&mut ws, &frame(0x82, &vec![1; SIZE]));
    innocent.expect(&["1013 WS-PMD-07"]);
    for mut peer in [innocent, large, larger] {
        peer.conn.release(&mut ws);
    }
    let mut next = Peer::new(&mut ws);
    next.send(&mut ws, &frame(0x02, &vec![1; 2 * MIB]));
    next.send(&mut ws, &frame(0x80, b""));
    next.expect(&[&(2 * MIB).to_string()]);
}

#[test]
fn ws_lim_01_an_honest_message_comes_whole_with_the_defaults() {
    let mut ws = workspace(Workspace::MESSAGES_MAX);
    let mut guilty: Vec<_> = (0..12).map(|_| Peer::new(&mut ws)).collect();
    for peer in &mut guilty {
        peer.send(&mut ws, &frame(0x02, &vec![0; 14 * MIB]));
    }
    assert!(ws.evicted().1 > 0);
    let mut innocent = Peer::new(&mut ws);
    innocent.send(&mut ws, &frame(0x82, &vec![1; SIZE]));
    innocent.expect(&[&SIZE.to_string()]);
}
