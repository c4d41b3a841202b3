//! Turns of short messages: whatever is done with their connection in the midst of them, what comes in and what goes out is in
//! order, and nothing is lost or sent twice.
#![cfg(target_os = "linux")]

mod service_support;

use service_support::{Harness, PATIENCE_MS};
use std::io::{Read, Write as _};
use std::net::TcpStream;
use wireway::conn::{Accept, Event as ConnEvent, Window, Write};
use wireway::service::{Config, Id, Next, Slow, What};
use wireway::websocket::machine::Part;

const REQUEST: &[u8] = b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

/// A frame of the client's.
fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
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
fn plain(first: u8, payload: &[u8]) -> Vec<u8> {
    let len = payload.len();
    let head = if len < 126 { vec![first, len as u8] } else { vec![first, 126, (len >> 8) as u8, len as u8] };
    [head, payload.to_vec()].concat()
}

struct Chat {
    harness: Harness,
    client: TcpStream,
    id: Id,
    /// What the client is to read.
    expected: Vec<u8>,
    /// What the server was told.
    told: Vec<String>,
    /// What has come of a message in parts.
    begun: String,
}

impl Chat {
    fn new(config: &Config) -> Self {
        let mut harness = Harness::with(config);
        let (client, id) = open(&mut harness);
        Self { harness, client, id, expected: vec![], told: vec![], begun: String::new() }
    }

