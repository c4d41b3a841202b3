//! The service over a driver with faults: whatever it holds, delays, cuts and breaks, each client gets the octets it asked for or the
//! beginning of them, each connection ends once, and each lent piece comes back once. A seed that fails is named; run it again by
//! `WIREWAY_SEED=N cargo test --features fault --test service_faults`. `WIREWAY_SEEDS=N`: so many for each test.
#![cfg(all(feature = "service", feature = "fault"))]

mod fault_support;
mod service_support;
#[cfg(feature = "tls")]
mod tls_support;

use std::io::Read as _;
use std::net::{Shutdown, TcpStream};

use fault_support::{Scene, play};
use service_support::{Harness, PATIENCE_MS, client, get};
use wireway::conn::Event as ConnEvent;
use wireway::io::driver::{Choice, Faults};
use wireway::service::{Config, Event, EventKind, Next};

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Plays the scenes of all seeds.
fn all_seeds(secure: bool, faults: fn(u64) -> Faults) {
    let seeds = match number("WIREWAY_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("WIREWAY_SEEDS").unwrap_or(100),
    };
    for seed in seeds {
        let scene = Scene { faults: faults(seed), drains: seed % 3 == 0, secure: if secure { terms() } else { None } };
        let played = std::panic::catch_unwind(|| play(&scene));
        assert!(played.is_ok(), "seed {seed} failed");
    }
}

#[cfg(feature = "tls")]
fn terms() -> Option<fault_support::stream::Terms> {
    let (client, server) = tls_support::configs(wireway::tls::Version::Tls13, false);
    Some(fault_support::stream::Terms { client, server })
}

#[cfg(not(feature = "tls"))]
fn terms() -> Option<fault_support::stream::Terms> {
    None
}

#[test]
fn late_completions_are_seen_by_nobody() {
    all_seeds(false, Faults::hidden);
}

#[test]
fn what_comes_late_and_in_parts_comes_whole() {
    all_seeds(false, Faults::harmless);
}

#[test]
fn what_breaks_breaks_alone() {
    all_seeds(false, Faults::all);
}

#[test]
fn what_comes_late_and_in_parts_comes_whole_over_tls() {
    all_seeds(true, Faults::harmless);
}

#[test]
fn what_breaks_breaks_alone_over_tls() {
    all_seeds(true, Faults::all);
}

/// What a driver has accepted when a drain begins is served once, and not more.
#[test]
fn a_connection_that_was_accepted_before_a_drain_is_answered() {
    let mut late = 0;
    for seed in 0..200 {
        let config = Config { driver: Choice::Fault(Faults::harmless(seed)), ..Config::new() };
        let mut h = Harness::with(&config);
        let mut clients: Vec<_> = (0..6).map(|_| client(h.address)).collect();
        for client in &mut clients {
            get(client, "/");
            client.shutdown(Shutdown::Write).expect("connected");
        }
        h.opened();
        h.server.drain(60_000);
        let mut opened = Vec::new();
        loop {
            match h.server.next(Some(PATIENCE_MS)).expect("a wait") {
                Next::Event(Event { id, kind: EventKind::Opened, .. }) => opened.push(id),
                Next::Event(Event { id, kind: EventKind::Conn(ConnEvent::Request { .. }), .. }) => {
                    h.answer(id, "late");
                    opened.retain(|other| *other != id);
                }
                Next::Event(_) => {}
                Next::Done => break,
                Next::Timeout => panic!("seed {seed}: the drain does not end"),
            }
        }
        assert!(opened.is_empty(), "seed {seed}: they asked, and were not heard");
        let answered = |client: &mut TcpStream| {
            let mut all = Vec::new();
            let _ = client.read_to_end(&mut all);
            String::from_utf8(all).expect("ASCII").contains("\r\nConnection: close\r\n")
        };
        late += clients.iter_mut().map(answered).filter(|answered| *answered).count();
    }
    assert!(late > 20, "so few were late: {late}");
}
