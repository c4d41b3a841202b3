//! Messages made once and sent often.

use wireway::conn::{Prepared, Write};
use wireway::error::Code;
use wireway::websocket::machine::Part;

use crate::line::Line;
#[cfg(feature = "deflate")]
use crate::outcome::be_served;
use crate::wire::{hex, unmasked};

fn send(line: &mut Line, message: &Prepared) -> Vec<u8> {
    assert_eq!(line.rig.conn.websocket(&mut line.rig.ws).send_prepared(message), Ok(Write::Queued));
    line.send();
    line.take_out()
}

fn refused(part: Part, octets: &[u8]) -> Option<Code> {
    Prepared::new(part, octets).err().map(|error| error.code())
}

#[test]
fn a_prepared_message_is_the_message() {
    let message = Prepared::new(Part::whole(true), b"Hello").unwrap();
    let mut server = Line::server(|_| {});
    assert_eq!(hex(&send(&mut server, &message)).repeat(2), "810548656c6c6f".repeat(2));
    let mut client = Line::client(|_| {});
    let (one, other) = (send(&mut client, &message), send(&mut client, &message));
    assert_eq!((hex(&unmasked(&one)), hex(&unmasked(&other))), ("810548656c6c6f".into(), "810548656c6c6f".into()));
    assert_ne!(one, other, "each frame has a key of its own");
    assert_eq!(refused(Part::whole(true), b"\xff"), Some(Code::Utf8));
    for part in [Part { first: false, ..Part::whole(true) }, Part { last: false, ..Part::whole(true) }] {
        assert_eq!(refused(part, b"Hello"), Some(Code::Argument));
    }
}

#[test]
fn a_prepared_message_keeps_the_rules() {
    let message = Prepared::new(Part::whole(false), b"x").unwrap();
    let mut line = Line::server(|_| {});
    line.message(Part { last: false, ..Part::whole(true) }, b"a").unwrap();
    assert_eq!(line.rig.conn.websocket(&mut line.rig.ws).send_prepared(&message).unwrap_err().code(), Code::State);
    line.rig.conn.websocket(&mut line.rig.ws).close(1000, b"").unwrap();
    assert_eq!(line.rig.conn.websocket(&mut line.rig.ws).send_prepared(&message).unwrap_err().code(), Code::WsClosing);
    let mut line = Line::server(|config| config.limits.high_water = 10);
    line.holds = true;
    line.message(Part::whole(true), &[0x61; 20]).unwrap();
    assert_eq!(line.rig.conn.websocket(&mut line.rig.ws).send_prepared(&message), Ok(Write::Paused));
}

#[cfg(feature = "deflate")]
#[test]
fn a_prepared_message_is_compressed_once() {
    let on = |config: &mut wireway::conn::Config| config.deflate.enabled = true;
    let packed = Part { compressed: true, ..Part::whole(true) };
    let message = Prepared::new(packed, &[0x61; 1000]).unwrap();
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
    let random = Prepared::new(Part { text: false, ..packed }, &random).unwrap();
    assert_eq!(send(&mut server, &random).len(), 260, "not where it is no shorter");
    let plain = Prepared::new(Part::whole(true), &[0x61; 1000]).unwrap();
    assert_eq!(send(&mut server, &plain).len(), 1004, "not where its maker does not want it");
}

/// It is compressed for the first connection that may have it so, at the level of that one, and for no other.
#[cfg(feature = "deflate")]
#[test]
fn one_message_goes_out_on_many_connections_and_threads() {
    let text: String = (0..300).map(|n| format!("{}-{} ", n * 7 % 13, n % 5)).collect();
    let message = Prepared::new(Part { compressed: true, ..Part::whole(true) }, text.as_bytes()).unwrap();
    let on = |level| {
        move |config: &mut wireway::conn::Config| (config.deflate.enabled, config.deflate.level) = (true, level)
    };
    let first = send(&mut Line::server_of("permessage-deflate", on(1)), &message);
    assert!(first.len() < text.len() && first[0] == 0xc1);
    std::thread::scope(|scope| {
        for level in [9, 6, 1] {
            let message = &message;
            let other = move || send(&mut Line::server_of("permessage-deflate", on(level)), message);
            assert_eq!(scope.spawn(other).join().unwrap(), first, "level {level} would make another of it");
        }
    });
}

/// Compressing takes more memory than the connection may have: the message goes out as it is, and compressed where there is more.
#[cfg(feature = "deflate")]
#[test]
fn without_memory_to_compress_it_the_message_is_plain() {
    let on = |config: &mut wireway::conn::Config| config.deflate.enabled = true;
    let message = Prepared::new(Part { compressed: true, ..Part::whole(true) }, &[0x61; 1000]).unwrap();
    let mut line = Line::server_of("permessage-deflate", on);
    let heap = line.rig.ws.heap().clone();
    let all = heap.reserve((1 << 28) - heap.used() - 4096).unwrap();
    assert_eq!(send(&mut line, &message).len(), 1004);
    drop(all);
    assert!(send(&mut line, &message).len() < 50);
}
