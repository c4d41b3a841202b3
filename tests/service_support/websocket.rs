//! WebSocket clients of a [`Harness`]: bare sockets that shake hands and read frames.

use super::Harness;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use wireway::conn::{Accept, Event, Write};
use wireway::service::{EventKind, Id, Next, Server};
use wireway::websocket::machine::Part;

pub const DEFLATE: &str = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

impl Harness {
    /// A client whose WebSocket is open.
    #[track_caller]
    pub fn open(&mut self) -> (TcpStream, Id) {
        self.open_with("")
    }

    /// The same, with these further lines in its request.
    #[track_caller]
    pub fn open_with(&mut self, lines: &str) -> (TcpStream, Id) {
        let (mut client, id) = self.connect();
        ask(&mut client, lines);
        self.expect(id, Event::Request { last: true });
        let accept = Accept { deflate: true, ..Accept::default() };
        assert_eq!(self.server.calls().accept_websocket(id, &accept, super::none()), Ok(Write::Queued));
        self.flush();
        accepted(&mut client);
        (client, id)
    }
}

/// Says so much to a client that does not read that the system takes no more of it, until the server waits again.
pub fn clog(server: &mut Server, id: Id) {
    while server.messages().send_message(id, Part::whole(false), &CLOG).expect("an open WebSocket") == Write::Queued {
        server.flush();
    }
}

/// The same for good: the server has turns, and the system takes no more all the same.
pub fn clog_for_good(h: &mut Harness, id: Id) {
    loop {
        clog(&mut h.server, id);
        h.rest();
        if h.server.messages().send_message(id, Part::whole(false), &CLOG) == Ok(Write::Paused) {
            return;
        }
    }
}

/// Reads frames, but for those that clogged the connection, up to the last of these texts or a Close, while the server does what it can; and
/// how often its owner is told that it may write.
pub fn unclog(h: &mut Harness, client: &mut TcpStream, last: &str) -> (Vec<String>, usize) {
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| read_until(client, last));
        let mut writable = 0;
        while !reader.is_finished() {
            if let Ok(Next::Event(event)) = h.server.next(Some(1)) {
                writable += usize::from(event.kind == EventKind::Conn(Event::Writable));
            }
        }
        (reader.join().expect("frames"), writable)
    })
}

pub fn read_until(client: &mut impl Read, last: &str) -> Vec<String> {
    let mut texts = Vec::new();
    while texts.last().is_none_or(|text| text != last) {
        match frame(client) {
            (0x82, octets) => assert_eq!(octets, CLOG),
            (0x88, payload) => return [texts, vec![format!("close {}", code_of(&payload))]].concat(),
            (_, payload) => texts.push(String::from_utf8(payload).expect("text")),
        }
    }
    texts
}

fn code_of(payload: &[u8]) -> u16 {
    u16::from_be_bytes([payload[0], payload[1]])
}

pub static CLOG: [u8; 1 << 16] = [0; 1 << 16];

pub fn ask(client: &mut TcpStream, lines: &str) {
    let request = "GET / HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    write!(client, "{request}{lines}\r\n").expect("sent");
}

/// Reads the head that opens it.
#[track_caller]
pub fn accepted(client: &mut impl Read) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut octet = [0];
        client.read_exact(&mut octet).expect("an octet of a head");
        head.push(octet[0]);
    }
    assert!(head.starts_with(b"HTTP/1.1 101 "), "{}", String::from_utf8_lossy(&head));
}

/// Reads one frame: its first octet, and its payload.
#[track_caller]
pub fn frame(client: &mut impl Read) -> (u8, Vec<u8>) {
    let mut head = [0; 2];
    client.read_exact(&mut head).expect("the head of a frame");
    let more = match head[1] {
        126 => 2,
        127 => 8,
        _ => 0,
    };
    let mut len = [0; 8];
    client.read_exact(&mut len[8 - more..]).expect("the length of a frame");
    let len = if more == 0 { head[1].into() } else { u64::from_be_bytes(len) };
    let mut payload = vec![0; len as usize];
    client.read_exact(&mut payload).expect("the payload of a frame");
    (head[0], payload)
}

/// Reads a frame that must be this text.
#[track_caller]
pub fn expect_text(client: &mut impl Read, expected: &str) {
    let (first, payload) = frame(client);
    assert_eq!((first, String::from_utf8_lossy(&payload).as_ref()), (0x81, expected));
}

/// Reads a Close; its code.
#[track_caller]
pub fn expect_close(client: &mut impl Read) -> u16 {
    let (first, payload) = frame(client);
    assert_eq!(first, 0x88);
    code_of(&payload)
}

/// A client's frame, of less than 126 octets and with a mask that hides nothing.
pub fn say(client: &mut TcpStream, first: u8, payload: &[u8]) {
    client.write_all(&[&[first, 0x80 | payload.len() as u8, 0, 0, 0, 0], payload].concat()).expect("sent");
}

/// The Close of a client, of the usual code.
pub fn commit_close(client: &mut TcpStream) {
    say(client, 0x88, &[0x03, 0xe8]);
}