    fn send(&mut self, part: Part, octets: &[u8]) -> Write {
        let written = self.harness.server.send_message(self.id, part, octets).expect("an open WebSocket");
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
    fn say(&mut self, octets: &[u8], mut act: impl FnMut(&mut Self, &str)) {
        self.client.write_all(octets).expect("sent");
        while let Next::Event(event) = self.harness.server.next(Some(0)).expect("a wait") {
            let What::Conn(event) = event.what else {
                self.told.push(format!("{:?}", event.what));
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
                Window::Held => conn.held(ws),
                Window::Scratch => conn.scratch(ws),
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
    fn expect(&mut self, told: &[&str]) {
        assert_eq!(self.told, told);
        let mut octets = vec![0; self.expected.len()];
        self.client.read_exact(&mut octets).expect("all that was sent");
        assert_eq!(octets, self.expected);
        self.client.set_nonblocking(true).expect("set");
        let more = self.client.read(&mut [0; 64]).map_err(|error| error.kind());
        assert!(matches!(more, Err(std::io::ErrorKind::WouldBlock) | Ok(0)), "{more:?}");
    }
}

fn open(harness: &mut Harness) -> (TcpStream, Id) {
    let (mut client, id) = harness.connect();
    client.write_all(REQUEST).expect("sent");
    harness.expect(id, ConnEvent::Request { last: true });
    harness.server.accept_websocket(id, &Accept::default(), std::iter::empty()).expect("accepted");
    harness.rest();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut octet = [0];
        client.read_exact(&mut octet).expect("an octet of the 101");
        head.push(octet[0]);
    }
    (client, id)
}

fn text(chat: &mut Chat, message: &str) {
    assert_eq!(chat.send(Part::whole(true), message.as_bytes()), Write::Queued);
}

fn abc() -> Vec<u8> {
    [masked(0x81, b"a"), masked(0x81, b"b"), masked(0x81, b"c")].concat()
}

/// What can be done with a connection between two of its messages.
type Deed = (&'static str, fn(&mut Chat));

const DEEDS: [Deed; 9] = [
    ("nothing", |_| {}),
    ("a ping", |chat| {
        chat.harness.server.ping(chat.id, b"p").expect("queued");
        chat.expected.extend(plain(0x89, b"p"));
    }),
    ("a pointer", |chat| {
        let here = core::ptr::from_mut(chat).cast();
        chat.harness.server.set_user(chat.id, here).expect("set");
    }),
    ("a flush", |chat| chat.harness.server.flush()),
    ("a pause", |chat| {
        chat.harness.server.pause(chat.id).expect("paused");
        chat.harness.server.resume(chat.id).expect("resumed");
    }),
    ("a long answer", |chat| {
        chat.send(Part::whole(false), &[7; 5000]);
    }),
    ("many answers", |chat| {
        (0..100).for_each(|_| assert_eq!(chat.send(Part::whole(true), &[b'x'; 100]), Write::Queued))
    }),
    ("an answer in parts", |chat| {
        let part = |first, last| Part { text: true, first, last, compressed: false };
        chat.send(part(true, false), "\u{20ac}".as_bytes());
        chat.send(part(false, true), b"!");
    }),
    ("a publication", |chat| {
        chat.harness.server.subscribe(chat.id, b"t").expect("subscribed");
        let taken = chat.harness.server.publish(b"t", Part::whole(true), b"news", Slow::Misses);
        assert_eq!(taken, Ok(1));
        chat.expected.extend(plain(0x81, b"news"));
    }),
];

#[test]
fn whatever_is_done_in_the_midst_keeps_the_order() {
    for (name, deed) in DEEDS {
        let mut chat = Chat::new(&Config::new());
        chat.say(&abc(), |chat, message| {
            text(chat, message);
            if message == "b" {
                deed(chat);
            }
        });
        eprintln!("{name}");
        chat.expect(&["a", "b", "c"]);
    }
}

#[test]
fn whatever_follows_is_heard() {
    let pings = [masked(0x89, b""), masked(0x81, b"d")].concat();
    let long = masked(0x81, &[b'l'; 300]);
    let split = [masked(0x01, b"one"), masked(0x80, b"two")].concat();
    let rests: [(&[u8], &[&str]); 5] = [
        (b"", &[]),
        (&pings, &["Ping", "d"]),
        (&long, &[std::str::from_utf8(&[b'l'; 300]).expect("ASCII")]),
        (&split, &["onetwo"]),
        (&masked(0x81, "\u{20ac}\u{e4}".as_bytes()), &["\u{20ac}\u{e4}"]),
    ];
    for (rest, told) in rests {
        let mut chat = Chat::new(&Config::new());
        let begun = std::cell::Cell::new(0);
        chat.say(&[abc(), rest.to_vec()].concat(), |chat, message| {
            // The Pong goes before what is said next.
            if message == "d" {
                chat.expected.extend(plain(0x8a, b""));
            }
            begun.set(begun.get() + 1);
            if begun.get() <= 3 || message == "d" {
                text(chat, message);
            }
        });
        let told: Vec<&str> = ["a", "b", "c"].iter().chain(told).copied().collect();
        chat.expect(&told);
    }
}

#[test]
fn a_message_cut_behind_others_is_heard_when_it_is_whole() {
    let whole = [abc(), masked(0x81, b"delta")].concat();
    for cut in 1..whole.len() {
        let mut chat = Chat::new(&Config::new());
        chat.say(&whole[..cut], text);
        chat.say(&whole[cut..], text);
        chat.expect(&["a", "b", "c", "delta"]);
    }
}

#[test]
fn wrong_text_ends_the_connection_behind_the_answers() {
    let mut chat = Chat::new(&Config::new());
    chat.say(&[abc(), masked(0x81, b"ok\xff")].concat(), text);
    chat.expected.extend(plain(0x88, &1007u16.to_be_bytes()));
    assert_eq!(chat.begun, "ok");
    let reason = chat.told.split_off(3);
    assert_eq!(reason.first().map(String::as_str), Some("Error"), "{reason:?}");
    let told = std::mem::take(&mut chat.told);
    assert_eq!(told, ["a", "b", "c"]);
    let mut octets = vec![0; 9 + 4];
    chat.client.read_exact(&mut octets).expect("the answers and a Close");
    assert_eq!(octets[..9], chat.expected[..9]);
    assert_eq!((octets[9], &octets[11..13]), (0x88, &1007u16.to_be_bytes()[..]));
}

#[test]
fn an_end_in_the_midst_sends_the_answers_first() {
    for is_close in [true, false] {
        let mut chat = Chat::new(&Config::new());
        chat.say(&abc(), |chat, message| {
            if message == "c" {
                return;
            }
            text(chat, message);
            if message == "b" && is_close {
                chat.harness.server.close_websocket(chat.id, 1000, b"").expect("closed");
                chat.expected.extend(plain(0x88, &1000u16.to_be_bytes()));
            } else if message == "b" {
                chat.harness.server.close(chat.id).expect("ended");
            }
        });
        assert_eq!(chat.told[..2], ["a", "b"]);
        let mut octets = vec![0; chat.expected.len()];
        chat.client.read_exact(&mut octets).expect("all that was sent");
        assert_eq!(octets, chat.expected);
    }
}

#[test]
fn a_peer_that_does_not_read_gets_all_answers_in_the_end() {
    let mut config = Config::new();
    config.conn.limits.high_water = 1 << 16;
    let mut chat = Chat::new(&config);
    let burst: Vec<u8> = (0..200).flat_map(|_| masked(0x81, &[b'm'; 100])).collect();
    let mut sent = 0;
    // Until the queue is full behind a full socket; a full client is then no more written to.
    chat.client.set_nonblocking(true).expect("set");
    let mut pending: Vec<u8> = Vec::new();
    loop {
        if pending.is_empty() {
            pending.clone_from(&burst);
            sent += 200;
        }
        match chat.client.write(&pending) {
            Ok(n) => drop(pending.drain(..n)),
            Err(_) => break,
        }
        chat.say(b"", text);
    }
    let mut heard: Vec<u8> = Vec::new();
    let frame = plain(0x81, &[b'm'; 100]);
    while heard.len() < sent * frame.len() {
        let mut buffer = [0; 1 << 16];
        if let Ok(n) = chat.client.read(&mut buffer) {
            heard.extend(&buffer[..n]);
        }
        if !pending.is_empty()
            && let Ok(n) = chat.client.write(&pending)
        {
            pending.drain(..n);
        }
        chat.say(b"", text);
    }
    assert_eq!(chat.told.iter().filter(|told| told.starts_with('m')).count(), sent);
    assert!(heard.chunks(frame.len()).all(|one| one == frame));
}

#[test]
fn answers_to_others_and_to_the_dead_go_their_own_way() {
    let mut chat = Chat::new(&Config::new());
    let (mut other, other_id) = open(&mut chat.harness);
    chat.say(&abc(), |chat, message| {
        text(chat, message);
        let sent = chat.harness.server.send_message(other_id, Part::whole(true), message.as_bytes());
        assert_eq!(sent, Ok(Write::Queued));
        assert!(chat.harness.server.send_message(Id::NONE, Part::whole(true), b"x").is_err());
        assert!(chat.harness.server.send_message(Id::from_number(u64::MAX), Part::whole(true), b"x").is_err());
    });
    chat.expect(&["a", "b", "c"]);
    let mut octets = [0; 9];
    other.read_exact(&mut octets).expect("what was sent to it");
    assert_eq!(octets, *b"\x81\x01a\x81\x01b\x81\x01c");
}

#[test]
fn a_drain_in_the_midst_says_goodbye_behind_the_answers() {
    let mut chat = Chat::new(&Config::new());
    chat.say(&abc(), |chat, message| {
        if message == "a" {
            text(chat, message);
            chat.harness.server.drain(PATIENCE_MS);
        }
    });
    let mut octets = [0; 5];
    chat.client.read_exact(&mut octets).expect("the answer and the start of a Close");
    assert_eq!(octets[..4], [0x81, 1, b'a', 0x88]);
}
