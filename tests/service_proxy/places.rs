//! Places for sockets that owe a header, and those of connections.

use crate::harness::{HEADER, Proxied};
use crate::service_support::*;
use std::io::Write as _;
use std::net::TcpListener;
use wireway::error::Code;
use wireway::service::{Config, EventKind, Security};

/// Two kinds of guilty: silent ones, and ones that have sent a part.
const PARTS: [&[u8]; 2] = [b"", b"PROXY TCP4 192.0.2.1 "];

/// The innocent one has one of three places, and those who owe a header take none of the others.
#[test]
fn pp_05_sockets_that_owe_a_header_take_no_place_of_connections() {
    for part in PARTS {
        let mut p = Proxied::with(&Config { connections_max: 3, ..Config::new() }, Security::default());
        let plain = p.listen_plain();
        let guilty = p.debtors(8, part);
        assert_eq!((p.h.server.stats().accepted, p.h.server.stats().refused), (9, 0));
        p.innocent_is_served();
        let mut other = client(plain);
        let id = p.h.opened();
        innocent::is_served(&mut p.h, &mut other, id);
        let mut proxied = client(p.h.address);
        proxied.write_all(HEADER).unwrap();
        let id = p.h.opened();
        innocent::is_served(&mut p.h, &mut proxied, id);
        assert_eq!((p.h.server.stats().open, p.h.server.stats().refused), (3, 0));
        drop(guilty);
    }
}

#[test]
fn pp_05_the_one_that_owes_longest_ends_for_a_newcomer() {
    for part in PARTS {
        let mut p = Proxied::with(&Config { backlog: 3, ..Config::new() }, Security::default());
        let mut guilty = p.debtors(3, part);
        assert_eq!(p.h.server.stats().refused, 0);
        let mut newcomer = client(p.h.address);
        newcomer.write_all(HEADER).unwrap();
        let id = p.h.opened();
        innocent::is_served(&mut p.h, &mut newcomer, id);
        assert_eq!(p.h.server.stats().refused, 1);
        crate::expect_nothing(&mut guilty.remove(0));
        // It has left its place, so that the others stay.
        for debtor in &mut guilty {
            debtor.write_all(&HEADER[part.len()..]).unwrap();
            let id = p.h.opened();
            assert_eq!(p.peer(id), "192.0.2.1:56324");
        }
        assert_eq!(p.h.server.stats().refused, 1);
        p.innocent_is_served();
    }
}

/// However the driver orders what comes at once, a header that has come is read before its socket would end.
#[test]
fn pp_05_a_header_that_has_come_is_read_before_its_socket_would_end() {
    for half in [0, 20] {
        let mut p = Proxied::with(&Config { backlog: 1, ..Config::new() }, Security::default());
        let mut slow = p.debtors(1, &HEADER[..half]).remove(0);
        let guilty = client(p.h.address);
        slow.write_all(&HEADER[half..]).unwrap();
        let id = p.h.opened();
        innocent::is_served(&mut p.h, &mut slow, id);
        assert_eq!(p.h.rest(), []);
        assert_eq!((p.h.server.stats().refused, p.h.server.stats().accepted), (0, 3));
        p.innocent_is_served();
        drop(guilty);
    }
}

/// Each listener has places of its own.
#[test]
fn pp_05_debts_to_one_listener_are_not_those_to_another() {
    let mut p = Proxied::with(&Config { backlog: 2, ..Config::new() }, Security::default());
    let security = Security::default().behind_proxy();
    p.h.server.sockets().listen(b"127.0.0.1:0", &Default::default(), security).unwrap();
    let flooded = p.h.server.address(1).unwrap().to_string().parse().unwrap();
    let mut honest = p.debtors(1, &HEADER[..20]).remove(0);
    let own = std::mem::replace(&mut p.h.address, flooded);
    let guilty = p.debtors(6, b"");
    assert_eq!(p.h.server.stats().refused, 4);
    p.h.address = own;
    honest.write_all(&HEADER[20..]).unwrap();
    let id = p.h.opened();
    innocent::is_served(&mut p.h, &mut honest, id);
    assert_eq!(p.h.server.stats().refused, 4);
    p.innocent_is_served();
    drop(guilty);
}

