//! Windows of permessage-deflate: how small they may be, and what does not end them.

use wireway::websocket::machine::Part;

use crate::deflate::{PACKED, assert_failed, client, forgetful, on, open};
use crate::line::Line;
use crate::outcome::{be_served, serve};
use crate::wire::{hex, masked, octets, unmasked};

/// What a message before refers to is behind a block with BFINAL, or in it.
#[test]
fn ws_pmd_06_the_window_outlives_a_final_block() {
    for frame in ["c1 0b 000500faff48656c6c6f00", "c1 0b 010500faff48656c6c6f00", "c1 08 f348cdc9c9070000"] {
        let both = format!("{frame} c1 05 f200110000");
        serve(&both, open).assert("text Hello; text Hello", "");
        be_served(&both, client).assert("text Hello; text Hello", "");
        assert_failed(&serve(&both, forgetful), "error WsDeflate 1007 WS-PMD-08");
    }
    // In one message, over fragments that are cut anywhere.
    for cut in 1..12 {
        let payload = "f348cdc9c90700f200110000";
        let (first, rest) = payload.split_at(2 * cut);
        let frames = format!("41 {cut:02x} {first} 80 {:02x} {rest}", 12 - cut);
        serve(&frames, open).assert("text HelloHello", "");
    }
}

/// Blocks of two octets that write nothing, behind a full window: no limit of size meets them, what they cost does.
#[test]
fn ws_pmd_07_empty_final_blocks_are_refused() {
    let window = format!("c2 7e 8006 000080ff7f {} 00", "77".repeat(1 << 15));
    let mut line = open();
    line.recv(&masked(&octets(&window)));
    // One at the end of each message is how some compress.
    for _ in 0..100 {
        line.recv(&masked(&octets("c2 03 030000")));
    }
    assert!(!line.log.iter().any(|event| event.starts_with("error")), "{:?}", line.log.last());
    line.recv(&masked(&octets(&format!("c2 7e 0080 {}", "0300".repeat(64)))));
    assert_eq!(line.log.last().unwrap(), "error TooLarge 1008 WS-PMD-07");
    assert!(hex(&line.take_out()).ends_with("880203f0"), "the peer is told 1008");
}

#[test]
fn ws_ext_12_windows_of_8_bits() {
    let answer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=8\r\n";
    let mut line = Line::client_of(answer, on);
    let long = "wireway ".repeat(100);
    for text in ["Hello", &long, "xxxxxxxxxxxxxxxxxxxxxxxx", ""] {
        line.message(PACKED, text.as_bytes()).unwrap();
    }
    let frames = hex(&unmasked(&line.take_out()));
    let small = || Line::server_of("permessage-deflate; client_max_window_bits=8", on);
    let expected = format!("text Hello; text {long}; text xxxxxxxxxxxxxxxxxxxxxxxx; text ");
    let outcome = serve(&frames, small);
    assert_eq!(
        outcome.log.join("; "),
        expected.replace(' ', "<20>").replace("text<20>", "text ").replace(";<20>", "; ")
    );
    // The other way about; and what refers farther than it may is refused by this side.
    let mut line = Line::server_of("permessage-deflate; server_max_window_bits=8", on);
    line.message(PACKED, long.as_bytes()).unwrap();
    let frames = hex(&line.take_out());
    let hears = || Line::client_of("Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=8\r\n", on);
    assert_eq!(be_served(&frames, hears).log.len(), 1);
    let mut far = (0..300u32).map(|at| (at * at / 7 % 251) as u8).collect::<Vec<_>>();
    far.extend_from_within(..100);
    let mut line = client();
    line.message(Part { text: false, ..PACKED }, &far).unwrap();
    let mut server = small();
    server.recv(&line.take_out());
    assert_eq!(server.log.last().unwrap(), "error WsDeflate 1007 WS-PMD-08");
}
