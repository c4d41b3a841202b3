//! WS-HSC, and what is different on a client: masks, and who closes the transport.

use wireway::conn::{Connect, Event, Write, bits};
use wireway::error::Code;
use wireway::http1::machine::{Role, head};
use wireway::http1::write::FieldRef;
use wireway::websocket::machine::Part;

use crate::line::{CONNECT, Line};
use crate::outcome::be_served;
use crate::wire::{hex, octets, unmasked};

fn open() -> Line {
    Line::client(|_| {})
}

/// What an answer led to, `from` replaced by `to` in the good one.
fn answered(connect: &Connect<'_>, from: &str, to: &str) -> Line {
    let (mut line, _, answer) = Line::asking(|_| {}, connect);
    assert!(answer.contains(from));
    line.recv((answer.replacen(from, to, 1) + "\r\n").as_bytes());
    line
}

#[test]
fn ws_hsc_01_and_02_the_request() {
    let connect = Connect { target: b"/chat?a=b", authority: b"example.com:8080", subprotocols: b"a, b", ..CONNECT };
    let (_line, request, _) = Line::asking(|_| {}, &connect);
    let (start, key) = request.split_once("Sec-WebSocket-Key: ").unwrap();
    assert_eq!(
        start,
        "GET /chat?a=b HTTP/1.1\r\nHost: example.com:8080\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
    );
    assert_eq!(&key[24..], "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: a, b\r\n\r\n");
    let mut line = Line::new(Role::Client, |_| {});
    let mut keys = std::collections::HashSet::new();
    for _ in 0..4 {
        let mut other = Line::new(Role::Client, |_| {});
        std::mem::swap(&mut other.rig.ws, &mut line.rig.ws);
        other.rig.conn.websocket(&mut other.rig.ws).request(&CONNECT, std::iter::empty()).unwrap();
        other.send();
        keys.insert(other.take_out());
        other.rig.conn.release(&mut other.rig.ws);
        std::mem::swap(&mut other.rig.ws, &mut line.rig.ws);
    }
    assert_eq!(keys.len(), 4, "each connection has a key of its own");
}

#[test]
fn ws_hsc_01_no_key_without_entropy() {
    let mut line = Line::new(Role::Client, |_| {});
    line.rig.ws = wireway::conn::Workspace::new(wireway::memory::Heap::new(1 << 20), 1 << 20);
    let error = line.rig.conn.websocket(&mut line.rig.ws).request(&CONNECT, std::iter::empty()).unwrap_err();
    assert_eq!((error.code(), line.rig.conn.queued()), (Code::Entropy, 0));
}

#[test]
fn ws_hsc_02_fields_that_are_ours() {
    let mut line = Line::new(Role::Client, |_| {});
    for name in ["Sec-WebSocket-Key", "upgrade", "CONNECTION", "sec-websocket-extensions"] {
        let field = FieldRef { name: name.as_bytes(), value: b"x" };
        let error = line.rig.conn.websocket(&mut line.rig.ws).request(&CONNECT, [field].into_iter()).unwrap_err();
        assert_eq!((error.code(), line.rig.conn.queued()), (Code::Argument, 0), "{name}");
    }
    let bad = Connect { subprotocols: b"a, a", ..CONNECT };
    assert!(line.rig.conn.websocket(&mut line.rig.ws).request(&bad, std::iter::empty()).is_err());
    let bad = Connect { target: b"no path", ..CONNECT };
    assert!(line.rig.conn.websocket(&mut line.rig.ws).request(&bad, std::iter::empty()).is_err());
    assert_eq!(line.state() & bits::IDLE, bits::IDLE, "nothing was asked");
}

