//! Messages made once and sent often.

use wireway::conn::{Prepared, Write};
use wireway::error::Code;
use wireway::websocket::machine::Part;

use crate::line::Line;
#[cfg(feature = "deflate")]
use crate::outcome::be_served;
use crate::wire::{hex, unmasked};

fn send(line: &mut Line, message: &Prepared) -> Vec<u8> {
    assert_eq!(line.conn.send_prepared(&mut line.ws, message), Ok(Write::Queued));
    line.send();
    line.take_out()
}

#[test]
fn a_prepared_message_is_the_message() {
    let message = Prepared::new(true, b"Hello", 0).unwrap();
    let mut server = Line::server(|_| {});
    assert_eq!(hex(&send(&mut server, &message)).repeat(2), "810548656c6c6f".repeat(2));
    let mut client = Line::client(|_| {});
    let (one, other) = (send(&mut client, &message), send(&mut client, &message));
    assert_eq!((hex(&unmasked(&one)), hex(&unmasked(&other))), ("810548656c6c6f".into(), "810548656c6c6f".into()));
    assert_ne!(one, other, "each frame has a key of its own");
    assert_eq!(Prepared::new(true, b"\xff", 0).err().map(|error| error.code()), Some(Code::Utf8));
}

#[test]
fn a_prepared_message_keeps_the_rules() {
    let message = Prepared::new(false, b"x", 0).unwrap();
    let mut line = Line::server(|_| {});
    line.message(Part { last: false, ..Part::whole(true) }, b"a").unwrap();
    assert_eq!(line.conn.send_prepared(&mut line.ws, &message).unwrap_err().code(), Code::State);
    line.conn.close(&mut line.ws, 1000, b"").unwrap();
    assert_eq!(line.conn.send_prepared(&mut line.ws, &message).unwrap_err().code(), Code::WsClosing);
    let mut line = Line::server(|config| config.limits.high_water = 10);
    line.holds = true;
    line.message(Part::whole(true), &[b'a'; 20]).unwrap();
    assert_eq!(line.conn.send_prepared(&mut line.ws, &message), Ok(Write::Paused));
}

#[cfg(feature = "deflate")]
#[test]
fn a_prepared_message_is_compressed_once() {
    let on = |config: &mut wireway::conn::Config| config.deflate.enabled = true;
    let message = Prepared::new(true, &[b'a'; 1000], 6).unwrap();
    let packed = Part { compressed: true, ..Part::whole(true) };
    let mut server = Line::server_of("permessage-deflate", on);
    // In between others, whose window must stay that of the peer.
    let mut out = Vec::new();
    for _ in 0..2 {
        server.message(packed, b"Hello").unwrap();
        out.extend(send(&mut server, &message));
    }
    out.extend(server.take_out());
    assert!(out.len() < 100, "compressed");
    let client = || Line::client_of("Sec-WebSocket-Extensions: permessage-deflate\r\n", on);
    let long = format!("text {}", "a".repeat(1000));
    assert_eq!(be_served(&hex(&out), client).log, ["text Hello", &long, "text Hello", &long]);
    // Not where it was not agreed on, nor where the window is too small for it.
    assert_eq!(send(&mut Line::server(on), &message).len(), 1004);
    let mut small = Line::server_of("permessage-deflate; server_max_window_bits=9", on);
    assert_eq!(send(&mut small, &message).len(), 1004);
    let random: Vec<u8> = (0..=255).collect();
    assert_eq!(send(&mut server, &Prepared::new(false, &random, 9).unwrap()).len(), 260, "not where it is no shorter");
    assert!(Prepared::new(false, &random, 10).is_err());
}
