//! Look-ups that nobody waits for any more.

use super::{Gate, gated, is_quiet, new_loop, next};
use crate::io::resolver::Config;
use std::sync::Arc;

#[test]
fn what_is_cancelled_is_not_reported() {
    let ((resolver, gate), mut event_loop) = (gated(Config { threads: 1, ..Config::default() }), new_loop());
    resolver.look_up(&event_loop, b"both", 1, None, 1).expect("a look-up");
    gate.wait_for("both");
    resolver.look_up(&event_loop, b"both", 1, None, 2).expect("a look-up");
    resolver.look_up(&event_loop, b"v4.queued", 1, None, 3).expect("a look-up");
    resolver.look_up(&event_loop, b"::1", 1, None, 4).expect("a look-up");
    // One that is being looked up, one that is queued, one that is done.
    for token in [1, 3, 4] {
        assert!(resolver.cancel(&mut event_loop, token));
        assert!(!resolver.cancel(&mut event_loop, token), "it is gone");
    }
    gate.open_all();
    assert_eq!(next(&mut event_loop).0, 2);
    resolver.look_up(&event_loop, b"v4.last", 1, None, 5).expect("a look-up");
    assert_eq!(next(&mut event_loop).0, 5);
    assert!(is_quiet(&mut event_loop));
    assert_eq!(gate.calls("v4.queued"), 0, "nobody asked for it any more");
    assert!(!resolver.cancel(&mut event_loop, 5), "it was reported");
}

#[test]
fn a_name_whose_askers_have_left_is_shared_while_it_is_looked_up() {
    let ((resolver, gate), mut event_loop) = (gated(Config::default()), new_loop());
    resolver.look_up(&event_loop, b"both", 1, None, 1).expect("a look-up");
    gate.wait_for("both");
    assert!(resolver.cancel(&mut event_loop, 1));
    resolver.look_up(&event_loop, b"both", 1, None, 2).expect("a look-up");
    gate.open("both");
    assert_eq!(next(&mut event_loop).0, 2);
    assert!(is_quiet(&mut event_loop));
    assert_eq!(gate.calls("both"), 1);
}

#[test]
fn a_cancel_is_of_one_loop() {
    let ((resolver, gate), mut one, mut other) = (gated(Config::default()), new_loop(), new_loop());
    resolver.look_up(&one, b"both", 1, None, 1).expect("a look-up");
    resolver.look_up(&other, b"both", 1, None, 1).expect("a look-up");
    assert!(resolver.cancel(&mut one, 1));
    gate.open_all();
    assert_eq!(next(&mut other).0, 1);
    assert!(is_quiet(&mut one));
}

/// Waits until the threads of a resolver that is dropped have ended: they own what it looks names up with.
fn wait_for_threads(gate: &Arc<Gate>) {
    while Arc::strong_count(gate) > 1 {
        std::thread::yield_now();
    }
}

#[test]
fn a_resolver_that_goes_waits_for_nothing_and_reports_nothing() {
    let ((resolver, gate), mut event_loop) = (gated(Config { threads: 1, ..Config::default() }), new_loop());
    resolver.look_up(&event_loop, b"both", 1, None, 1).expect("a look-up");
    gate.wait_for("both");
    resolver.look_up(&event_loop, b"v4.queued", 1, None, 2).expect("a look-up");
    drop(resolver);
    assert_eq!(gate.state().running.len(), 1, "it is looked up still");
    gate.open_all();
    wait_for_threads(&gate);
    assert!(is_quiet(&mut event_loop));
    assert_eq!(gate.calls("v4.queued"), 0);
}

#[test]
fn idle_threads_end_with_their_resolver() {
    let ((resolver, gate), mut event_loop) = (gated(Config::default()), new_loop());
    gate.open_all();
    for token in [1, 2] {
        resolver.look_up(&event_loop, b"both", 1, None, token).expect("a look-up");
        assert_eq!(next(&mut event_loop).0, token);
    }
    drop(resolver);
    wait_for_threads(&gate);
}

#[test]
fn a_loop_may_go_while_its_names_are_looked_up() {
    let ((resolver, gate), gone) = (gated(Config { threads: 1, waiting_max: 2 }), new_loop());
    // A handle that stays keeps nothing of what was for the loop.
    let _poster = gone.poster();
    resolver.look_up(&gone, b"both", 1, None, 1).expect("a look-up");
    gate.wait_for("both");
    resolver.look_up(&gone, b"::1", 1, None, 2).expect("a look-up");
    drop(gone);
    let mut event_loop = new_loop();
    resolver.look_up(&event_loop, b"v4", 1, None, 3).expect("the one that was done counts no more");
    gate.open_all();
    assert_eq!(next(&mut event_loop).0, 3);
    for token in [4, 5] {
        resolver.look_up(&event_loop, b"::1", 1, None, token).expect("nothing of the loop that went counts");
    }
}