/// With a complete header they wait for a place, before those that come later, also by another listener.
#[test]
fn pp_05_a_complete_header_waits_for_a_place_in_order() {
    let mut p = Proxied::with(&Config { connections_max: 2, ..Config::new() }, Security::default());
    let plain = p.listen_plain();
    let mut clients = p.debtors(3, &HEADER[..20]);
    let mut guilty = p.debtors(2, &HEADER[..20]);
    clients[0].write_all(&HEADER[20..]).unwrap();
    let mut served = p.h.opened();
    for client in &mut clients[1..] {
        client.write_all(&HEADER[20..]).unwrap();
        assert_eq!(p.h.rest(), []);
    }
    let late = client(plain);
    assert_eq!(p.h.rest(), []);
    for (octet, peer) in HEADER[20..].chunks(1).zip(clients) {
        assert_eq!(p.transport(served), peer.local_addr().unwrap());
        // Those who still owe gain nothing by it.
        guilty.iter_mut().for_each(|debtor| debtor.write_all(octet).unwrap());
        drop(peer);
        assert_eq!(p.h.closed(served), None);
        served = p.h.opened();
    }
    assert_eq!(p.transport(served), late.local_addr().unwrap());
    assert_eq!(p.h.server.stats().refused, 0);
    p.innocent_is_served();
}

/// The place is taken when the header is complete, not when it is read.
#[test]
fn pp_05_nobody_takes_the_place_of_a_complete_header() {
    let mut p = Proxied::with(&Config { connections_max: 2, ..Config::new() }, Security::default());
    let mut debtors = p.debtors(2, b"");
    debtors[0].write_all(HEADER).unwrap();
    let first = p.h.opened();
    debtors[1].write_all(HEADER).unwrap();
    assert_eq!(p.h.rest(), []);
    drop(debtors.remove(0));
    assert_eq!(p.h.closed(first), None);
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let _elsewhere = client(socket.local_addr().unwrap());
    let accepted = socket.accept().unwrap().0;
    let refused = p.h.server.sockets().adopt(accepted.into(), &Security::default()).unwrap_err();
    assert_eq!(refused.code(), Code::Limit);
    let id = p.h.opened();
    assert_eq!(p.transport(id), debtors[0].local_addr().unwrap());
    p.innocent_is_served();
}

/// One that is refused makes room too.
#[test]
fn a_bad_header_makes_room() {
    let mut p = Proxied::with(&Config { connections_max: 2, ..Config::new() }, Security::default());
    let mut debtors = p.debtors(3, b"");
    debtors[0].write_all(HEADER).unwrap();
    let first = p.h.opened();
    debtors[1].write_all(b"GET / HTTP/1.1\r\n").unwrap();
    assert_eq!(p.h.rest(), []);
    debtors[2].write_all(HEADER).unwrap();
    assert_eq!(p.h.rest(), []);
    drop(debtors.remove(0));
    assert_eq!(p.h.closed(first), None);
    p.expect_refused("PP-01");
    let id = p.h.opened();
    assert_eq!(p.peer(id), "192.0.2.1:56324");
}

/// One that is gone before there is a place for it leaves the place to the next.
#[test]
fn a_reset_makes_room() {
    let mut p = Proxied::with(&Config { connections_max: 2, ..Config::new() }, Security::default());
    let mut debtors = p.debtors(3, b"");
    let mut opened = None;
    for debtor in &mut debtors {
        debtor.write_all(HEADER).unwrap();
        opened = opened.or(p.h.rest().first().map(|event| event.id));
    }
    reset_on_close(&debtors[1]);
    drop(debtors.remove(1));
    drop(debtors.remove(0));
    assert_eq!(p.h.closed(opened.unwrap()), None);
    // Systems differ in what is left of a connection that was reset.
    let next = debtors[0].local_addr().unwrap().to_string();
    let is_next = |h: &mut Harness, id| h.server.calls().endpoints(id).is_ok_and(|[peer, _]| peer.to_string() == next);
    assert!((0..4).any(|_| {
        let event = p.h.event();
        event.kind == EventKind::Opened && is_next(&mut p.h, event.id)
    }));
    p.innocent_is_served();
}