#[test]
fn ws_hsc_03_another_status_is_a_response() {
    let (mut line, _, _) = Line::asking(|_| {}, &CONNECT);
    line.recv(b"HTTP/1.1 401 X\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(line.log, ["response 401"]);
    assert!(!line.rig.conn.is_websocket() && line.state() & bits::IDLE != 0);
    assert_eq!(line.message(Part::whole(true), b"x"), Err(Code::State));
}

#[test]
fn ws_hsc_04_to_07_answers_that_are_none() {
    let connect = Connect { subprotocols: b"a, b", ..CONNECT };
    for (from, to, code, rule) in [
        ("Sec-WebSocket-Accept", "X-Accept", Code::WsHandshake, "WS-HSC-04"),
        ("Sec-WebSocket-Accept: ", "Sec-WebSocket-Accept: x", Code::WsHandshake, "WS-HSC-04"),
        ("Sec-WebSocket-Accept", "Sec-WebSocket-Accept: x\r\nSec-WebSocket-Accept", Code::WsHandshake, "WS-HSC-04"),
        ("Upgrade: websocket\r\n", "", Code::WsHandshake, "WS-HSC-05"),
        ("Upgrade: websocket", "Upgrade: websocket2", Code::WsHandshake, "WS-HSC-05"),
        ("Connection: upgrade", "Connection: keep-alive", Code::WsHandshake, "WS-HSC-05"),
        ("Upgrade: ", "Sec-WebSocket-Protocol: c\r\nUpgrade: ", Code::WsSubprotocol, "WS-HSC-06"),
        ("Upgrade: ", "Sec-WebSocket-Protocol: a, b\r\nUpgrade: ", Code::WsSubprotocol, "WS-HSC-06"),
        ("Upgrade: ", "Sec-WebSocket-Extensions: x-foo\r\nUpgrade: ", Code::WsExtension, "WS-HSC-07"),
        ("Upgrade: ", "Sec-WebSocket-Extensions: permessage-deflate\r\nUpgrade: ", Code::WsExtension, "WS-HSC-07"),
    ] {
        let line = answered(&connect, from, to);
        assert_eq!(line.log, [format!("error {code:?} 0 {rule}")], "{to}");
        assert!(line.is_closed() && !line.rig.conn.is_websocket() && line.out.is_empty());
    }
    assert!(answered(&connect, "Upgrade: ", "Sec-WebSocket-Protocol: b\r\nUpgrade: ").rig.conn.is_websocket());
    assert!(answered(&connect, "upgrade", "keep-alive, UPGRADE").rig.conn.is_websocket());
}

#[test]
fn ws_hsc_08_frames_with_the_101_and_lengths_that_mean_nothing() {
    let (mut line, _, answer) = Line::asking(|_| {}, &CONNECT);
    line.recv(&[answer.as_bytes(), b"Content-Length: 5\r\n\r\n\x81\x02hi"].concat());
    assert_eq!(line.log, ["response 101", "text hi"]);
}

#[test]
fn ws_hsc_08_the_head_says_which_switch_was_made() {
    let (mut line, _, answer) = Line::asking(|_| {}, &CONNECT);
    let mut lent = [answer.as_bytes(), b"\r\n"].concat();
    line.rig.conn.receive(&mut line.rig.ws, lent.len(), line.rig.now).unwrap();
    assert_eq!(line.rig.conn.next(&mut line.rig.ws, &mut lent), Ok(Ok(Event::Response { last: true })));
    let flags = line.rig.conn.shown(&line.rig.ws).head().unwrap().0.flags;
    assert_eq!(flags & (head::UPGRADE | head::WEBSOCKET), head::UPGRADE | head::WEBSOCKET);
}

#[test]
fn ws_hsc_10_nothing_leaves_before_the_101() {
    let (mut line, _, answer) = Line::asking(|_| {}, &CONNECT);
    assert_eq!(line.message(Part::whole(true), b"x"), Err(Code::State));
    assert_eq!(line.rig.conn.websocket(&mut line.rig.ws).ping(b"").unwrap_err().code(), Code::State);
    assert_eq!(line.rig.conn.websocket(&mut line.rig.ws).close(1000, b"").unwrap_err().code(), Code::State);
    assert!(line.out.is_empty());
    line.recv(&[answer.as_bytes(), b"\r\n"].concat());
    assert_eq!(line.message(Part::whole(true), b"x"), Ok(Write::Queued));
}

#[test]
fn ws_frm_02_what_is_masked() {
    be_served("81 85 37fa213d 7f9f4d5158", open).assert("error WsFrame 1002 WS-FRM-02", "8802 03ea");
}

#[test]
fn ws_frm_03_04_and_05_every_frame_of_a_client_is_masked_anew() {
    let mut line = open();
    for _ in 0..2 {
        line.message(Part::whole(true), b"Hello").unwrap();
    }
    line.rig.conn.websocket(&mut line.rig.ws).ping(b"").unwrap();
    line.recv(&octets("89 02 6869"));
    let mut long = vec![7; 70_000];
    line.message(Part::whole(false), &long).unwrap();
    long.fill(0);
    line.rig.conn.websocket(&mut line.rig.ws).close(1000, b"").unwrap();
    line.send();
    let out = line.take_out();
    assert_ne!(out[..11], out[11..22], "equal frames differ on the wire");
    let plain = octets("81 05 48656c6c6f 81 05 48656c6c6f 89 00 8a 02 6869 82 7f 0000000000011170 07*70000 88 02 03e8");
    assert!(unmasked(&out) == plain);
}

#[test]
fn ws_msg_03_and_ws_ctl_03_at_every_cut() {
    be_served("01 01 61 89 01 70 80 01 62 8a 00", open).assert("text a…; ping p; +text b; pong ", "8a01 70");
}

#[test]
fn ws_close_08_a_client_waits_for_the_end_of_the_transport() {
    let mut line = open();
    line.recv(&octets("88 02 03e8"));
    assert_eq!((line.log.join(""), hex(&unmasked(&line.out))), ("close 1000 ".into(), "880203e8".into()));
    assert!(!line.is_closed() && line.state() & bits::SHUTDOWN_WRITE == 0, "the server is the one to close");
    line.tick(9_999);
    assert!(!line.is_closed());
    line.tick(1);
    assert!(line.is_closed());
    let mut line = open();
    line.rig.conn.websocket(&mut line.rig.ws).close(1000, b"").unwrap();
    line.turn();
    line.recv(&octets("88 02 03e8"));
    assert!(!line.is_closed());
    line.eof();
    assert_eq!((line.is_closed(), line.log.join("")), (true, "close 1000 ".into()));
}

#[test]
fn ws_lim_03_sending_does_not_stop_the_clock_of_a_silent_peer() {
    let mut line = open();
    for _ in 0..10 {
        line.message(Part::whole(true), b"x").unwrap();
        line.tick(4_000);
    }
    assert_eq!(line.log, ["error WsTimeout 1006 WS-LIM-03"]);
}
