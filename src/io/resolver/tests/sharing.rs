//! One look-up per name, and its addresses for all who asked.

use super::{addresses, gated, is_quiet, new_loop, next};
use crate::happy_eyeballs::Family;
use crate::io::resolver::Config;

#[test]
fn askers_of_a_name_share_its_look_up() {
    let ((resolver, gate), mut one, mut other) = (gated(Config::default()), new_loop(), new_loop());
    resolver.look_up(&one, b"both", 1, None, 11).expect("a look-up");
    gate.wait_for("both");
    resolver.look_up(&one, b"BOTH", 2, Some(Family::V4), 12).expect("a look-up");
    resolver.look_up(&other, b"both", 3, Some(Family::V6), 11).expect("a look-up");
    assert!(is_quiet(&mut one) && is_quiet(&mut other));
    assert_eq!(resolver.shared.table().threads, 1, "no other has anything to do");
    gate.open("both");
    assert_eq!(next(&mut one), (11, Ok(addresses(&["[2001:db8::1]:1", "192.0.2.1:1"]))));
    assert_eq!(next(&mut one), (12, Ok(addresses(&["192.0.2.1:2"]))));
    assert_eq!(next(&mut other), (11, Ok(addresses(&["[2001:db8::1]:3"]))));
    assert_eq!(gate.calls("both"), 1);
    // Nothing is kept.
    resolver.look_up(&one, b"both", 1, None, 13).expect("a look-up");
    assert_eq!(next(&mut one).0, 13);
    assert_eq!(gate.calls("both"), 2);
}

#[test]
fn addresses_last_until_the_next_turn() {
    let ((resolver, _gate), mut event_loop) = (gated(Config::default()), new_loop());
    resolver.look_up(&event_loop, b"::1", 1, None, 1).expect("a look-up");
    assert_eq!(next(&mut event_loop).0, 1);
    assert_eq!(event_loop.resolved().len(), 1);
    assert!(is_quiet(&mut event_loop) && event_loop.resolved().is_empty());
}
