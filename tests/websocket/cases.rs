//! `tests/cases/websocket.txt` on the Rust connection, and WS-FRM-05.

use crate::frames_file::cases;
use crate::line::Line;
use crate::outcome::{be_served, serve};
use crate::wire::{hex, octets, unmasked};
use wireway::conn::{Config, Delivery, Write};
use wireway::websocket::machine::Part;

fn run(row: &str) {
    let cases: Vec<_> = cases().into_iter().filter(|case| case.row == row).collect();
    assert!(!cases.is_empty(), "{row} has no case");
    for case in cases {
        let change = |config: &mut Config| {
            config.delivery = if case.how.contains(' ') { Delivery::Parts } else { Delivery::Whole };
            if case.how.ends_with("huge") {
                (config.messages.message_max, config.messages.frame_max) = (u64::MAX, u64::MAX);
            }
        };
        let outcome = match case.how.starts_with("client") {
            true => be_served(&case.frames, || Line::client(change)),
            false => serve(&case.frames, || Line::server(change)),
        };
        let log: Vec<String> = outcome.log.iter().map(|line| without_code(line)).collect();
        let events = log.join("; ").replace('…', "...");
        assert_eq!((events.trim_end(), &*outcome.out), (&*case.events, &*case.out), "{}", case.place);
    }
}

/// `error TooLarge 1009 WS-LIM-01` without the name of its code, which C does not have.
fn without_code(line: &str) -> String {
    match line.strip_prefix("error ").and_then(|rest| rest.split_once(' ')) {
        Some((_, rest)) => format!("error {rest}"),
        None => line.into(),
    }
}

#[test]
fn ws_frm_12() {
    run("WS-FRM-12");
}

#[test]
fn ws_ctl_04() {
    run("WS-CTL-04");
}

#[test]
fn ws_close_12() {
    run("WS-CLOSE-12");
}

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
