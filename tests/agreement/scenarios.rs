//! What may happen to a connection, by its kind. Marks are low, so that a queue is soon full.

use crate::rig::{GET, OK, STREAM};
use crate::subject::Subject;
use crate::walk::Scenario;
use wireway::conn::{Accept, Config, Connect, Request, Response};
use wireway::http1::machine::{Role, policy};
use wireway::websocket::accept::accept_key;
use wireway::websocket::machine::Part;

const HIGH: u32 = 1000;
const LOW: u32 = 400;
const BODY: [u8; 1200] = [b'b'; 1200];
const PIECE: [u8; 500] = [b'p'; 500];
const ASK: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const ASK_1_0: &[u8] = b"GET / HTTP/1.0\r\n\r\n";
const BEGIN_BODY: &[u8] = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc";
const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const BEGIN_ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\n\r\nabc";

pub fn config(role: Role) -> Config {
    let mut config = Config::new(role);
    config.limits.high_water = HIGH;
    config.limits.low_water = LOW;
    config.pipeline_max = 3;
    config.flags = policy::TUNNELS;
    config
}

fn respond(subject: &mut Subject, response: Response<'_>) {
    let written = subject.rig.respond(response);
    subject.is_streaming |= subject.sent(written) && response.stream.is_some();
}

fn lend(subject: &mut Subject) {
    let token = subject.lent;
    let sent = subject.rig.conn.http1(&mut subject.rig.ws).send_lent(&PIECE, token);
    subject.lent += u64::from(subject.sent(sent));
}

fn send(subject: &mut Subject) {
    let sent = subject.rig.conn.http1(&mut subject.rig.ws).send(&PIECE);
    subject.sent(sent);
}

/// What the transport and the owner of any connection may do.
macro_rules! calls {
    ($($call:expr),* $(,)?) => {
        &[
            ("eof", |s| { s.rig.eof(); s.pull(); }),
            ("announce", |s| { s.rig.conn.announce_end(s.rig.now); }),
            ("pause", |s| s.rig.conn.pause()),
            ("resume", |s| s.rig.conn.resume()),
            ("sent one", |s| s.send(1)),
            ("sent some", |s| s.send(600)),
            ("sent all", |s| s.send(usize::MAX)),
            ("tick", Subject::tick),
            ("shutdown", |s| s.rig.conn.shutdown(&mut s.rig.ws).unwrap_or_default()),
            ("abort", |s| s.rig.conn.abort(&mut s.rig.ws, s.rig.now)),
            ("send", send),
            ("lend", lend),
            ("finish", |s| s.is_streaming &= s.rig.finish().is_err()),
            $($call),*
        ]
    };
}

pub static SERVER: Scenario = Scenario {
    open: || Subject::new(config(Role::Server)),
    calls: calls![
        ("ask", |s| s.feed(ASK)),
        ("ask twice", |s| s.feed(&[ASK, ASK].concat())),
        ("ask in 1.0", |s| s.feed(ASK_1_0)),
        ("begin to ask", |s| s.feed(b"GET / HT")),
        ("begin a body", |s| s.feed(BEGIN_BODY)),
        ("end the body", |s| s.feed(b"def")),
        ("garbage", |s| s.feed(b"\0")),
        ("respond", |s| respond(s, OK)),
        ("respond much", |s| respond(s, Response { content: &BODY, ..OK })),
        ("respond, close", |s| respond(s, Response { close: true, ..OK })),
        ("stream", |s| respond(s, STREAM)),
        ("answer too much", |s| {
            s.feed(ASK);
            respond(s, STREAM);
            (0..3).for_each(|_| send(s));
            s.is_streaming &= s.rig.finish().is_err();
        }),
        ("inform", |s| {
            let informed = s.rig.conn.http1(&mut s.rig.ws).send_interim(103, std::iter::empty());
            s.sent(informed);
        }),
    ],
};

fn ask(subject: &mut Subject, request: Request<'_>) {
    let written = subject.rig.request(request);
    subject.is_streaming |= subject.sent(written) && request.stream.is_some();
}

pub static CLIENT: Scenario = Scenario {
    open: || Subject::new(config(Role::Client)),
    calls: calls![
        ("request", |s| ask(s, GET)),
        ("request much", |s| ask(s, Request { method: b"PUT", content: &BODY, ..GET })),
        ("stream", |s| ask(s, Request { method: b"PUT", stream: Some(Some(1000)), ..GET })),
        ("expect", |s| ask(s, Request { method: b"PUT", stream: Some(Some(500)), expect: true, ..GET })),
        ("answer", |s| s.feed(ANSWER)),
        ("answer twice", |s| s.feed(&[ANSWER, ANSWER].concat())),
        ("continue", |s| s.feed(b"HTTP/1.1 100 C\r\n\r\n")),
        ("begin to answer", |s| s.feed(b"HTTP/1.1 2")),
        ("begin content", |s| s.feed(BEGIN_ANSWER)),
        ("garbage", |s| s.feed(b"\0")),
    ],
};

