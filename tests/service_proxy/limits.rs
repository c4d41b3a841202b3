//! The clock of sockets that owe a header, the budget for incomplete ones, and drains.

use crate::harness::{HEADER, Proxied};
use crate::service_support::*;
use crate::vectors;
use std::io::Write as _;
use wireway::service::{Config, EventKind, Next, Security};

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
fn pp_04_incomplete_headers_have_a_budget_and_whole_ones_need_none() {
    let long = vectors::fit(0x21, 0x11, &[vectors::V4, &vectors::tlv(0xee, &[0; 4000])].concat());
    let (part, rest) = long.split_at(long.len() - 1);
    // Room for two of them, without their last octet.
    let config = Config { memory_max: 64 * 2 * 4096, ..Config::new() };
    let mut p = Proxied::with(&config, Security::default());
    let mut silent = p.debtors(1, b"").remove(0);
    let mut guilty = p.debtors(2, part);
    p.innocent_is_served();
    let mut whole = client(p.h.address);
    whole.write_all(&long).unwrap();
    let id = p.h.opened();
    assert_eq!(p.peer(id), "192.0.2.1:56324");
    assert_eq!(p.h.server.stats().refused, 0);
    // There is no room for the third: the one that holds octets longest ends, not the silent one, which is older.
    let mut late = p.debtors(1, part).remove(0);
    assert_eq!(p.h.server.stats().refused, 1);
    crate::expect_nothing(&mut guilty.remove(0));
    p.innocent_is_served();
    late.write_all(rest).unwrap();
    guilty[0].write_all(rest).unwrap();
    silent.write_all(&long).unwrap();
    assert_eq!([0; 3].map(|_| p.h.opened()).map(|id| p.peer(id)), ["192.0.2.1:56324"; 3]);
    // What is decided has left its room.
    let mut served = Vec::new();
    for _ in 0..3 {
        served.extend(p.debtors(1, part));
        p.innocent_is_served();
        served.last_mut().unwrap().write_all(rest).unwrap();
        let id = p.h.opened();
        assert_eq!(p.peer(id), "192.0.2.1:56324");
    }
    assert_eq!(p.h.server.stats().refused, 1);
}

/// The one that holds longest has sent the rest before it would end.
#[test]
fn pp_04_a_header_that_has_come_is_read_before_its_octets_would_be_lost() {
    let long = vectors::fit(0x21, 0x11, &[vectors::V4, &vectors::tlv(0xee, &[0; 4000])].concat());
    let (part, rest) = long.split_at(long.len() - 1);
    let mut p = Proxied::with(&Config { memory_max: 64 * 4096, ..Config::new() }, Security::default());
    // The readiness of the newcomer may be the first that the driver reports.
    let mut newcomer = p.debtors(1, b"").remove(0);
    let mut honest = p.debtors(1, part).remove(0);
    newcomer.write_all(part).unwrap();
    honest.write_all(rest).unwrap();
    let id = p.h.opened();
    assert_eq!(p.transport(id), honest.local_addr().unwrap());
    assert_eq!(p.h.rest(), []);
    newcomer.write_all(rest).unwrap();
    let id = p.h.opened();
    assert_eq!(p.transport(id), newcomer.local_addr().unwrap());
    assert_eq!(p.h.server.stats().refused, 0);
    p.innocent_is_served();
}

/// A header for which there would never be room ends nobody else.
#[test]
fn pp_04_a_part_beyond_the_budget_pays_itself() {
    let long = vectors::fit(0x21, 0x11, &[vectors::V4, &vectors::tlv(0xee, &[0; 4000])].concat());
    let mut p = Proxied::with(&Config { memory_max: 64 * 1024, ..Config::new() }, Security::default());
    let mut honest = p.debtors(1, &HEADER[..20]).remove(0);
    let mut guilty = p.debtors(1, &long[..long.len() - 1]).remove(0);
    crate::expect_nothing(&mut guilty);
    assert_eq!(p.h.server.stats().refused, 1);
    honest.write_all(&HEADER[20..]).unwrap();
    let id = p.h.opened();
    innocent::is_served(&mut p.h, &mut honest, id);
    p.innocent_is_served();
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

/// What they hold meanwhile stays in the budget, so that many who wait do not hold more than it has.
#[test]
fn pp_04_headers_that_wait_for_a_place_stay_in_the_budget() {
    let long = vectors::fit(0x21, 0x11, &[vectors::V4, &vectors::tlv(0xee, &[0; 4000])].concat());
    let (part, rest) = long.split_at(long.len() - 1);
    // Room for two of them, and a place for one connection beside the innocent one.
    let config = Config { memory_max: 64 * 2 * 4096, connections_max: 2, ..Config::new() };
    let mut p = Proxied::with(&config, Security::default());
    let mut late = p.debtors(1, b"").remove(0);
    let mut waiting = p.debtors(2, part);
    let mut other = client(p.h.address);
    other.write_all(HEADER).unwrap();
    let _ = p.h.opened();
    waiting.iter_mut().for_each(|client| client.write_all(rest).unwrap());
    assert_eq!(p.h.rest(), []);
    p.innocent_is_served();
    // Those who wait owe nothing, and do not end for another: it pays itself.
    late.write_all(part).unwrap();
    while p.h.server.stats().refused == 0 {
        assert_eq!(p.h.rest(), []);
    }
    crate::expect_nothing(&mut late);
    p.innocent_is_served();
}
