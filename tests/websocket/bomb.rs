//! WS-PMD-07: a message of 1 MiB that inflates to 1 GiB. What it may cost is a budget of the workspace: with less, the error
//! would be another one.

use std::rc::Rc;

use wireway::conn::{Accept, Config, Conn, Delivery, Event, Workspace, Write, bits};
use wireway::error::{Code, Error};
use wireway::http1::machine::Role;
use wireway::memory::Heap;
use wireway::websocket::machine::Part;
use wireway::websocket::mask::unmask;

use crate::deflate::zeros;
use crate::notation::KEY;
use crate::wire::{REQUEST, octets};

const MIB: usize = 1 << 20;
const OFFER: &[u8] = b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";

/// A frame whose content inflates to 1 GiB of zeros: a stretch of them, which ends at an octet, over and over.
fn bomb() -> Vec<u8> {
    let one = zeros(MIB);
    let stretch = [&one[4..], &octets("0000ffff")].concat();
    let mut content = stretch.repeat(1024);
    let mut wire = octets("c2 ff");
    wire.extend((content.len() as u64).to_be_bytes());
    wire.extend(KEY);
    unmask(&mut content, KEY, 0);
    wire.extend(content);
    wire
}

/// What a server in so much memory shows of it: octets, and the error at their end.
fn serve(wire: &[u8], budget: usize, change: impl FnOnce(&mut Config)) -> (usize, Option<Error>) {
    let mut ws = Workspace::new(Heap::new(budget), usize::MAX);
    let mut config = Config::new(Role::Server);
    config.deflate.enabled = true;
    change(&mut config);
    let mut conn = Conn::new(Rc::new(config), 0).unwrap();
    let mut shown = 0;
    for piece in [REQUEST, OFFER].into_iter().chain(wire.chunks(1 << 16)) {
        let mut lent = piece.to_vec();
        if conn.state(&ws) & bits::WANT_READ == 0 || conn.receive(&mut ws, lent.len(), 0).is_err() {
            break;
        }
        while let Ok(Ok(event)) = conn.next(&mut ws, &mut lent) {
            shown += answer(&mut conn, &mut ws, event);
        }
    }
    conn.release(&mut ws);
    (shown, conn.error())
}

/// Sends back what a message's event shows, in a queue that nobody empties; how many octets it shows.
fn answer(conn: &mut Conn, ws: &mut Workspace, event: Event) -> usize {
    match event {
        Event::Request { .. } => {
            let accept = Accept { deflate: true, ..Accept::default() };
            conn.websocket(ws).accept(&accept, std::iter::empty()).unwrap();
            0
        }
        Event::Message { text, first, last, .. } => {
            let octets = conn.shown(ws).scratch().to_vec();
            let sent = conn.websocket(ws).send_message(Part { text, first, last, compressed: true }, &octets);
            // The last stretch may come with the fault behind it.
            assert!(sent == Ok(Write::Queued) || conn.error().is_some(), "{sent:?}");
            octets.len()
        }
        _ => 0,
    }
}

/// Of what a connection takes beside a message: an inflater, a deflater, a stretch and what it is compressed to, the head.
const ROOM: usize = 600_000;

fn check(limit: usize, delivery: Delivery, budget: usize) {
    let (shown, error) = serve(&bomb(), budget, |config| {
        (config.delivery, config.messages.message_max) = (delivery, limit as u64);
    });
    let whole = delivery == Delivery::Whole;
    let fault = error.expect("the message is too long").fault;
    assert_eq!((fault.code, fault.status, fault.rule), (Code::TooLarge, 1009, c"WS-PMD-07"), "{limit} {whole}");
    assert_eq!(shown, if whole { 0 } else { limit }, "what was allowed was shown, unless it was to be whole");
}

#[test]
fn ws_pmd_07_in_parts_a_bomb_costs_a_stretch() {
    for limit in [MIB, MIB + 70_000, 8 * MIB] {
        check(limit, Delivery::Parts, ROOM);
    }
}

#[test]
fn ws_pmd_07_a_whole_message_costs_its_limit_and_what_came() {
    // What cannot be inflated ahead waits as it came, in memory that grows by doubling.
    let waiting = 2 * bomb().len();
    for limit in [MIB / 16, MIB, MIB + 70_000, 4 * MIB] {
        check(limit, Delivery::Whole, limit + waiting + ROOM);
    }
}
