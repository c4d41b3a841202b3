//! Threads and look-ups are bounded, and whoever blocks keeps only so many from their turn.

use super::{gated, is_quiet, new_loop, next};
use crate::error::Code;
use crate::io::event_loop::{Event, Posted, no_guests};
use crate::io::resolver::Config;

#[test]
fn a_name_that_blocks_keeps_no_other_waiting() {
    let ((resolver, gate), mut event_loop) = (gated(Config::default()), new_loop());
    resolver.look_up(&event_loop, b"both.guilty", 1, None, 1).expect("a look-up");
    gate.wait_for("both.guilty");
    for token in 10..30 {
        let name = format!("v4.{token}");
        gate.open(&name);
        resolver.look_up(&event_loop, name.as_bytes(), 1, None, token).expect("a look-up");
        assert_eq!(next(&mut event_loop).0, token);
    }
    assert!(is_quiet(&mut event_loop));
    gate.open("both.guilty");
    assert_eq!(next(&mut event_loop).0, 1);
}

#[test]
fn while_all_threads_block_the_loop_goes_on_and_names_wait_their_turn() {
    let ((resolver, gate), mut event_loop) = (gated(Config::default()), new_loop());
    for (token, name) in [(1, "both.1"), (2, "both.2")] {
        resolver.look_up(&event_loop, name.as_bytes(), 1, None, token).expect("a look-up");
        gate.wait_for(name);
    }
    for (token, name) in [(3, "v4.3"), (4, "v4.4")] {
        gate.open(name);
        resolver.look_up(&event_loop, name.as_bytes(), 1, None, token).expect("a look-up");
    }
    assert_eq!(event_loop.poster().post(77), Ok(Posted::Queued));
    let done = event_loop.next(Some(super::PATIENCE_MS), no_guests).expect("a turn").expect("a completion");
    assert!(matches!((done.token, done.event), (77, Event::Posted)));
    // What needs no thread does not wait either.
    resolver.look_up(&event_loop, b"::1", 1, None, 5).expect("a look-up");
    assert_eq!(next(&mut event_loop).0, 5);
    assert_eq!((gate.calls("v4.3"), gate.calls("v4.4")), (0, 0));
    gate.open("both.2");
    let came: Vec<u64> = (0..3).map(|_| next(&mut event_loop).0).collect();
    assert_eq!(came, [2, 3, 4]);
    gate.open("both.1");
    assert_eq!(next(&mut event_loop).0, 1);
    assert_eq!(gate.state().most, 2);
}

#[test]
fn there_are_no_more_threads_than_allowed() {
    let ((resolver, gate), mut event_loop) = (gated(Config { threads: 3, ..Config::default() }), new_loop());
    for token in 1..=20 {
        resolver.look_up(&event_loop, format!("v4.{token}").as_bytes(), 1, None, token).expect("a look-up");
    }
    gate.wait_for("v4.1");
    gate.wait_for("v4.2");
    gate.wait_for("v4.3");
    gate.open_all();
    let mut came: Vec<u64> = (0..20).map(|_| next(&mut event_loop).0).collect();
    came.sort_unstable();
    assert_eq!(came, (1..=20).collect::<Vec<u64>>());
    assert_eq!(gate.state().most, 3);
}

#[test]
fn look_ups_that_are_not_reported_are_bounded() {
    let ((resolver, gate), mut event_loop) = (gated(Config { threads: 1, waiting_max: 2 }), new_loop());
    let full = |name: &[u8]| {
        let error = resolver.look_up(&event_loop, name, 1, None, 9).expect_err("it is full");
        assert_eq!(error.code(), Code::Limit);
        assert!(error.fault.reason.to_string_lossy().contains("waiting_max"), "{error}");
    };
    // Those that share a look-up count, and so do those that need none.
    resolver.look_up(&event_loop, b"v4", 1, None, 1).expect("a look-up");
    resolver.look_up(&event_loop, b"v4", 1, None, 2).expect("a look-up");
    full(b"v4");
    full(b"::1");
    gate.open("v4");
    assert_eq!(next(&mut event_loop).0, 1);
    resolver.look_up(&event_loop, b"::1", 1, None, 3).expect("a look-up");
    // Between names there is no order.
    let mut came = [next(&mut event_loop).0, next(&mut event_loop).0];
    came.sort_unstable();
    assert_eq!(came, [2, 3]);
    // What is cancelled counts no more.
    resolver.look_up(&event_loop, b"::1", 1, None, 4).expect("a look-up");
    resolver.look_up(&event_loop, b"v4", 1, None, 5).expect("a look-up");
    assert!(resolver.cancel(&mut event_loop, 4) && resolver.cancel(&mut event_loop, 5));
    resolver.look_up(&event_loop, b"::1", 1, None, 6).expect("a look-up");
    resolver.look_up(&event_loop, b"::1", 1, None, 7).expect("a look-up");
    assert_eq!((next(&mut event_loop).0, next(&mut event_loop).0), (6, 7));
}

#[test]
fn a_thread_that_waits_is_used_before_another_is_started() {
    let ((resolver, gate), mut event_loop) = (gated(Config { threads: 4, ..Config::default() }), new_loop());
    gate.open_all();
    for token in 1..20 {
        resolver.look_up(&event_loop, b"both", 1, None, token).expect("a look-up");
        assert_eq!(next(&mut event_loop).0, token);
        while resolver.shared.table().idle == 0 {
            std::thread::yield_now();
        }
    }
    assert_eq!(resolver.shared.table().threads, 1);
}
