//! Requests that an application does not answer, since it cannot or looks away: what becomes of their connections.
#![cfg(feature = "service")]

mod service_support;

use service_support::innocent::is_served;
use service_support::*;
use std::io::{Read, Write as _};
use std::net::{Shutdown, TcpStream};
use wireway::conn::Event;
use wireway::error::Code;
use wireway::http1::write::FieldRef;
use wireway::service::{Config, EventKind, Id};

const PEERS: usize = 100;

/// Each sends `request` on a connection of its own, which the server has still to accept.
fn crowd(h: &Harness, request: &[u8]) -> Vec<TcpStream> {
    let connect = |_| {
        let mut peer = client(h.address);
        peer.write_all(request).unwrap();
        peer
    };
    (0..PEERS).map(connect).collect()
}

/// Serves as the smallest program does, which answers every request and does not look whether it could, until `count` connections have
/// ended: why each of them did.
fn serve_until_closed(h: &mut Harness, count: usize) -> Vec<Option<Code>> {
    let mut closed = Vec::new();
    while closed.len() < count {
        let event = h.event();
        match event.kind {
            EventKind::Conn(Event::Request { .. }) => answer_blindly(h, event.id),
            EventKind::Closed(error) => closed.push(error.map(|error| error.code())),
            _ => {}
        }
    }
    closed
}

fn answer_blindly(h: &mut Harness, id: Id) {
    let _ = h.server.calls().respond(id, &response("hello"), none());
}

#[test]
fn h1_upg_11_who_asks_for_a_tunnel_is_told_and_left() {
    let mut h = Harness::new();
    let (mut innocent, id) = h.connect();
    let mut peers = crowd(&h, b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    let reader = std::thread::spawn(move || {
        peers.iter_mut().for_each(|peer| {
            let mut text = String::new();
            peer.read_to_string(&mut text).unwrap();
            assert!(text.starts_with("HTTP/1.1 501 ") && text.ends_with("\r\n\r\n"), "{text}");
        });
    });
    assert_eq!(serve_until_closed(&mut h, PEERS), [Some(Code::Method); PEERS]);
    reader.join().unwrap();
    is_served(&mut h, &mut innocent, id);
}

/// An application that tries to answer with what must not be sent, and does not look: nothing goes out, and its peers end.
#[test]
fn h1_time_06_peers_that_are_gone_leave_though_nobody_answers_them() {
    let mut config = Config::new();
    config.conn.clocks.idle_ms = 20;
    let mut h = Harness::with(&config);
    // Its request is not answered for long, and its side is open: no clock runs against it.
    let (mut innocent, id) = h.connect();
    get(&mut innocent, "/slow");
    assert_eq!(h.request(id), "/slow");
    drop(crowd(&h, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    let reflected = FieldRef { name: b"X-Reflected", value: b"a\r\nb" };
    let mut closed = Vec::new();
    while closed.len() < PEERS {
        let event = h.event();
        match event.kind {
            EventKind::Conn(Event::Request { .. }) => {
                assert!(h.server.calls().respond(event.id, &response("hello"), [reflected].into_iter()).is_err());
            }
            EventKind::Closed(error) => closed.push(error.map(|error| error.code())),
            _ => {}
        }
    }
    assert_eq!(closed, [Some(Code::TimeoutResponse); PEERS]);
    assert_eq!(h.server.stats().open, 1);
    h.answer(id, "patience");
    h.rest();
    expect_content(&mut innocent, "patience");
}

/// A peer that has only closed its own side, and an application that answers it when it hears so.
#[test]
fn h1_conn_16_a_half_closed_peer_is_answered_within_that_time() {
    let mut config = Config::new();
    config.conn.clocks.idle_ms = 20;
    let mut h = Harness::with(&config);
    let (mut peer, id) = h.connect();
    get(&mut peer, "/");
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(h.request(id), "/");
    h.expect(id, Event::PeerEnded);
    h.answer(id, "still");
    assert_eq!(h.closed(id), None);
    expect_content(&mut peer, "still");
    expect_end(&mut peer);
}
