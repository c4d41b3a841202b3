//! Limits and clocks in the phases of a connection where no row of the ledger reaches them; `docs/limits.md` is the table of all.

#[path = "limits/clocks.rs"]
mod clocks;
#[path = "limits/drained.rs"]
mod drained;
#[path = "limits/gathered.rs"]
mod gathered;
#[path = "limits/output.rs"]
mod output;
#[path = "limits/phases.rs"]
mod phases;
#[path = "support/rig.rs"]
#[allow(dead_code, reason = "a part of it is used")]
mod rig;

use phases::{flushing, held, lingering, raw, websocket, with};
use rig::{GET, OK, Rig};
use wireway::conn::{Event, Write, bits};
use wireway::error::Code;

#[test]
fn h1_line_09_empty_lines_at_an_idle_client_are_counted() {
    let mut rig = Rig::client();
    rig.request(GET).unwrap();
    rig.flush();
    rig.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    assert!(rig.feed(b"\r\n\r\n\r\n\r\n").is_empty() && rig.is(bits::IDLE));
    assert!(matches!(rig.feed(b"\r\n")[..], [Event::Error(error)] if error.code() == Code::UnexpectedData));
    assert!(rig.is(bits::CLOSE));
}

#[test]
fn h1_lim_07_a_lend_is_bounded_in_every_phase() {
    let mut body = with(|_| {});
    body.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    for mut rig in [with(|_| {}), body, held(|_| {}), flushing(|_| {}), lingering(), raw(|_| {}), websocket(|_| {})] {
        let longest = rig.conn.config().limits.lend_max as usize;
        let lent = rig.conn.receive(&mut rig.ws, longest + 1, 0);
        assert_eq!(lent.unwrap_err().code(), Code::Argument);
        assert_eq!(rig.conn.receive(&mut rig.ws, longest, 0), Ok(()));
    }
}

#[test]
fn h1_time_06_each_request_of_a_peer_that_has_ended_has_its_time() {
    let mut rig = with(|config| config.clocks.idle_ms = 100);
    rig.feed(b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(rig.deadline(), u64::MAX, "the application has its time");
    // Behind unread octets the end is announced, or read: the second request is held.
    rig.eof();
    assert_eq!(rig.events(), [Event::PeerEnded]);
    rig.pass(90);
    rig.respond(OK).unwrap();
    rig.flush();
    assert_eq!(rig.events(), [Event::Request { last: true }, Event::PeerEnded]);
    rig.pass(99);
    assert!(rig.events().is_empty() && rig.is(bits::CAN_RESPOND));
    rig.pass(1);
    assert!(matches!(rig.events()[..], [Event::Error(error)] if error.code() == Code::TimeoutResponse));
    assert!(rig.flush().starts_with("HTTP/1.1 503 ") && rig.is(bits::CLOSE));
}

#[test]
fn h1_time_06_an_announced_end_counts_too() {
    let mut rig = with(|config| config.clocks.idle_ms = 100);
    rig.feed(b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(!rig.is(bits::WANT_READ), "so that the end is not read");
    rig.conn.announce_end(rig.now);
    assert_eq!(rig.events(), [Event::PeerEnded]);
    rig.pass(100);
    assert!(matches!(rig.events()[..], [Event::Error(error)] if error.code() == Code::TimeoutResponse));
    assert!(rig.flush().starts_with("HTTP/1.1 503 ") && rig.is(bits::SHUTDOWN_WRITE));
}

#[test]
fn pipeline_max_holds_while_content_arrives() {
    let mut rig = Rig::client();
    rig.request(GET).unwrap();
    rig.flush();
    rig.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx");
    assert_eq!(rig.request(GET).unwrap_err().code(), Code::State);
    rig.feed(b"x");
    assert_eq!(rig.request(GET), Ok(Write::Queued));
}
