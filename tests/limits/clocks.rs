//! When clocks start, stand still and go on: calls without a time, pauses, and output in the way.

use wireway::conn::{Request, Response, Write, bits};
use wireway::error::Code;
use wireway::guard::Clocks;
use wireway::websocket::machine::Part;

use crate::phases::{websocket, with};
use crate::rig::{GET, OK, Rig, STREAM, errors};

const HEAD: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const UPLOAD: &[u8] = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\nx";

/// More than every clock.
const LONG: u64 = 1_000_000;

fn server() -> Rig {
    with(|config| config.clocks.answer_ms = 7_000)
}

/// Nothing is called for long: only then the wait begins, by calls that have no time.
fn after_long(rig: &mut Rig) {
    rig.deadline();
    rig.now += LONG;
}

fn respond_late(rig: &mut Rig, response: Response<'_>) {
    after_long(rig);
    rig.respond(response).unwrap();
    rig.flush();
    rig.events();
}

fn close_handshake(end: impl FnOnce(&mut Rig)) -> Rig {
    let mut rig = websocket(|config| config.clocks.ping_ms = 0);
    after_long(&mut rig);
    end(&mut rig);
    rig.flush();
    rig
}

fn close() -> Rig {
    close_handshake(|rig| rig.conn.websocket(&mut rig.ws).close(1000, b"").unwrap())
}

fn shutdown() -> Rig {
    close_handshake(|rig| rig.conn.shutdown(&mut rig.ws).unwrap())
}

fn resumed() -> Rig {
    let mut rig = server();
    rig.feed(UPLOAD);
    rig.conn.pause();
    after_long(&mut rig);
    rig.conn.resume();
    rig.events();
    rig
}

/// A response whose last octet was sent long before its end is told, which queues nothing.
fn finished(close: bool) -> Rig {
    let mut rig = server();
    rig.feed(HEAD);
    rig.respond(Response { stream: Some(Some(1)), close, ..STREAM }).unwrap();
    rig.conn.http1(&mut rig.ws).send(b"x").unwrap();
    rig.flush();
    after_long(&mut rig);
    rig.finish().unwrap();
    rig.flush();
    rig
}

/// What came with a request is looked at once that is answered.
fn pipelined(behind: &[u8]) -> Rig {
    let mut rig = server();
    rig.feed(&[HEAD, behind].concat());
    respond_late(&mut rig, OK);
    rig
}

fn request(request: Request<'_>) -> Rig {
    let mut rig = Rig::client();
    after_long(&mut rig);
    rig.request(request).unwrap();
    rig.flush();
    rig
}

fn request_finished_late() -> Rig {
    let mut rig = Rig::client();
    rig.request(Request { method: b"POST", stream: Some(Some(1)), ..GET }).unwrap();
    rig.conn.http1(&mut rig.ws).send(b"x").unwrap();
    rig.flush();
    after_long(&mut rig);
    rig.finish().unwrap();
    rig
}

#[test]
fn a_wait_that_begins_in_a_call_without_a_time_has_all_of_its_time() {
    let clocks = Clocks { answer_ms: 7_000, ..Clocks::DEFAULT };
    let expecting = Request { method: b"POST", stream: Some(Some(1)), expect: true, ..GET };
    let waits: [(&str, Rig, u32); 12] = [
        ("Close", close(), clocks.close_ms),
        ("shutdown of a WebSocket", shutdown(), clocks.close_ms),
        ("content after a pause", resumed(), clocks.body_ms),
        ("the next message", finished(false), clocks.idle_ms),
        ("the end of the peer", finished(true), clocks.linger_ms),
        ("the rest of a head", pipelined(b"GET / HT"), clocks.head_ms),
        ("content", pipelined(UPLOAD), clocks.body_ms),
        ("a response", pipelined(HEAD), clocks.answer_ms),
        ("nothing behind", pipelined(b""), clocks.idle_ms),
        ("a response to a request", request(GET), clocks.response_ms),
        ("a response to a request that ends late", request_finished_late(), clocks.response_ms),
        ("100 Continue", request(expecting), clocks.continue_ms),
    ];
    for (name, mut rig, ms) in waits {
        assert_eq!(rig.deadline() - rig.now, u64::from(ms), "{name}");
        rig.now += u64::from(ms) - 1;
        rig.conn.tick(&mut rig.ws, rig.now);
        assert!(!rig.is(bits::CLOSE) && errors(&rig.events()).is_empty(), "{name}: too early");
        assert_eq!(rig.deadline(), rig.now + 1, "{name}: not extended by a turn");
    }
}

