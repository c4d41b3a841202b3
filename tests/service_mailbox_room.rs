//! Who posts a response piece by piece waits where its peer does not read, and nobody else does.
#![cfg(feature = "service")]

mod service_support;

use core::time::Duration;
use service_support::streams::{PIECE, asked, clog, config, read_to};
use service_support::*;
use std::thread;
use wireway::error::Code;
use wireway::service::{Config, EventKind, Id, Next, Posted};

/// The guilty client does not read; the innocent one has its pieces all the same, and memory for those of the guilty one has a bound.
#[test]
fn a_peer_that_does_not_read_delays_only_its_own_worker() {
    let mut h = Harness::with(&config());
    let mailbox = h.server.mailbox();
    let (guilty, id) = asked(&mut h, &mailbox);
    let (innocent, other) = asked(&mut h, &mailbox);
    let count = clog(&mut h, &mailbox, id);
    assert_eq!(mailbox.wait(id, PIECE.len(), Some(Duration::ZERO)), Ok(false));
    assert_eq!(mailbox.finish(id, none(), 0, true), Ok(Posted::Queued), "the end is small, and always may wait");
    for _ in 0..20 {
        assert_eq!(mailbox.wait(other, PIECE.len(), None), Ok(true));
        assert_eq!(mailbox.send(other, &PIECE, 1, true), Ok(Posted::Queued));
        h.rest();
    }
    mailbox.finish(other, none(), 2, true).unwrap();
    assert!(read_to(&mut h, innocent, b"\r\n0\r\n\r\n").len() > 20 * PIECE.len());
    let all = read_to(&mut h, guilty, b"\r\n0\r\n\r\n");
    let octets = all.iter().filter(|&&octet| octet == b'x').count();
    assert_eq!(octets, count * PIECE.len(), "nothing is missing");
    assert_eq!(h.server.stats().too_slow, 0);
}

#[test]
fn a_thread_waiting_for_room_continues_when_the_peer_reads() {
    let mut h = Harness::with(&config());
    let mailbox = h.server.mailbox();
    let (client, id) = asked(&mut h, &mailbox);
    clog(&mut h, &mailbox, id);
    let worker = thread::spawn(move || {
        for _ in 0..100 {
            while mailbox.send(id, &PIECE, 1, true).unwrap() == Posted::Full {
                assert_eq!(mailbox.wait(id, PIECE.len(), None), Ok(true));
            }
        }
        mailbox.finish(id, none(), 2, true).unwrap();
    });
    read_to(&mut h, client, b"\r\n0\r\n\r\n");
    worker.join().unwrap();
}

#[test]
fn a_thread_waiting_for_a_client_that_ends_is_woken() {
    let mut h = Harness::with(&config());
    let mailbox = h.server.mailbox();
    let (client, id) = asked(&mut h, &mailbox);
    clog(&mut h, &mailbox, id);
    let waiting = mailbox.clone();
    let worker = thread::spawn(move || waiting.wait(id, PIECE.len(), None).map_err(|error| error.code()));
    reset_on_close(&client);
    drop(client);
    let mut reports = 0;
    while !worker.is_finished() || reports < 5 {
        if let Next::Event(event) = h.server.next(Some(1)).unwrap() {
            reports += usize::from(event.kind == EventKind::Undelivered(1, Code::Gone));
        }
    }
    assert_eq!(worker.join().unwrap(), Err(Code::Gone));
    assert_eq!(mailbox.send(id, b"x", 1, true).unwrap_err().code(), Code::Gone);
    assert_eq!(mailbox.finish(id, none(), 1, true).unwrap_err().code(), Code::Gone);
}

#[test]
fn a_thread_waiting_for_mailbox_room_is_woken() {
    let mut h = Harness::with(&Config { posts_max: 1, post_octets_max: 5000, ..Config::new() });
    let mailbox = h.server.mailbox();
    assert_eq!(mailbox.wait(Id::NONE, 5000, None).unwrap_err().code(), Code::Limit);
    for ends in [false, true] {
        assert_eq!(mailbox.post(Id::NONE, b"x", 1, false), Ok(Posted::Queued));
        let waiting = mailbox.clone();
        let id = Id::from_number(1);
        assert_eq!(mailbox.wait(id, 1, Some(Duration::ZERO)), Ok(false));
        let worker = thread::spawn(move || waiting.wait(id, 1, None).map_err(|error| error.code()));
        if ends {
            drop(h);
            assert_eq!(worker.join().unwrap(), Err(Code::Gone));
            return;
        }
        assert_eq!(h.event().kind, EventKind::Post(1));
        assert!(!worker.is_finished(), "its octets count until the next event");
        h.rest();
        assert_eq!(worker.join().unwrap(), Ok(true));
    }
}
