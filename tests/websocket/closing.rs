//! WS-CLOSE: the end, on a server.

use wireway::conn::{NotReady, bits};
use wireway::error::Code;
use wireway::websocket::machine::Part;

use crate::line::{Line, rest};
use crate::outcome::serve;
use crate::wire::{hex, masked, octets};

fn open() -> Line {
    Line::server(|_| {})
}

#[test]
fn ws_close_01_to_03_what_no_close_may_say() {
    for (frame, code, rule) in [
        ("88 01 03", 1002, "WS-CLOSE-01"),
        ("88 02 03ed", 1002, "WS-CLOSE-02"),
        ("88 02 1388", 1002, "WS-CLOSE-02"),
        ("88 04 03e8c328", 1007, "WS-CLOSE-03"),
    ] {
        serve(frame, open).assert(&format!("error WsClose {code} {rule}"), &format!("8802{code:04x}"));
    }
}

#[test]
fn ws_close_04_05_and_12_a_close_is_answered_once_and_ends_everything() {
    let outcome = serve("88 02 03e8", open);
    outcome.assert("close 1000 ", "88 02 03e8");
    assert!(outcome.is_closed, "a server closes the transport at once");
    serve("88 00", open).assert("close 1005 ", "88 00");
    serve("88 05 03e9627965", open).assert("close 1001 bye", "88 02 03e9");
    serve("88 02 03f2", open).assert("close 1010 ", "88 02 03e8");
    serve("88 00 89 00 81 01 61 88 00", open).assert("close 1005 ", "88 00");
    serve("01 01 61 88 02 03e8", open).assert("text a…; close 1000 ", "88 02 03e8");
}

#[test]
fn ws_close_06_nothing_follows_our_close() {
    let closing = || {
        let mut line = open();
        line.rig.conn.websocket(&mut line.rig.ws).close(1000, b"bye").unwrap();
        line
    };
    let mut line = closing();
    assert_eq!(line.message(Part::whole(true), b"x"), Err(Code::WsClosing));
    assert_eq!(line.rig.conn.websocket(&mut line.rig.ws).ping(b"").unwrap_err().code(), Code::WsClosing);
    assert_eq!(line.rig.conn.websocket(&mut line.rig.ws).close(1000, b"").unwrap_err().code(), Code::WsClosing);
    // What still comes is not shown and not answered; a Close is.
    serve("81 01 61 89 00 8a 00 88 02 03e8", closing).assert("close 1000 ", "88 05 03e8 627965");
    // But it must be sound.
    let failed = serve("81 01 61 83 00", closing);
    assert_eq!((failed.log.join(""), failed.out), ("error WsFrame 1002 WS-FRM-08".into(), "880503e8627965".into()));
}

#[test]
fn ws_close_07_a_failure_sends_one_close_and_reads_no_more() {
    let mut line = open();
    line.recv(&masked(&octets("83 00 81 01 61 88 00")));
    assert_eq!(line.log, ["error WsFrame 1002 WS-FRM-08"]);
    assert_eq!(hex(&line.take_out()), "880203ea");
    assert_ne!(line.state() & bits::SHUTDOWN_WRITE, 0);
    line.recv(&masked(&octets("81 01 61")));
    assert_eq!(line.log.len(), 1);
    line.eof();
    assert!(line.is_closed());
    assert_eq!(rest(&mut line), NotReady::Done);
}

#[test]
fn ws_close_08_the_wait_for_the_peers_close_is_limited() {
    let mut line = open();
    line.rig.conn.websocket(&mut line.rig.ws).close(1000, b"").unwrap();
    line.turn();
    assert!(!line.is_closed() && line.state() & bits::SHUTDOWN_WRITE == 0);
    line.tick(5_000);
    line.recv(&masked(&octets("89 00")));
    line.tick(4_999);
    assert!(!line.is_closed());
    line.tick(1);
    assert_eq!(line.log, ["error WsTimeout 1006 WS-LIM-03"]);
    assert!(line.is_closed());
}

#[test]
fn ws_close_09_an_end_without_a_close() {
    for (frames, error) in [
        ("", "error Closed 1006 WS-CLOSE-09"),
        ("81 02 61", "error Truncated 1006 WS-CLOSE-09"),
        ("01 01 61", "error Truncated 1006 WS-CLOSE-09"),
        ("81", "error Truncated 1006 WS-CLOSE-09"),
    ] {
        let mut line = open();
        line.recv(&masked(&octets(frames)));
        line.eof();
        assert_eq!(line.log.last().unwrap(), error, "{frames}");
        assert!(line.is_closed() && line.out.is_empty());
    }
    let mut line = open();
    line.recv(&masked(&octets("88 00")));
    line.eof();
    assert_eq!(line.log, ["close 1005 "]);
}

#[test]
fn ws_close_10_what_our_close_must_not_say() {
    let mut line = open();
    for (code, reason) in
        [(1006, &b""[..]), (999, b""), (1010, b""), (2999, b""), (5000, b""), (1000, &[b'a'; 124]), (1005, b"x")]
    {
        assert_eq!(
            line.rig.conn.websocket(&mut line.rig.ws).close(code, reason).unwrap_err().code(),
            Code::WsClose,
            "{code}"
        );
    }
    assert_eq!(line.rig.conn.websocket(&mut line.rig.ws).close(1000, b"\xff").unwrap_err().code(), Code::Utf8);
    line.send();
    assert!(line.out.is_empty());
    line.rig.conn.websocket(&mut line.rig.ws).close(1005, b"").unwrap();
    line.send();
    assert_eq!(hex(&line.take_out()), "8800");
}

#[test]
fn ws_close_11_both_close_at_once() {
    let closing = || {
        let mut line = open();
        line.rig.conn.websocket(&mut line.rig.ws).close(1000, b"").unwrap();
        line
    };
    let outcome = serve("88 02 03e9", closing);
    outcome.assert("close 1001 ", "88 02 03e8");
    assert!(outcome.is_closed);
}

#[test]
fn a_shutdown_goes_away() {
    let mut line = open();
    line.rig.conn.shutdown(&mut line.rig.ws).unwrap();
    line.send();
    assert_eq!(hex(&line.take_out()), "880203e9");
    line.recv(&masked(&octets("88 02 03e9")));
    assert!(line.is_closed());
}

#[test]
fn an_aborted_transport_is_an_error() {
    let mut line = open();
    line.rig.conn.abort(&mut line.rig.ws, 1000);
    line.turn();
    assert_eq!(line.log, ["error Aborted 0 "]);
}
