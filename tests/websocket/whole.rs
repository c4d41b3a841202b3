//! Messages delivered whole.

use crate::line::Line;
use crate::outcome::serve;
#[cfg(feature = "deflate")]
use crate::wire::hex;
use crate::wire::{masked, octets};

fn whole() -> Line {
    Line::server(|config| (config.whole_messages, config.messages.message_max) = (true, 1000))
}

/// How many message events a server has for these frames, octet by octet.
fn events(line: &mut Line, wire: &[u8]) -> usize {
    let mut count = 0;
    for octet in wire {
        let mut lent = [*octet];
        line.conn.receive(&mut line.ws, 1, line.now).unwrap();
        while let Ok(event) = line.conn.next(&mut line.ws, &mut lent).unwrap() {
            let wireway::conn::Event::Message { first, last, .. } = event else { continue };
            assert!(first && last);
            count += 1;
        }
    }
    count
}

#[test]
fn parts_are_put_together() {
    let frames = "01 02 6161 89 00 00 00 80 01 62 81 03 616263 82 00";
    serve(frames, whole).assert("ping ; text aab; text abc; data ", "8a00");
    let mut line = whole();
    assert_eq!(events(&mut line, &masked(&octets(frames))), 3);
}

#[test]
fn what_is_put_together_is_bounded_and_given_back() {
    let mut line = whole();
    let heap = line.ws.heap().clone();
    line.recv(&masked(&octets("02 7e 0300 61*768")));
    assert!(line.log.is_empty());
    line.recv(&masked(&octets("80 01 62")));
    let before = heap.used();
    for _ in 0..10 {
        line.recv(&masked(&octets("02 7e 0300 61*768 80 01 62")));
    }
    assert_eq!((line.log.len(), heap.used()), (11, before));
    line.recv(&masked(&octets("02 7e 0300 61*768 80 7e 0300")));
    assert_eq!(line.log.last().unwrap(), "error TooLarge 1009 WS-LIM-01");
    // A message that is not completed leaves nothing behind; `Line` looks after it.
    let mut line = whole();
    line.recv(&masked(&octets("02 01 61")));
    line.recv(&masked(&octets("88 00")));
    assert_eq!(line.log, ["close 1005 "]);
}

#[cfg(feature = "deflate")]
#[test]
fn compressed_messages_are_put_together() {
    let whole = || {
        Line::server_of("permessage-deflate", |config| (config.whole_messages, config.deflate.enabled) = (true, true))
    };
    serve("41 03 f248cd 89 00 80 04 c9c90700 c1 05 f200110000", whole).assert("ping ; text Hello; text Hello", "8a00");
    let mut line = whole();
    assert_eq!(events(&mut line, &masked(&octets("41 03 f248cd 80 04 c9c90700"))), 1);
    let mut other = whole();
    let part =
        wireway::websocket::machine::Part { compressed: true, ..wireway::websocket::machine::Part::whole(false) };
    other.message(part, &[b'z'; 100_000]).unwrap();
    let wire = other.take_out();
    assert_eq!(events(&mut line, &masked(&wire)), 1);
    assert_eq!(serve(&hex(&wire), whole).log, [format!("data {}", "z".repeat(100_000))]);
}
