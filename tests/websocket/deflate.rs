//! WS-PMD and the terms of WS-EXT on a connection.

use wireway::conn::{Config, Write};
use wireway::websocket::machine::Part;

use crate::line::Line;
use crate::outcome::{Outcome, be_served, serve};
use crate::random::Random;
use crate::wire::{hex, masked, octets, unmasked};

const OFFER: &str = "permessage-deflate; client_max_window_bits";
const NO_TAKEOVER: &str = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

pub fn on(config: &mut Config) {
    config.deflate.enabled = true;
}

pub fn open() -> Line {
    Line::server_of(OFFER, on)
}

pub fn forgetful() -> Line {
    Line::server_of(NO_TAKEOVER, on)
}

pub fn client() -> Line {
    Line::client_of("Sec-WebSocket-Extensions: permessage-deflate\r\n", on)
}

pub fn assert_failed(outcome: &Outcome, error: &str) {
    assert_eq!(outcome.log.last().unwrap(), error);
}

pub const PACKED: Part = Part { compressed: true, ..Part::whole(true) };

#[test]
fn ws_pmd_01_and_02_rsv1() {
    assert_failed(&serve("41 03 f248cd c0 04 c9c90700", open), "error WsFrame 1002 WS-PMD-01");
    for frame in ["c9 00", "c8 00"] {
        serve(frame, open).assert("error WsFrame 1002 WS-PMD-01", "8802 03ea");
    }
    serve("81 05 48656c6c6f", open).assert("text Hello", "");
    // Where it was switched off, or not offered.
    serve("c1 00", || Line::server_of(OFFER, |_| {})).assert("error WsFrame 1002 WS-FRM-07", "8802 03ea");
    serve("c1 00", || Line::server(on)).assert("error WsFrame 1002 WS-FRM-07", "8802 03ea");
}

#[test]
fn ws_pmd_03_hello_in_one_frame_and_in_two() {
    serve("c1 07 f248cdc9c90700", open).assert("text Hello", "");
    serve("41 03 f248cd 89 00 80 04 c9c90700", open);
    serve("41 03 f248cd 80 04 c9c90700", open).assert("text Hello", "");
    be_served("c1 07 f248cdc9c90700", client).assert("text Hello", "");
    let mut line = open();
    line.message(PACKED, b"Hello").unwrap();
    assert_eq!(hex(&line.take_out()), "c107f248cdc9c90700");
}

#[test]
fn ws_pmd_04_the_window_lives_or_does_not() {
    serve("c1 07 f248cdc9c90700 c1 05 f200110000", open).assert("text Hello; text Hello", "");
    assert_failed(&serve("c1 07 f248cdc9c90700 c1 05 f200110000", forgetful), "error WsDeflate 1007 WS-PMD-08");
    let twice = |mut line: Line| {
        line.message(PACKED, b"Hello").unwrap();
        line.message(PACKED, b"Hello").unwrap();
        hex(&line.take_out())
    };
    assert_eq!(twice(open()), "c107f248cdc9c90700c105f200110000");
    assert_eq!(twice(forgetful()), "c107f248cdc9c90700c107f248cdc9c90700");
}

#[test]
fn ws_ext_10_an_answer_binds_the_client() {
    let mut line = Line::client_of("Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n", on);
    line.message(PACKED, b"Hello").unwrap();
    line.message(PACKED, b"Hello").unwrap();
    assert_eq!(hex(&unmasked(&line.take_out())), "c107f248cdc9c90700".repeat(2));
}

#[test]
fn ws_pmd_05_empty_messages() {
    serve("c1 01 00 c1 00 c2 00", open).assert("text ; text ; data ", "");
    serve("41 00 00 00 80 00 81 01 61", open).assert("text ; text a", "");
    let mut line = open();
    line.message(PACKED, b"").unwrap();
    assert_eq!(hex(&line.take_out()), "c10100");
}

#[test]
fn ws_pmd_06_any_blocks() {
    for frame in ["c1 0b 000500faff48656c6c6f00", "c1 08 f348cdc9c9070000", "c1 0d f248050000 00ffffcac9c90700"] {
        let both = format!("{frame} c1 07 f248cdc9c90700");
        serve(&both, open).assert("text Hello; text Hello", "");
    }
}

/// A message of `len` zeros, compressed.
pub fn zeros(len: usize) -> Vec<u8> {
    let mut line = open();
    line.message(Part { text: false, ..PACKED }, &vec![0; len]).unwrap();
    line.take_out()
}

