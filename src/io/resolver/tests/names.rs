//! Which names are looked up.

use super::{addresses, gated, new_loop, next};
use crate::error::Code;
use crate::happy_eyeballs::Family;
use crate::io::resolver::{Config, eai};
use crate::io::sys::{self, posix};

#[test]
fn literals_and_localhost_need_no_look_up() {
    let ((resolver, gate), mut event_loop) = (gated(Config::default()), new_loop());
    for (name, family, expected) in [
        ("192.0.2.7", None, &["192.0.2.7:443"][..]),
        ("::1", None, &["[::1]:443"]),
        ("::1", Some(Family::V6), &["[::1]:443"]),
        ("fe80::1%7", None, &["[fe80::1%7]:443"]),
        ("localhost", None, &["[::1]:443", "127.0.0.1:443"]),
        ("LocalHost.", Some(Family::V4), &["127.0.0.1:443"]),
        ("a.localhost", Some(Family::V6), &["[::1]:443"]),
        ("b.a.localhost.", None, &["[::1]:443", "127.0.0.1:443"]),
    ] {
        resolver.look_up(&event_loop, name.as_bytes(), 443, family, 5).expect(name);
        assert_eq!(next(&mut event_loop), (5, Ok(addresses(expected))), "{name}");
    }
    assert!(gate.state().calls.is_empty(), "{:?}", gate.state().calls);
}

#[test]
fn names_that_only_look_like_localhost_are_looked_up() {
    let ((resolver, gate), mut event_loop) = (gated(Config::default()), new_loop());
    gate.open_all();
    for name in ["notlocalhost", "localhost.example", "localhost.."] {
        resolver.look_up(&event_loop, name.as_bytes(), 443, None, 5).expect(name);
        assert!(next(&mut event_loop).1.is_err());
        assert_eq!(gate.calls(name), 1, "{name}");
    }
}

#[test]
fn names_that_cannot_be_any_are_refused() {
    let ((resolver, gate), event_loop) = (gated(Config::default()), new_loop());
    for (name, offset, says) in [
        (&b""[..], 0, "not empty"),
        (&[b'a'; 254], 253, "253"),
        (b"both\0", 4, "NUL"),
        (b"bo\0th", 2, "NUL"),
        (b"::g", 0, "IPv6 literal"),
        (b"[::1]", 0, "IPv6 literal"),
        (b"example:80", 0, "IPv6 literal"),
        (b"fe80::1%no-such-interface", 0, "IPv6 literal"),
    ] {
        let error = resolver.look_up(&event_loop, name, 443, None, 5).expect_err(says);
        assert_eq!((error.code(), error.offset), (Code::Argument, offset), "{says}");
        assert!(error.fault.reason.to_string_lossy().contains(says), "{error}");
    }
    assert!(gate.state().calls.is_empty());
}

#[test]
fn the_longest_name_is_looked_up() {
    let ((resolver, gate), mut event_loop) = (gated(Config::default()), new_loop());
    gate.open_all();
    let name = format!("both{}", "x".repeat(249));
    resolver.look_up(&event_loop, name.as_bytes(), 1, None, 5).expect("a look-up");
    assert_eq!(next(&mut event_loop), (5, Ok(addresses(&["[2001:db8::1]:1", "192.0.2.1:1"]))));
    assert_eq!(gate.calls(&name), 1);
}

#[test]
fn what_has_no_address_of_the_family_has_an_error_of_its_own() {
    let ((resolver, gate), mut event_loop) = (gated(Config::default()), new_loop());
    gate.open_all();
    for (name, number) in [("v4", sys::NO_DATA), ("192.0.2.7", sys::NO_DATA), ("none", posix::EAI_NONAME)] {
        resolver.look_up(&event_loop, name.as_bytes(), 443, Some(Family::V6), 5).expect(name);
        let (token, result) = next(&mut event_loop);
        let error = result.expect_err(name);
        assert_eq!((token, error.code(), eai(&error)), (5, Code::Resolve, number), "{name}");
        assert!(event_loop.resolved().is_empty());
    }
}
