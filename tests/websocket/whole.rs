//! Messages delivered whole.

use crate::line::{CONNECT, Line};
use crate::outcome::serve;
#[cfg(feature = "deflate")]
use crate::wire::hex;
use crate::wire::{REQUEST, masked, octets};
use wireway::conn::{Accept, Config, Connect, Delivery, Event, Window, Write};
use wireway::error::Code;
use wireway::http1::machine::Role;

fn whole() -> Line {
    Line::server(|config| (config.delivery, config.messages.message_max) = (Delivery::Whole, 1000))
}

/// How many message events a server has for these frames, octet by octet.
fn events(line: &mut Line, wire: &[u8]) -> usize {
    let mut count = 0;
    for octet in wire {
        let mut lent = [*octet];
        line.rig.conn.receive(&mut line.rig.ws, 1, line.rig.now).unwrap();
        while let Ok(event) = line.rig.conn.next(&mut line.rig.ws, &mut lent).unwrap() {
            let Event::Message { first, last, .. } = event else { continue };
            assert!(first && last);
            count += 1;
        }
    }
    count
}

/// The events of a message of two frames that come at once: `m` for one that is whole, `p` for a part.
fn kinds(line: &mut Line, wire: &[u8]) -> String {
    let mut lent = wire.to_vec();
    line.rig.conn.receive(&mut line.rig.ws, lent.len(), line.rig.now).unwrap();
    let mut kinds = String::new();
    while let Ok(event) = line.rig.conn.next(&mut line.rig.ws, &mut lent).unwrap() {
        let Event::Message { first, last, .. } = event else { panic!("{event:?}") };
        kinds.push(if first && last { 'm' } else { 'p' });
    }
    kinds
}

/// What a config and a handshake ask for, and how messages come then.
const ASKED: [(Delivery, Option<Delivery>, &str); 6] = [
    (Delivery::Whole, None, "mm"),
    (Delivery::Whole, Some(Delivery::Whole), "mm"),
    (Delivery::Whole, Some(Delivery::Parts), "ppm"),
    (Delivery::Parts, None, "ppm"),
    (Delivery::Parts, Some(Delivery::Parts), "ppm"),
    (Delivery::Parts, Some(Delivery::Whole), "mm"),
];
const TWO: &str = "01 01 61 80 01 62 82 02 6869";

#[test]
fn a_handshake_decides_for_its_connection() {
    for (config, asked, expected) in ASKED {
        let mut server = Line::new(Role::Server, |line| line.delivery = config);
        server.recv(&[REQUEST, b"\r\n"].concat());
        server.accept(&Accept { delivery: asked, ..Accept::default() }).unwrap();
        server.turn();
        assert_eq!(kinds(&mut server, &masked(&octets(TWO))), expected, "server {config:?} {asked:?}");
        let connect = Connect { delivery: asked, ..CONNECT };
        let (mut client, _, answer) = Line::asking(|line| line.delivery = config, &connect);
        client.recv((answer + "\r\n").as_bytes());
        assert_eq!(kinds(&mut client, &octets(TWO)), expected, "client {config:?} {asked:?}");
    }
    assert_eq!(Config::new(Role::Server).delivery, Delivery::Whole);
}

#[test]
fn ws_lim_01_a_handshake_cannot_ask_for_what_no_event_can_show() {
    let huge = |config: &mut Config| config.messages.message_max = u64::MAX;
    let mut server = Line::new(Role::Server, huge);
    server.recv(&[REQUEST, b"\r\n"].concat());
    let whole = Accept { delivery: Some(Delivery::Whole), ..Accept::default() };
    assert_eq!(server.accept(&whole).unwrap_err().code(), Code::Argument);
    assert_eq!(server.accept(&Accept::default()), Ok(Write::Queued), "nothing was done");
    let mut client = Line::new(Role::Client, huge);
    let connect = Connect { delivery: Some(Delivery::Whole), ..CONNECT };
    let asked = client.rig.conn.websocket(&mut client.rig.ws).request(&connect, std::iter::empty());
    assert_eq!(asked.unwrap_err().code(), Code::Argument);
    assert_eq!(client.rig.conn.queued(), 0);
}

#[test]
fn what_came_whole_lies_where_it_was_received() {
    let mut line = whole();
    let before = line.rig.ws.heap().used();
    let mut lent = masked(&octets("82 7e 0300 61*768 81 02 6869 82 7e 0100 62*256"));
    line.rig.conn.receive(&mut line.rig.ws, lent.len(), line.rig.now).unwrap();
    for (offset, len) in [(8, 768), (782, 2), (792, 256)] {
        let event = line.rig.conn.next(&mut line.rig.ws, &mut lent).unwrap().unwrap();
        let Event::Message { span, first: true, last: true, .. } = event else { panic!("{event:?}") };
        assert_eq!((span.window, span.offset, span.len), (Window::Lent, offset, len));
    }
    assert_eq!(line.rig.ws.heap().used(), before);
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
    let heap = line.rig.ws.heap().clone();
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
        Line::server_of("permessage-deflate", |config| {
            (config.delivery, config.deflate.enabled) = (Delivery::Whole, true);
        })
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
