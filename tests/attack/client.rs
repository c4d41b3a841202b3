//! Findings in the client's role.

use super::rig::{GET, Rig, errors, refs};
use wireway::conn::{Config, Event, Request, bits};
use wireway::error::Code;
use wireway::http1::machine::Role;

fn pipelining() -> Rig {
    Rig::new(Config { pipeline_max: 4, ..Config::new(Role::Client) })
}

/// H1-CONN-03: nothing is sent behind `close`.
#[test]
fn h1_conn_03_nothing_behind_close() {
    let mut rig = pipelining();
    rig.request(Request { close: true, ..GET }).unwrap();
    assert_eq!(rig.request(GET).map_err(|error| error.code()), Err(Code::Closing));
}

/// `close` on a later request does not make the response before its own the last one.
#[test]
fn close_belongs_to_its_own_request() {
    let mut rig = pipelining();
    rig.request(GET).unwrap();
    rig.request(Request { close: true, ..GET }).unwrap();
    rig.flush();
    let one = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    let events = rig.feed(&one.repeat(2));
    assert_eq!(events, [Event::Response { last: true }; 2]);
    assert!(!rig.is(bits::IDLE));
}

/// H1-UPG-04: an offer behind another request is still an offer when that one is answered.
#[test]
fn h1_upg_04_an_offer_in_a_pipeline() {
    let mut rig = pipelining();
    rig.request(GET).unwrap();
    rig.request_with(GET, &[("Upgrade", "foo")]).unwrap();
    rig.flush();
    assert_eq!(rig.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx").len(), 2);
    let events = rig.feed(b"HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: foo\r\n\r\nraw");
    assert_eq!(errors(&events), []);
}

/// H1-UPG-04: what an earlier request offered is not offered any more.
#[test]
fn h1_upg_04_an_old_offer_is_over() {
    let mut rig = Rig::client();
    rig.request_with(GET, &[("Upgrade", "old")]).unwrap();
    rig.flush();
    rig.receive(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(rig.next(), Ok(Event::Response { last: true }));
    rig.request_with(GET, &[("Upgrade", "new")]).unwrap();
    rig.events();
    rig.flush();
    let events = rig.feed(b"HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: old\r\n\r\n");
    assert_eq!(errors(&events), [Code::Upgrade]);
}

/// H1-RSP-06: octets that answer nothing are refused, also while our content is under way.
#[test]
fn h1_rsp_06_behind_an_early_response() {
    let mut rig = Rig::client();
    rig.request(Request { method: b"PUT", stream: Some(Some(10)), ..GET }).unwrap();
    rig.flush();
    let events = rig.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n");
    assert_eq!(errors(&events), [Code::UnexpectedData], "{events:?}");
}

/// A tunnel is no connection that closes: to ask for something on it is the same mistake before and after its peer's end.
#[test]
fn a_tunnel_accepts_no_request() {
    let mut rig = Rig::client();
    rig.request(Request { method: b"CONNECT", target: b"a:1", authority: b"a:1", ..GET }).unwrap();
    rig.flush();
    assert_eq!(rig.feed(b"HTTP/1.1 200 OK\r\n\r\n"), [Event::Response { last: true }]);
    assert_eq!(rig.request(GET).map_err(|error| error.code()), Err(Code::State));
    rig.eof();
    assert_eq!(rig.events(), [Event::RawEnd { clean: true }]);
    assert_eq!(rig.request(GET).map_err(|error| error.code()), Err(Code::State));
}

/// CONNECT has no content (RFC 9110 9.3.6); what a server that knows so reads behind the head is the tunnel's.
#[test]
fn h1_upg_09_connect_without_content() {
    let mut rig = Rig::client();
    let connect = Request { method: b"CONNECT", target: b"a:1", authority: b"a:1", content: b"x", ..GET };
    assert!(rig.request(connect).is_err());
}

/// A continue event after the error that ended the connection asks for the impossible.
#[test]
fn no_continue_after_the_end() {
    let mut rig = Rig::client();
    rig.request(Request { method: b"PUT", stream: Some(Some(10)), expect: true, ..GET }).unwrap();
    rig.flush();
    rig.pass(1000);
    rig.conn.abort(&mut rig.ws, 1000);
    let events = rig.events();
    assert_eq!(errors(&events), [Code::Aborted]);
    assert_eq!(events.len(), 1, "{events:?}");
}

/// A second end does not make an unclean one clean.
#[test]
fn an_unclean_end_stays_unclean() {
    let mut rig = Rig::client();
    rig.request(GET).unwrap();
    rig.flush();
    rig.feed(b"HTTP/1.1 200 OK\r\n\r\nhalf");
    rig.conn.receive_eof(&mut rig.ws, false, 0);
    rig.conn.receive_eof(&mut rig.ws, true, 0);
    assert_eq!(errors(&rig.events()), [Code::Truncated]);
}

/// Fields of ours that say too much are refused as a whole: nothing is queued, nothing has changed.
#[test]
fn a_refused_request_leaves_no_trace() {
    let mut rig = Rig::client();
    for field in [("Host", "b"), ("Content-Length", "1"), ("A\r\nB", "1"), ("A", "1\r\nB: 2"), ("Connection", "host")] {
        assert!(rig.conn.http1(&mut rig.ws).request(&GET, refs(&[field])).is_err(), "{field:?}");
    }
    for request in [
        Request { target: b"/ HTTP/1.1\r\nX: y", ..GET },
        Request { authority: b"a\r\nX: y", ..GET },
        Request { method: b"GET /x HTTP/1.1\r\nA:", ..GET },
    ] {
        assert!(rig.request(request).is_err());
    }
    assert_eq!((rig.conn.queued(), rig.is(bits::IDLE)), (0, true));
}
/// H1-EXP-06: the expectation of a request outlives the response to the one before it.
#[test]
fn h1_exp_06_an_expectation_in_a_pipeline() {
    let mut rig = pipelining();
    rig.request(GET).unwrap();
    rig.request(Request { method: b"PUT", stream: Some(Some(10)), expect: true, ..GET }).unwrap();
    rig.flush();
    assert_eq!(rig.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), [Event::Response { last: true }]);
    assert_eq!(rig.feed(b"HTTP/1.1 100 Continue\r\n\r\n"), [Event::Interim, Event::Continue]);
}