#[test]
fn ws_pmd_07_inflating_stops_at_the_limit() {
    let small =
        || Line::server_of(OFFER, |config| (config.deflate.enabled, config.messages.message_max) = (true, 1024));
    let bomb = hex(&zeros(65_536));
    let outcome = serve(&bomb, small);
    assert_failed(&outcome, "error TooLarge 1009 WS-PMD-07");
    assert_eq!(outcome.log[0], format!("data {}…", "<00>".repeat(1024)), "and what was allowed was shown");
    let mut line = small();
    let before = line.rig.ws.heap().used();
    line.recv(&masked(&octets(&bomb)));
    assert!(line.rig.ws.heap().used() < before + 100_000);
    // Over all fragments.
    let two = hex(&zeros(600));
    assert_eq!(serve(&two.repeat(2), small).log.len(), 2, "each is within the limit");
    // What fits is delivered, however long it is.
    let outcome = serve(&hex(&zeros(200_000)), open);
    assert_eq!(outcome.log, [format!("data {}", "<00>".repeat(200_000))]);
}

#[test]
fn ws_pmd_08_what_does_not_inflate() {
    for frame in ["c1 01 ff", "c1 05 f200110000", "c1 02 f248"] {
        let outcome = serve(frame, open);
        assert!(outcome.log.last().unwrap().starts_with("error WsDeflate 1007 "), "{frame}: {outcome:?}");
        assert_eq!(outcome.out, "880203ef");
    }
}

#[test]
fn ws_pmd_09_text_is_looked_at_when_it_is_inflated() {
    assert_failed(&serve("c1 03 fa0f00", open), "error WsText 1007 WS-MSG-05");
    serve("c2 03 fa0f00", open).assert("data <ff>", "");
}

#[test]
fn ws_pmd_10_by_message() {
    let mut line = open();
    line.message(Part::whole(true), b"secret").unwrap();
    assert_eq!(hex(&line.take_out())[..4], *"8106");
    // A message in parts, with one in each frame.
    for (first, last, octets) in [(true, false, &b"Hel"[..]), (false, false, b""), (false, true, b"lo")] {
        assert_eq!(line.message(Part { first, last, ..PACKED }, octets), Ok(Write::Queued));
    }
    let out = line.take_out();
    assert_eq!((out[0], be_served(&hex(&out), client).log), (0x41, vec!["text Hello".to_string()]));
}

#[test]
fn ws_close_06_compressed_messages_behind_our_close() {
    let closing = || {
        let mut line = open();
        line.rig.conn.websocket(&mut line.rig.ws).close(1000, b"").unwrap();
        line
    };
    serve("c1 07 f248cdc9c90700 88 00", closing).assert("close 1005 ", "88 02 03e8");
}

#[test]
fn an_echo_of_everything_at_every_cut() {
    let message = |text: &str| {
        let mut line = client();
        line.message(PACKED, text.as_bytes()).unwrap();
        hex(&unmasked(&line.take_out()))
    };
    let long = "wireway ".repeat(5_000);
    for text in ["", "a", &long] {
        let mut line = forgetful();
        line.echoes = true;
        line.recv(&masked(&octets(&message(text))));
        let echoed = hex(&line.take_out());
        let heard = be_served(&echoed, client);
        assert_eq!(heard.log, [format!("text {}", text.replace(' ', "<20>"))]);
    }
}

#[test]
fn an_idle_forgetful_websocket_owns_nothing() {
    let mut line = forgetful();
    line.echoes = true;
    let hello = masked(&octets("c1 07 f248cdc9c90700"));
    line.recv(&hello);
    let heap = line.rig.ws.heap().clone();
    let before = heap.used();
    for _ in 0..100 {
        line.recv(&hello);
    }
    assert_eq!(heap.used(), before, "the same codecs again and again");
}

/// What does not compress leaves the compressor's memory only when it must: each part is to have room for its own, the empty last one too.
#[test]
fn parts_that_do_not_compress_have_room() {
    let mut random = Random::new(1);
    let noise: Vec<u8> = (0..60_000).map(|_| b'0' + random.octet() % 64).collect();
    let mut line = open();
    let mut wire = Vec::new();
    let pieces = noise.chunks(16_384).chain([&b""[..]]);
    let count = pieces.clone().count();
    for (number, piece) in pieces.enumerate() {
        let part = Part { text: true, first: number == 0, last: number + 1 == count, compressed: true };
        line.message(part, piece).unwrap();
        wire.extend(line.take_out());
    }
    let mut peer = client();
    peer.recv(&wire);
    assert_eq!(peer.log.concat().len(), "text ".len() + noise.len());
}
