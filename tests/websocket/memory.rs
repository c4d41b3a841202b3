//! Every allocation that can fail does once.

use std::rc::Rc;

use wireway::conn::{Accept, Config, Conn, Event, Workspace};
use wireway::http1::machine::Role;
use wireway::memory::Heap;
use wireway::websocket::machine::Part;

use crate::wire::{REQUEST, masked, octets};

const OFFER: &[u8] = b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
const FRAMES: &str = "81 02 6869 01 01 61 89 01 70 80 01 62 c1 07 f248cdc9c90700 88 00";

/// A conversation, octet by octet, in so much memory; how many messages came through.
fn converse(heap: &Heap) -> usize {
    let mut ws = Workspace::new(heap.clone(), 1 << 20);
    let mut config = Config::new(Role::Server);
    config.deflate.enabled = true;
    let mut conn = Conn::new(Rc::new(config), 0).unwrap();
    let mut messages = 0;
    for octet in [REQUEST, OFFER, &masked(&octets(FRAMES))].concat() {
        let mut lent = [octet];
        if conn.receive(&mut ws, 1, 0).is_err() {
            break;
        }
        while let Ok(Ok(event)) = conn.next(&mut ws, &mut lent) {
            match event {
                Event::Request { .. } => {
                    let accept = Accept { deflate: true, ..Accept::default() };
                    let _ = conn.websocket(&mut ws).accept(&accept, std::iter::empty());
                }
                Event::Message { .. } => {
                    messages += 1;
                    let _ =
                        conn.websocket(&mut ws).send_message(Part { compressed: true, ..Part::whole(true) }, b"Hello");
                }
                _ => {}
            }
        }
    }
    conn.release(&mut ws);
    messages
}

#[test]
fn memory_that_runs_out_anywhere_comes_back() {
    let most = 1 << 20;
    let mut results = Vec::new();
    for budget in (0..most).step_by(1500) {
        let heap = Heap::new(budget);
        results.push(converse(&heap));
        assert_eq!(heap.used(), 0, "with {budget} octets");
    }
    assert_eq!((results[0], *results.last().unwrap()), (0, if cfg!(feature = "deflate") { 3 } else { 2 }));
}
