//! WS-FRM, WS-MSG, WS-LIM: messages in and out of a server.

use wireway::conn::{Write, bits};
use wireway::error::Code;
use wireway::websocket::machine::Part;

use crate::line::Line;
use crate::outcome::{Outcome, at_every_cut, serve};
use crate::wire::{hex, octets};

fn open() -> Line {
    Line::server(|_| {})
}

fn echo() -> Line {
    let mut line = open();
    line.echoes = true;
    line
}

/// The connection failed with this close code: one Close says so, and nothing behind it was looked at.
fn assert_failed(outcome: &Outcome, code: u16, rule: &str) {
    let error = outcome.log.last().unwrap();
    assert!(error.starts_with("error ") && error.ends_with(&format!(" {code} {rule}")), "{outcome:?}");
    assert_eq!(outcome.out, format!("8802{code:04x}"));
}

#[test]
fn ws_frm_01_what_is_not_masked() {
    assert_failed(&at_every_cut(&octets("81 05 48656c6c6f"), false, open), 1002, "WS-FRM-01");
}

#[test]
fn ws_frm_06_an_echo_at_every_cut() {
    at_every_cut(&octets("81 85 37fa213d 7f9f4d5158"), false, open).assert("text Hello", "");
}

#[test]
fn ws_frm_07_to_12_what_no_frame_may_be() {
    for (frame, rule) in [
        ("a1 00", "WS-FRM-07"),
        ("91 00", "WS-FRM-07"),
        ("c1 00", "WS-FRM-07"),
        ("b9 00", "WS-FRM-07"),
        ("83 00 81 01 61", "WS-FRM-08"),
        ("8f 00", "WS-FRM-08"),
        ("82 7e 007d", "WS-FRM-10"),
        ("82 7f 8000000000000000", "WS-FRM-11"),
        ("80 01 61", "WS-MSG-01"),
        ("89 7e 007e", "WS-CTL-01"),
        ("08 00", "WS-CTL-02"),
    ] {
        assert_failed(&serve(frame, open), 1002, rule);
    }
    assert_failed(&serve("82 7f 7fffffffffffffff", open), 1009, "WS-LIM-01");
}

#[test]
fn ws_frm_09_an_echo_of_every_length() {
    for (header, len) in [("82 7d", 125), ("82 7e 007e", 126), ("82 7e ffff", 65535), ("82 7f 0000000000010000", 65536)]
    {
        let outcome = serve(&format!("{header} 61*{len} 81 00"), open);
        outcome.assert(&format!("data {}; text ", "a".repeat(len)), "");
    }
    let mut line = echo();
    line.recv(&crate::wire::masked(&octets("81 02 6869 82 00 82 7e 007e 61*126")));
    assert_eq!(hex(&line.out), hex(&octets("81 02 6869 82 00 82 7e 007e 61*126")));
}

#[test]
fn ws_msg_02_to_04_fragments() {
    assert_failed(&serve("01 01 61 81 01 62", open), 1002, "WS-MSG-02");
    serve("01 01 61 89 00 80 01 62", open).assert("text a…; ping ; +text b", "8a00");
    serve("01 00 00 00 80 00 81 00", open).assert("text ; text ", "");
}

#[test]
fn ws_msg_05_to_08_text() {
    for frame in ["81 02 c080", "81 03 eda080", "81 04 f4908080", "81 01 80", "81 01 ff"] {
        assert_failed(&serve(frame, open), 1007, "WS-MSG-05");
    }
    assert_failed(&serve("81 0e cebacf8ccf83cebaceb5 f490 6161", open), 1007, "WS-MSG-05");
    assert_failed(&serve("81 01 c3", open), 1007, "WS-MSG-07");
    serve("01 01 c3 80 01 a9 82 01 ff 81 01 00", open).assert("text <c3><a9>; data <ff>; text <00>", "");
}

#[test]
fn ws_msg_09_what_may_be_sent() {
    let mut line = open();
    let (text, data) = (Part::whole(true), Part::whole(false));
    assert_eq!(line.message(text, b"\xff"), Err(Code::Utf8));
    assert_eq!(line.message(Part { last: false, ..text }, b"\xc3"), Ok(Write::Queued));
    assert_eq!(line.message(data, b"x"), Err(Code::State), "a message within a message");
    assert_eq!(line.message(Part { first: false, ..text }, b"\xa9"), Ok(Write::Queued));
    assert_eq!(line.message(data, &[b'a'; 126]), Ok(Write::Queued));
    assert_eq!(hex(&line.out), hex(&octets("01 01 c3 80 01 a9 82 7e 007e 61*126")), "nothing of what was refused");
    assert!(
        line.rig.conn.http1(&mut line.rig.ws).send(b"raw").is_err()
            && line.rig.conn.http1(&mut line.rig.ws).finish(std::iter::empty()).is_err()
    );
}

#[test]
fn ws_lim_01_and_02_limits() {
    let small = || Line::server(|config| (config.messages.message_max, config.messages.fragments_max) = (1024, 3));
    assert_failed(&serve("82 7e 0401", small), 1009, "WS-LIM-01");
    let long = serve("02 7e 03ff 61*1023 80 02 6262", small);
    assert_eq!(long.out, "880203f1");
    let many = serve("01 00 00 00 00 00 00 00", small);
    assert_failed(&many, 1008, "WS-LIM-02");
}

#[test]
fn ws_lim_04_a_full_queue_refuses_messages() {
    let mut line = Line::server(|config| (config.limits.high_water, config.limits.low_water) = (1000, 100));
    line.holds = true;
    let data = Part::whole(false);
    assert_eq!(line.message(data, &[0; 2000]), Ok(Write::Queued), "an empty queue takes one");
    assert_eq!(line.message(data, b"x"), Ok(Write::Paused));
    assert_ne!(line.state() & bits::WANT_READ, 0, "the peer is still heard");
    line.holds = false;
    line.turn();
    assert_eq!(line.log, ["Writable"]);
    assert_eq!(line.message(data, b"x"), Ok(Write::Queued));
}

#[test]
fn an_open_websocket_owns_nothing_in_the_workspace() {
    let mut line = echo();
    let heap = line.rig.ws.heap().clone();
    line.recv(&crate::wire::masked(&octets("81 02 6869")));
    let before = heap.used();
    line.recv(&crate::wire::masked(&octets("81 02 6869 01 01 61 89 00")));
    assert_eq!(heap.used(), before, "what was taken for them was given back");
}

#[test]
fn a_quiet_turn_has_one_piece_and_one_deadline() {
    let mut line = echo();
    line.recv(&[]);
    let mut lent = crate::wire::masked(&octets("81 02 6869"));
    line.rig.conn.receive(&mut line.rig.ws, lent.len(), 1005).unwrap();
    assert!(line.rig.conn.next(&mut line.rig.ws, &mut lent).unwrap().is_ok());
    assert_eq!(line.rig.conn.websocket(&mut line.rig.ws).send_message(Part::whole(true), b"hi"), Ok(Write::Queued));
    assert_eq!(line.rig.conn.next(&mut line.rig.ws, &mut lent).unwrap(), Err(wireway::conn::NotReady::Idle));
    assert_eq!(line.rig.conn.shown(&line.rig.ws).last_piece().map(hex), Some("81026869".into()));
    assert_eq!(line.rig.conn.sent_all(&mut line.rig.ws, 1007), 1005 + 30_000);
    assert_eq!(line.state(), bits::WANT_READ);
}