/// Pauses of 1 ms every 900 ms, until the connection ends: how long the peer had, and how long it took.
fn end_between_pauses(rig: &mut Rig) -> (u64, u64) {
    for pauses in 0..1_000 {
        rig.pass(900);
        if rig.is(bits::EVENTS | bits::CLOSE) {
            let end = rig.now;
            return (end - pauses, end);
        }
        rig.conn.pause();
        rig.deadline();
        rig.now += 1;
        rig.conn.resume();
        rig.events();
        rig.deadline();
    }
    panic!("a wait without an end");
}

#[test]
fn pauses_neither_use_up_nor_extend_the_time_of_the_peer() {
    for (input, ms) in [(&b"GET / HT"[..], Clocks::DEFAULT.head_ms), (UPLOAD, Clocks::DEFAULT.body_ms)] {
        let mut rig = with(|config| config.clocks.body_rate_min = 0);
        rig.feed(input);
        let (had, _) = end_between_pauses(&mut rig);
        assert!(had.abs_diff(ms.into()) <= 900, "{ms}: {had}");
    }
}

#[test]
fn pauses_do_not_extend_the_time_of_the_application() {
    let mut rig = server();
    rig.feed(HEAD);
    let (_, end) = end_between_pauses(&mut rig);
    assert!(end.abs_diff(7_000) <= 900, "{end}");
}

#[test]
fn h1_time_03_a_pause_does_not_count_against_the_rate_of_content() {
    let mut rig = with(|config| config.clocks.body_ms = 1_000);
    rig.feed(UPLOAD);
    for _ in 0..50 {
        rig.conn.pause();
        rig.deadline();
        rig.now += 10_000;
        rig.conn.resume();
        rig.events();
        rig.deadline();
        rig.pass(100);
        assert_eq!(errors(&rig.feed(&[b'x'; 11])), []);
    }
    // A tenth of what is required, from here on.
    let slow = (0..100).find(|_| {
        rig.pass(900);
        rig.is(bits::EVENTS | bits::CLOSE) || !errors(&rig.feed(b"123456789")).is_empty()
    });
    assert!(slow.is_some(), "the rate counts");
}

fn long_message(rig: &mut Rig, octets: usize) {
    let message = vec![b'x'; octets];
    assert_eq!(rig.conn.websocket(&mut rig.ws).send_message(Part::whole(false), &message), Ok(Write::Queued));
}

/// The transport takes `per_second` octets, without a pause. Returns what went out.
fn trickle(rig: &mut Rig, per_second: usize, seconds: usize) -> usize {
    let mut sent = 0;
    for _ in 0..seconds {
        sent += rig.send(per_second).len();
        rig.pass(1_000);
        assert_eq!(errors(&rig.events()), [], "{sent} octets sent");
    }
    sent
}

#[test]
fn ws_close_08_the_time_for_the_answer_begins_when_our_close_is_sent() {
    let mut rig = websocket(|_| {});
    long_message(&mut rig, 250_000);
    rig.conn.websocket(&mut rig.ws).close(1000, b"").unwrap();
    let all = rig.conn.queued();
    assert_eq!(trickle(&mut rig, 10_000, 26), all);
    rig.pass(8_000);
    assert!(!rig.is(bits::CLOSE), "9 s after our Close");
    rig.pass(1_001);
    assert!(errors(&rig.events()) == [Code::WsTimeout] && rig.is(bits::CLOSE));
}

#[test]
fn ws_lim_03_the_time_for_a_pong_begins_when_our_ping_is_sent() {
    let mut rig = websocket(|config| {
        config.limits.high_water = 1 << 20;
        config.clocks.ping_ms = 5_000;
    });
    long_message(&mut rig, 250_000);
    // The Ping is queued after 5 s, behind 20 s of output.
    trickle(&mut rig, 10_000, 30);
    assert!(!rig.is(bits::CLOSE), "5 s after the Ping");
    rig.pass(10_000);
    assert!(errors(&rig.events()) == [Code::WsTimeout] && rig.is(bits::CLOSE));
}