fn tunnel() -> Subject {
    let mut subject = Subject::new(config(Role::Server));
    subject.feed(b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n");
    let response = Response { content: b"", ..OK };
    subject.is_streaming = true;
    subject.rig.conn.http1(&mut subject.rig.ws).switch(&response, std::iter::empty()).unwrap();
    subject
}

pub static TUNNEL: Scenario = Scenario { open: tunnel, calls: calls![("octets", |s| s.feed(b"octets"))] };

fn websocket() -> Subject {
    let mut subject = Subject::new(config(Role::Server));
    upgrade(&mut subject);
    subject
}

/// The handshake of a WebSocket.
pub fn upgrade(subject: &mut Subject) {
    subject.feed(
        b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    let accept = Accept::default();
    subject.rig.conn.websocket(&mut subject.rig.ws).accept(&accept, std::iter::empty()).unwrap();
}

/// A client that answers messages.
fn answering() -> Subject {
    let mut subject = Subject::new(config(Role::Client));
    subject.answers = true;
    subject.rig.ws.seed([5; 32]);
    let connect =
        Connect { target: b"/", authority: b"a", subprotocols: b"", deflate: false, delivery: None, answers: true };
    subject.rig.conn.websocket(&mut subject.rig.ws).request(&connect, std::iter::empty()).unwrap();
    let request = subject.rig.flush();
    let (_, key) = request.split_once("Sec-WebSocket-Key: ").unwrap();
    let accept = String::from_utf8(accept_key(&key.as_bytes()[..24]).to_vec()).unwrap();
    let head = "HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ";
    subject.feed(format!("{head}{accept}\r\n\r\n").as_bytes());
    subject
}

pub static ANSWERING: Scenario = Scenario {
    open: answering,
    calls: calls![
        ("message", |s| s.feed(&unmasked(0x82, 100))),
        ("messages", |s| s.feed(&[unmasked(0x82, 100), unmasked(0x82, 100), unmasked(0x89, 3)].concat())),
        ("half a frame", |s| s.feed(&unmasked(0x82, 100)[..50])),
        ("the other half", |s| s.feed(&[b'm'; 52])),
        ("ping", |s| s.feed(&unmasked(0x89, 5))),
        ("peer's close", |s| s.feed(&unmasked(0x88, 0))),
        ("say", |s| say(s, &PIECE)),
        ("say much", |s| say(s, &BODY)),
    ],
};

/// A frame of a server.
fn unmasked(first: u8, len: u8) -> Vec<u8> {
    [&[first, len][..], &vec![b'm'; len.into()]].concat()
}

/// A frame of a client whose key is zero.
pub fn frame(first: u8, len: u8) -> Vec<u8> {
    [&[first, 0x80 | len, 0, 0, 0, 0][..], &vec![b'm'; len.into()]].concat()
}

fn say(subject: &mut Subject, octets: &[u8]) {
    let sent = subject.rig.conn.websocket(&mut subject.rig.ws).send_message(Part::whole(false), octets);
    subject.sent(sent);
}

pub static WEBSOCKET: Scenario = Scenario {
    open: websocket,
    calls: calls![
        ("message", |s| s.feed(&frame(0x82, 100))),
        ("messages", |s| s.feed(&[frame(0x82, 100), frame(0x82, 100), frame(0x89, 3)].concat())),
        ("a part", |s| s.feed(&frame(0x02, 10))),
        ("the last part", |s| s.feed(&frame(0x80, 10))),
        ("half a frame", |s| s.feed(&frame(0x82, 100)[..50])),
        ("the other half", |s| s.feed(&[b'm'; 56])),
        ("half a header", |s| s.feed(&[0x82, 0xfe])),
        ("ping", |s| s.feed(&frame(0x89, 5))),
        ("pong", |s| s.feed(&frame(0x8a, 0))),
        ("peer's close", |s| s.feed(&frame(0x88, 0))),
        ("garbage", |s| s.feed(&[0xff])),
        ("say", |s| say(s, &PIECE)),
        ("say much", |s| say(s, &BODY)),
        ("close", |s| {
            let _ = s.rig.conn.websocket(&mut s.rig.ws).close(1000, b"");
        }),
        ("our ping", |s| {
            let sent = s.rig.conn.websocket(&mut s.rig.ws).ping(b"p");
            s.sent(sent);
        }),
    ],
};
