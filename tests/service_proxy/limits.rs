//! Room for sockets that owe a header, the clock, the budget, and drains.

use crate::harness::{HEADER, Proxied};
use crate::service_support::*;
use crate::vectors;
use std::io::Write as _;
use wireway::service::{Config, EventKind, Next, Security, Stats};

/// No event comes before this holds.
#[track_caller]
fn wait_until(p: &mut Proxied, holds: impl Fn(&Stats) -> bool) {
    while !holds(&p.h.server.stats()) {
        assert_eq!(p.h.server.next(Some(5)), Ok(Next::Timeout));
    }
}

/// A clock that runs out in a test, and others that do not.
fn impatient() -> Config {
    let mut config = Config::new();
    config.conn.clocks.idle_ms = 3_600_000;
    config.conn.clocks.head_ms = 20;
    config
}

#[test]
fn head_ms_bounds_the_wait_for_a_header() {
    let mut p = Proxied::with(&Config::new(), Security::default());
    p.innocent_is_served();
    let mut config = impatient();
    config.conn.clocks.handshake_ms = 3_600_000;
    let mut server = wireway::service::Server::new(&config).unwrap();
    let security = Security::default().behind_proxy();
    server.sockets().listen(b"127.0.0.1:0", &Default::default(), security).unwrap();
    let address = server.address(0).unwrap().to_string().parse().unwrap();
    let mut h = Harness { server, address };
    for octets in [&b""[..], &HEADER[..20], &vectors::fit(0x21, 0x11, vectors::V4)[..20]] {
        let timeouts = h.server.stats().timeouts;
        let mut slow = client(h.address);
        slow.write_all(octets).unwrap();
        while h.server.stats().timeouts == timeouts {
            assert_eq!(h.server.next(Some(5)), Ok(Next::Timeout), "it is told to nobody");
        }
        crate::expect_nothing(&mut slow);
    }
    assert_eq!((h.server.stats().open, h.server.stats().errors), (0, 0));
}

#[test]
fn sockets_that_owe_a_header_take_the_room_of_connections() {
    let mut p = Proxied::with(&Config { connections_max: 3, ..Config::new() }, Security::default());
    let (first, mut second, mut third) = (client(p.h.address), client(p.h.address), client(p.h.address));
    third.write_all(HEADER).unwrap();
    wait_until(&mut p, |stats| stats.accepted == 3);
    assert_eq!(p.h.rest(), []);
    assert_eq!((p.h.server.stats().accepted, p.h.server.stats().open), (3, 1), "the third waits in the backlog");
    p.innocent_is_served();
    drop(first);
    let id = p.h.opened();
    assert_eq!(p.h.server.stats().accepted, 4);
    second.write_all(HEADER).unwrap();
    let other = p.h.opened();
    assert_ne!(id, other);
    assert_eq!(p.h.server.stats().open, 3);
    drop((second, third));
    let ends = [p.h.event(), p.h.event()];
    assert!(ends.iter().all(|end| matches!(end.kind, EventKind::Closed(None))), "{ends:?}");
    p.innocent_is_served();
}

/// One that is refused makes room too.
#[test]
fn a_bad_header_makes_room() {
    let mut p = Proxied::with(&Config { connections_max: 2, ..Config::new() }, Security::default());
    let (mut bad, mut next) = (client(p.h.address), client(p.h.address));
    next.write_all(HEADER).unwrap();
    assert_eq!(p.h.rest(), []);
    bad.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    p.expect_refused("PP-01");
    let id = p.h.opened();
    assert_eq!(p.peer(id), "192.0.2.1:56324");
}

#[test]
fn pp_04_incomplete_headers_have_a_budget_and_whole_ones_need_none() {
    let long = vectors::fit(0x21, 0x11, &[vectors::V4, &vectors::tlv(0xee, &[0; 4000])].concat());
    // Room for two of them, without their last octet.
    let config = Config { memory_max: 64 * 2 * 4096, ..Config::new() };
    let mut p = Proxied::with(&config, Security::default());
    let mut guilty: Vec<_> = (0..3).map(|_| client(p.h.address)).collect();
    for peer in &mut guilty {
        peer.write_all(&long[..long.len() - 1]).unwrap();
    }
    // There is no room for the third to come.
    wait_until(&mut p, |stats| stats.refused == 1);
    let received = |p: &Proxied| p.h.server.stats().octets_in;
    p.innocent_is_served();
    let mut whole = client(p.h.address);
    whole.write_all(&long).unwrap();
    let id = p.h.opened();
    assert_eq!(p.peer(id), "192.0.2.1:56324");
    // What is decided has left its room.
    guilty.iter_mut().for_each(|peer| drop(peer.write_all(&long[long.len() - 1..])));
    assert_eq!([p.h.opened(), p.h.opened()].map(|id| p.peer(id)), ["192.0.2.1:56324"; 2]);
    let mut lates: Vec<_> = (0..3).map(|_| client(p.h.address)).collect();
    for late in &mut lates {
        let before = received(&p);
        late.write_all(&long[..long.len() - 1]).unwrap();
        let taken = before + long.len() as u64 - 1;
        wait_until(&mut p, |stats| stats.octets_in == taken || stats.refused > 1);
        p.innocent_is_served();
        late.write_all(&long[long.len() - 1..]).unwrap();
        let id = p.h.opened();
        assert_eq!(p.peer(id), "192.0.2.1:56324");
    }
    assert_eq!(p.h.server.stats().refused, 1);
}

#[test]
fn a_drain_ends_what_owes_a_header() {
    let mut p = Proxied::new();
    let (mut silent, mut half) = (client(p.h.address), client(p.h.address));
    half.write_all(&HEADER[..30]).unwrap();
    assert_eq!(p.h.rest(), []);
    p.h.server.drain(60_000);
    crate::expect_nothing(&mut silent);
    crate::expect_nothing(&mut half);
    // The innocent one is idle, and ends too.
    assert!(matches!(p.h.event().kind, EventKind::Closed(None)));
    assert_eq!(p.h.server.next(Some(PATIENCE_MS)), Ok(Next::Done));
}
