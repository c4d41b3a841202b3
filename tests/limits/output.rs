//! What of our output waits, and for how long.

use wireway::conn::{Config, Response, Write, bits};
use wireway::error::Code;

use crate::phases::{amid_content, before_a_head, flushing, held, raw, websocket, with};
use crate::rig::{OK, Rig};

#[test]
fn high_water_holds_raw_octets_of_ours() {
    let mut rig = raw(|_| {});
    let octets = vec![0; 300 << 10];
    assert_eq!(rig.conn.http1(&mut rig.ws).send(&octets), Ok(Write::Queued));
    assert_eq!(rig.conn.http1(&mut rig.ws).send(b"x"), Ok(Write::Paused));
}

#[test]
fn high_water_stops_the_reading_of_content() {
    let mut rig = with(|_| {});
    rig.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nx");
    assert!(rig.is(bits::WANT_READ));
    rig.respond(Response { content: &vec![b'x'; 600_000], ..OK }).unwrap();
    assert!(!rig.is(bits::WANT_READ));
    rig.flush();
    assert!(rig.is(bits::WANT_READ));
}

#[test]
fn high_water_holds_a_response_that_is_made() {
    let mut rig = held(|_| {});
    let octets = vec![0; 300 << 10];
    assert_eq!(rig.conn.http1(&mut rig.ws).send(&octets), Ok(Write::Queued));
    assert_eq!(rig.conn.http1(&mut rig.ws).send(b"x"), Ok(Write::Paused));
}

/// All phases in which output can wait.
#[test]
fn output_max_bounds_what_is_shown_in_every_phase() {
    let ten = |config: &mut Config| config.limits.output_max = 10;
    let (mut raw, mut websocket) = (raw(ten), websocket(ten));
    raw.conn.http1(&mut raw.ws).send(&[b'x'; 100]).unwrap();
    websocket.conn.websocket(&mut websocket.ws).ping(&[b'x'; 100]).unwrap();
    for mut rig in [before_a_head(ten), amid_content(ten), held(ten), flushing(ten), raw, websocket] {
        while rig.conn.queued() > 0 {
            let mut shown = 0;
            rig.conn.shown(&rig.ws).next_pieces(|piece| {
                shown += piece.octets();
                true
            });
            assert_eq!(shown, rig.conn.queued().min(10));
            rig.send(shown);
        }
    }
}

/// All that is within it is shown at once, however many pieces that is.
#[test]
fn output_max_holds_of_all_pieces_together() {
    static LENT: [u8; 20_000] = [b'x'; 20_000];
    let mut rig = raw(|config| config.limits.output_max = 50_000);
    for token in 1..=3 {
        assert_eq!(rig.conn.http1(&mut rig.ws).send_lent(&LENT, token), Ok(Write::Queued));
    }
    let mut shown = Vec::new();
    rig.conn.shown(&rig.ws).next_pieces(|piece| {
        shown.push(piece.octets());
        true
    });
    assert_eq!(shown, [20_000, 20_000, 10_000]);
}

/// Nothing of the output is taken: the connection ends, and not before.
fn assert_written_in_time(mut rig: Rig) {
    rig.deadline();
    assert_written_in_time_from(rig, 29_999);
}

fn assert_written_in_time_from(mut rig: Rig, rest: u64) {
    rig.pass(rest);
    assert!(!rig.is(bits::CLOSE) && rig.is(bits::WANT_WRITE));
    rig.pass(1);
    assert!(rig.is(bits::CLOSE));
    assert_eq!(rig.conn.error().map(|error| error.code()), Some(Code::TimeoutWrite));
}

#[test]
fn write_ms_holds_while_the_last_response_waits() {
    let mut rig = flushing(|_| {});
    rig.deadline();
    rig.pass(20_000);
    rig.feed(b"octets of the peer are no progress of ours");
    rig.pass(9_999);
    assert!(!rig.is(bits::CLOSE));
    rig.pass(1);
    assert!(rig.is(bits::CLOSE));
}

#[test]
fn write_ms_holds_while_a_head_is_due() {
    assert_written_in_time(before_a_head(|_| {}));
}

/// The content comes in time, the peer does not read.
#[test]
fn write_ms_holds_while_content_arrives() {
    let mut rig = amid_content(|_| {});
    rig.deadline();
    rig.pass(20_000);
    rig.feed(&[b'x'; 900]);
    assert_written_in_time_from(rig, 9_999);
}

#[test]
fn write_ms_holds_while_a_response_is_made() {
    assert_written_in_time(held(|_| {}));
}

#[test]
fn write_ms_holds_after_a_switch() {
    let mut rig = raw(|_| {});
    rig.conn.http1(&mut rig.ws).send(b"x").unwrap();
    assert_written_in_time(rig);
}

#[test]
fn write_ms_holds_on_a_websocket() {
    let mut rig = websocket(|_| {});
    rig.conn.websocket(&mut rig.ws).ping(b"").unwrap();
    assert_written_in_time(rig);
}
