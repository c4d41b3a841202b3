mod bounds;
mod cancels;
mod gate;
mod names;
mod sharing;
mod walk;

use super::{Config, Resolver, eai, reason_of, unresolved};
use crate::error::{Code, Error};
use crate::io::event_loop::{self, Event, EventLoop, no_guests};
use crate::io::sys::{self, posix};
use core::net::SocketAddr;
use gate::Gate;
use std::sync::Arc;

/// Longer than anything here takes on the busiest machine.
const PATIENCE_MS: u64 = 120_000;

fn new_loop() -> EventLoop {
    EventLoop::new(&event_loop::Config::default()).expect("a loop")
}

/// A resolver whose look-ups wait at a gate.
fn gated(config: Config) -> (Resolver, Arc<Gate>) {
    let gate = Arc::new(Gate::default());
    let of_lookup = Arc::clone(&gate);
    let lookup = Box::new(move |name: &core::ffi::CStr| of_lookup.look_up(name.to_str().expect("a name")));
    (Resolver::with_lookup(&config, lookup).expect("a resolver"), gate)
}

/// The token of the next completion, which is a look-up, and its addresses.
fn next(event_loop: &mut EventLoop) -> (u64, Result<Vec<SocketAddr>, Error>) {
    let done = event_loop.next(Some(PATIENCE_MS), no_guests).expect("a turn").expect("a completion");
    let Event::Resolved(result) = done.event else { panic!("{:?}", done.event) };
    let addresses = event_loop.resolved().to_vec();
    assert_eq!(result.map_or(0, |count| count), addresses.len());
    (done.token, result.map(|_| addresses))
}

fn is_quiet(event_loop: &mut EventLoop) -> bool {
    event_loop.next(Some(0), no_guests).expect("a turn").is_none()
}

fn addresses(texts: &[&str]) -> Vec<SocketAddr> {
    texts.iter().map(|text| text.parse().expect(text)).collect()
}

#[test]
fn every_number_has_its_range() {
    let ok = Config::default();
    for (config, says) in [
        (Config { threads: 0, ..ok }, "threads"),
        (Config { threads: 17, ..ok }, "threads"),
        (Config { waiting_max: 0, ..ok }, "waiting_max"),
        (Config { waiting_max: 65_537, ..ok }, "waiting_max"),
    ] {
        let error = Resolver::new(&config).expect_err(says);
        assert_eq!(error.code(), Code::Argument);
        assert!(error.fault.reason.to_string_lossy().contains(says), "{error}");
    }
    assert!(Resolver::new(&Config { threads: 16, waiting_max: 65_536 }).is_ok());
    assert!(Resolver::new(&Config { threads: 1, waiting_max: 1 }).is_ok());
}

#[test]
fn errors_of_the_system_keep_their_number_and_have_a_text() {
    let mut reasons = Vec::new();
    let unknown = 999 * posix::EAI_NONAME.signum();
    for number in [posix::EAI_NONAME, sys::NO_DATA, posix::EAI_AGAIN, posix::EAI_FAIL, posix::EAI_FAMILY, unknown] {
        let error = unresolved(number);
        assert_eq!((error.code(), eai(&error)), (Code::Resolve, number));
        assert_eq!(error.fault.reason, reason_of(number));
        reasons.push(error.fault.reason);
    }
    reasons.sort_unstable();
    reasons.dedup();
    assert_eq!(reasons.len(), 6);
    assert_eq!(unresolved(posix::EAI_MEMORY).code(), Code::Nomem);
}

/// What `getaddrinfo` reads without asking anyone: an address in the form of `inet_aton`, and a label longer than DNS has.
#[test]
fn the_system_is_asked() {
    let (resolver, mut event_loop) = (Resolver::new(&Config::default()).expect("a resolver"), new_loop());
    resolver.look_up(&event_loop, b"127.1", 80, None, 1).expect("a look-up");
    assert_eq!(next(&mut event_loop), (1, Ok(addresses(&["127.0.0.1:80"]))));
    resolver.look_up(&event_loop, &[b'x'; 64], 80, None, 2).expect("a look-up");
    let (token, result) = next(&mut event_loop);
    assert_eq!(token, 2);
    assert!(matches!(result.expect_err("no such name").code(), Code::Resolve | Code::System));
}
