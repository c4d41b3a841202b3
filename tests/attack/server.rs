//! Findings in the server's role.

use super::rig::{GET, OK, Rig, STREAM, errors, refs};
use wireway::conn::{Config, Event, NotReady, Response, bits};
use wireway::error::Code;
use wireway::http1::machine::Role;

const CHUNKED: &str = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

/// Trailers of a dropped request must not become fields of the next one.
#[test]
fn dropped_trailers_stay_dropped() {
    let mut rig = Rig::server();
    assert_eq!(rig.feed(CHUNKED.as_bytes()), [Event::Request { last: false }]);
    rig.respond(OK).unwrap();
    rig.receive(b"1\r\na\r\n0\r\nX-Evil: 1\r\nX-Admin: yes\r\n\r\nGET /b HTTP/1.1\r\nHost: b\r\n\r\n");
    assert_eq!(rig.next(), Ok(Event::Request { last: true }));
    let (_, fields) = rig.conn.shown(&rig.ws).head().unwrap();
    assert_eq!(fields.len(), 1, "{fields:?}");
    assert_eq!(rig.field_names(), ["Host"]);
}

/// The same trailers, long, put a field of the next head outside of the lend.
#[test]
fn dropped_trailers_point_nowhere() {
    let mut rig = Rig::server();
    rig.feed(CHUNKED.as_bytes());
    rig.respond(OK).unwrap();
    let trailers: String = (0..30).map(|i| format!("X-{i}: {}\r\n", "v".repeat(200))).collect();
    rig.receive(format!("0\r\n{trailers}\r\nGET /b HTTP/1.1\r\nHost: b\r\n\r\n").as_bytes());
    assert_eq!(rig.next(), Ok(Event::Request { last: true }));
    let (head, fields) = rig.conn.shown(&rig.ws).head().unwrap();
    let end = fields.iter().map(|field| field.value + field.value_len).max().unwrap();
    assert!(end <= head.parsed.head_len, "a field ends {end} octets into a head of {}", head.parsed.head_len);
}

/// After a switch both sides end, ours first: then the connection is over.
#[test]
fn a_tunnel_ends_whichever_side_ends_first() {
    let mut rig = Rig::tunnels();
    rig.feed(b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n");
    let accept = Response { content: b"", ..OK };
    rig.conn.http1(&mut rig.ws).switch(&accept, std::iter::empty()).unwrap();
    rig.events();
    rig.finish().unwrap();
    rig.flush();
    assert!(rig.is(bits::SHUTDOWN_WRITE));
    rig.eof();
    assert_eq!(rig.events(), [Event::RawEnd { clean: true }]);
    rig.pass(1_000_000);
    assert!(rig.is(bits::CLOSE), "state {:#x}, deadline {}", rig.state(), rig.deadline());
}

/// H1-UPG-08: what a hasty client sent behind a CONNECT that is refused is no request.
#[test]
fn h1_upg_08_connect_refused_by_the_library() {
    let mut rig = Rig::tunnels();
    let events =
        rig.feed(b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\nExpect: x\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(errors(&events), [Code::Expectation]);
    assert!(!events.contains(&Event::Request { last: true }), "{events:?}");
}

/// H1-UPG-08, where HTTP/1.0 asked to be kept alive.
#[test]
fn h1_upg_08_connect_of_1_0() {
    let mut rig = Rig::tunnels();
    rig.receive(b"CONNECT a:1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(rig.next(), Ok(Event::Request { last: true }));
    rig.respond(Response { status: 502, ..OK }).unwrap();
    assert_eq!(rig.events(), []);
}

/// What was dropped of earlier requests does not count against a later one: the response said the connection persists.
#[test]
fn drained_octets_are_counted_per_exchange() {
    let mut rig = Rig::server();
    for i in 0..3 {
        rig.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40000\r\n\r\n");
        rig.respond(OK).unwrap();
        let head = rig.flush();
        assert!(!head.contains("close"), "{i}: {head}");
        rig.feed(&[b'x'; 40000]);
        assert!(rig.is(bits::IDLE), "exchange {i} persists: state {:#x}", rig.state());
    }
}

/// A connection that is being closed reads on, whatever the owner held before.
#[test]
fn a_held_stream_does_not_stop_the_linger() {
    let mut rig = Rig::server();
    rig.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\n\r\n");
    rig.conn.pause();
    rig.respond(Response { status: 413, close: true, ..OK }).unwrap();
    rig.flush();
    assert!(rig.is(bits::SHUTDOWN_WRITE));
    assert!(rig.is(bits::WANT_READ), "the peer's octets are read and dropped (RFC 9112 9.6)");
}

/// The end of the transport behind half a head is something to tell: the state says so.
#[test]
fn the_end_within_a_head_is_an_event_due() {
    let mut rig = Rig::server();
    rig.feed(b"GET / HT");
    rig.eof();
    assert!(rig.is(bits::EVENTS), "next() would answer an error");
    assert_eq!(errors(&rig.events()), [Code::Truncated]);
}

/// Nothing but releases and errors after the end.
#[test]
fn nothing_is_writable_after_the_end() {
    let mut config = Config::new(Role::Server);
    (config.limits.high_water, config.limits.low_water) = (10, 10);
    let mut rig = Rig::new(config);
    rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    rig.respond(STREAM).unwrap();
    assert_eq!(rig.conn.http1(&mut rig.ws).send(b"more"), Ok(wireway::conn::Write::Paused));
    rig.finish().unwrap();
    rig.eof();
    rig.flush();
    assert!(rig.is(bits::CLOSE));
    assert_eq!(rig.next(), Err(NotReady::Done));
}

/// A lent token of a switch comes back, or the switch is refused.
#[test]
fn a_switch_does_not_swallow_a_token() {
    let mut rig = Rig::tunnels();
    rig.feed(b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n");
    let accept = Response { content: b"", lent: Some(7), ..OK };
    if rig.conn.http1(&mut rig.ws).switch(&accept, std::iter::empty()).is_ok() {
        rig.flush();
        assert_eq!(rig.events(), [Event::Released(7)]);
    }
}

/// A 101 names a protocol.
#[test]
fn h1_upg_02_a_switch_names_a_protocol() {
    let mut rig = Rig::server();
    rig.feed(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: foo\r\n\r\n");
    let accept = Response { status: 101, content: b"", ..OK };
    assert!(rig.conn.http1(&mut rig.ws).switch(&accept, refs(&[("Upgrade", ",")])).is_err());
}

/// A role's calls are refused in the other, and change nothing.
#[test]
fn the_other_role_is_refused() {
    let mut rig = Rig::server();
    assert_eq!(rig.request(GET).unwrap_err().code(), Code::State);
    let mut rig = Rig::client();
    assert_eq!(rig.respond(OK).unwrap_err().code(), Code::State);
    assert_eq!(rig.conn.queued(), 0);
}
