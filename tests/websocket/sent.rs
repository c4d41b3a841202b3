//! WS-FRM-05: what is sent is fixed by the call that sends it.

use crate::line::Line;
use crate::wire::{hex, octets, unmasked};
use wireway::conn::Write;
use wireway::websocket::machine::Part;

/// Its memory is the caller's again: it is written over before an octet goes out, and what is sent later is a frame of its own.
#[test]
fn ws_frm_05() {
    for is_client in [false, true] {
        let mut line = if is_client { Line::client(|_| {}) } else { Line::server(|_| {}) };
        line.holds = true;
        let mut text = *b"first";
        let part = Part { last: false, ..Part::whole(true) };
        assert_eq!(line.message(part, &text), Ok(Write::Queued));
        text.copy_from_slice(b"later");
        assert_eq!(line.message(Part { first: false, ..Part::whole(true) }, &text), Ok(Write::Queued));
        text.fill(b'X');
        line.holds = false;
        line.send();
        let out = line.take_out();
        let expected = hex(&octets("01 05 6669727374 80 05 6c61746572"));
        if is_client {
            assert_ne!(out[2..6], out[13..17], "a key of its own");
            assert_eq!(hex(&unmasked(&out)), expected);
        } else {
            assert_eq!(hex(&out), expected);
        }
    }
}
