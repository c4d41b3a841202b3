//! Findings about time.

use super::rig::{GET, OK, Rig, STREAM, errors};
use wireway::conn::{Config, Event, Request, Response, bits};
use wireway::error::Code;
use wireway::http1::machine::Role;

const NEVER: u64 = u64::MAX;

/// A response that takes longer than the idle clock to download is not idle.
#[test]
fn a_long_download_is_not_idle() {
    let mut rig = Rig::server();
    rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    rig.respond(Response { content: &[b'x'; 100_000], ..OK }).unwrap();
    for _ in 0..90 {
        rig.send(1000);
        rig.pass(1000);
        assert!(!rig.is(bits::CLOSE), "closed at {} ms with the response under way", rig.now);
    }
    rig.flush();
    rig.pass(59_999);
    assert!(!rig.is(bits::CLOSE), "idle from when the response has left");
}

/// A response that begins while content comes does not stop the clock of the content.
#[test]
fn a_stalled_upload_under_a_streamed_response() {
    let mut rig = Rig::server();
    rig.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\na");
    rig.respond(STREAM).unwrap();
    rig.flush();
    assert_ne!(rig.deadline(), NEVER, "the peer's content is due");
}

/// Nor does its end: what is dropped has a clock too.
#[test]
fn a_stalled_upload_behind_a_streamed_response() {
    let mut rig = Rig::server();
    rig.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\na");
    rig.respond(STREAM).unwrap();
    rig.finish().unwrap();
    rig.flush();
    rig.events();
    rig.pass(3_600_000);
    assert!(rig.is(bits::CLOSE), "held for an hour by a peer that says nothing");
}

/// While we do not read, the peer is not late.
#[test]
fn a_full_queue_stops_the_body_clock() {
    let mut rig = Rig::server();
    rig.receive(b"GET / HTTP/1.1\r\nHost: a\r\n\r\nPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na");
    assert_eq!(rig.next(), Ok(Event::Request { last: true }));
    rig.respond(Response { content: &vec![b'x'; 600_000], ..OK }).unwrap();
    assert_eq!(rig.events(), [], "held until the queue is nearly empty");
    for _ in 0..50 {
        assert!(!rig.is(bits::WANT_READ), "the rest of the content cannot be read now");
        rig.send(5000);
        rig.pass(1000);
        assert_eq!(errors(&rig.events()), [], "at {} ms", rig.now);
    }
}

/// The client's early response is complete: nothing of the peer is due while our content goes out.
#[test]
fn a_complete_response_is_not_slow() {
    let mut rig = Rig::client();
    rig.request(Request { method: b"PUT", stream: Some(Some(1 << 20)), ..GET }).unwrap();
    rig.flush();
    let events = rig.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    assert_eq!(events.len(), 2);
    for _ in 0..60 {
        rig.conn.http1(&mut rig.ws).send(b"x").unwrap();
        rig.flush();
        rig.pass(1000);
        assert_eq!(errors(&rig.events()), [], "at {} ms", rig.now);
    }
}

/// An interim response is no content: while we send, nothing of the peer is due.
#[test]
fn an_interim_response_is_no_content() {
    let mut rig = Rig::client();
    rig.request(Request { method: b"PUT", stream: Some(Some(1 << 20)), expect: true, ..GET }).unwrap();
    rig.flush();
    assert_eq!(rig.feed(b"HTTP/1.1 100 Continue\r\n\r\n"), [Event::Interim, Event::Continue]);
    for _ in 0..60 {
        rig.conn.http1(&mut rig.ws).send(b"x").unwrap();
        rig.flush();
        rig.pass(1000);
        assert_eq!(errors(&rig.events()), [], "at {} ms", rig.now);
    }
}

/// H1-TIME-05: the final response has its time behind an interim one too.
#[test]
fn h1_time_05_behind_an_interim_response() {
    let mut config = Config::new(Role::Client);
    config.clocks.body_ms = 0;
    config.clocks.response_ms = 10_000;
    let mut rig = Rig::new(config);
    rig.request(GET).unwrap();
    rig.flush();
    assert_eq!(rig.feed(b"HTTP/1.1 103 Early Hints\r\n\r\n"), [Event::Interim]);
    assert_ne!(rig.deadline(), NEVER);
    rig.pass(10_000);
    assert_eq!(errors(&rig.events()), [Code::TimeoutResponse]);
}

/// A response that waited for our upload is not late the moment the upload has left.
#[test]
fn the_peer_gets_its_time_after_our_octets_left() {
    let mut rig = Rig::client();
    rig.request(Request { method: b"PUT", stream: Some(Some(100_000)), ..GET }).unwrap();
    rig.flush();
    assert_eq!(rig.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx").len(), 2);
    rig.conn.http1(&mut rig.ws).send(&[b'x'; 100_000]).unwrap();
    for _ in 0..50 {
        rig.send(2000);
        rig.pass(1000);
    }
    assert_eq!(errors(&rig.events()), []);
}

/// Whatever the time is, no clock that is off runs out, and nothing overflows.
#[test]
fn the_end_of_time() {
    let mut rig = Rig::tunnels();
    rig.feed(b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n");
    rig.conn.http1(&mut rig.ws).switch(&Response { content: b"", ..OK }, std::iter::empty()).unwrap();
    rig.flush();
    rig.conn.tick(&mut rig.ws, NEVER);
    assert_eq!(errors(&rig.events()), []);
}

/// A head that began to arrive under our upload is not late the moment the upload has left.
#[test]
fn a_head_under_an_upload_gets_its_time() {
    let mut rig = Rig::client();
    rig.request(Request { method: b"PUT", stream: Some(Some(100_000)), ..GET }).unwrap();
    rig.flush();
    rig.conn.http1(&mut rig.ws).send(&[b'x'; 100_000]).unwrap();
    assert_eq!(rig.feed(b"HTTP"), []);
    for _ in 0..50 {
        rig.send(2000);
        rig.pass(1000);
    }
    assert_eq!(errors(&rig.events()), []);
}
