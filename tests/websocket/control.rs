//! WS-CTL and the clocks of WS-LIM-03.

use wireway::error::Code;
use wireway::websocket::machine::Part;

use crate::line::Line;
use crate::outcome::serve;
use crate::wire::{hex, masked, octets};

fn open() -> Line {
    Line::server(|_| {})
}

#[test]
fn ws_ctl_03_and_04_pings_are_answered_and_pongs_are_not() {
    serve("89 05 48656c6c6f 8a 03 616263", open).assert("ping Hello; pong abc", "8a05 48656c6c6f");
    serve("89 7d 61*125", open).assert(&format!("ping {}", "a".repeat(125)), &format!("8a7d {}", "61".repeat(125)));
}

#[test]
fn ws_ctl_05_and_ws_lim_04_pongs_are_bounded_and_go_out_between_frames() {
    let mut line = Line::server(|config| (config.limits.high_water, config.limits.low_water) = (1000, 100));
    line.holds = true;
    line.message(Part::whole(false), &[0; 2000]).unwrap();
    let queued = line.rig.conn.queued();
    let heap = line.rig.ws.heap().used();
    for number in 0..10_000u32 {
        line.recv(&masked(&[&[0x89, 4][..], &number.to_be_bytes()].concat()));
    }
    assert_eq!(line.rig.conn.queued(), queued);
    assert!(line.rig.ws.heap().used() < heap + 20_000);
    line.log.clear();
    line.holds = false;
    line.turn();
    assert!(hex(&line.take_out()).ends_with(&format!("8a04{:08x}", 9_999)), "the latest is answered");
    assert!(line.log.is_empty(), "no write was refused");
    line.recv(&masked(&octets("89 00")));
    assert_eq!(hex(&line.take_out()), "8a00");
}

#[test]
fn our_pings() {
    let mut line = open();
    line.rig.conn.websocket(&mut line.rig.ws).ping(b"hi").unwrap();
    assert_eq!(line.rig.conn.websocket(&mut line.rig.ws).ping(&[0; 126]).unwrap_err().code(), Code::Argument);
    line.send();
    assert_eq!(hex(&line.take_out()), "89026869");
}

#[test]
fn ws_lim_03_a_silent_peer_is_pinged_and_then_closed() {
    let mut line = open();
    line.tick(29_999);
    assert!(line.out.is_empty());
    line.tick(1);
    assert_eq!(hex(&line.take_out()), "8900");
    line.tick(9_999);
    assert!(!line.is_closed());
    // An answer starts all over.
    line.recv(&masked(&octets("8a 00")));
    line.tick(29_999);
    assert!(line.out.is_empty());
    line.tick(10_001);
    assert_eq!(line.log, ["pong ", "error WsTimeout 1006 WS-LIM-03"]);
    assert!(line.is_closed());
}

#[test]
fn ws_lim_03_partial_frames_do_not_extend() {
    let mut line = open();
    // The header of a control frame, octet by octet.
    for octet in masked(&octets("89 7d")) {
        line.tick(10_000);
        line.recv(&[octet]);
    }
    assert_eq!(line.log, ["error WsTimeout 1006 WS-LIM-03"]);
    // The octets of a long message, too slowly.
    let mut line = open();
    line.recv(&masked(&octets("82 7e ffff")));
    for _ in 0..8 {
        line.tick(5_000);
        line.recv(&[0; 20]);
    }
    assert_eq!(line.log.last().unwrap(), "error WsTimeout 1006 WS-LIM-03");
    // And not too slowly.
    let mut line = open();
    line.recv(&masked(&octets("82 7e ffff")));
    for _ in 0..100 {
        line.tick(5_000);
        line.recv(&[0; 600]);
    }
    assert!(!line.is_closed() && line.out.is_empty());
}
