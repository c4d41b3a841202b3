//! Responses of other threads that wait until their connection has room.
#![cfg(feature = "service")]

mod service_support;

use service_support::*;
use std::io::Read as _;
use std::thread;
use wireway::conn::{Response, Write};
use wireway::error::Code;
use wireway::http1::write::FieldRef;
use wireway::service::{Config, EventKind, Id};

/// A request whose connection takes no response now: the peer does not read the interim ones before it.
fn blocked(h: &mut Harness) -> (std::net::TcpStream, Id) {
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    let value = vec![b'x'; 60_000];
    let field = FieldRef { name: b"X", value: &value };
    let mut is_full = false;
    for _ in 0..1000 {
        match h.server.calls().send_interim(id, 103, [field].into_iter()).unwrap() {
            Write::Queued => is_full = false,
            Write::Paused if is_full => return (client, id),
            // The system may take more yet.
            Write::Paused => (_, is_full) = (h.rest(), true),
        }
        // The system takes its part first.
        h.server.flush();
    }
    panic!("never held back");
}

#[test]
fn a_posted_response_waits_while_the_peer_does_not_read() {
    let mut h = Harness::new();
    let (mut client, id) = blocked(&mut h);
    h.server.mailbox().respond(id, &response("at last"), none(), 1, true).unwrap();
    assert!(h.rest().is_empty(), "neither delivered nor reported");
    assert_eq!(h.server.stats().responses, 0);
    let reader = thread::spawn(move || {
        let mut text = Vec::new();
        while !text.ends_with(b"at last") {
            let mut part = [0; 4096];
            let len = client.read(&mut part).expect("more");
            assert_ne!(len, 0, "ended early");
            text.extend_from_slice(&part[..len]);
        }
    });
    h.expect(id, wireway::conn::Event::Writable);
    assert_eq!(h.closed(id), None, "after the reader has had it all");
    assert_eq!(h.server.stats().responses, 1);
    reader.join().unwrap();
}

#[test]
fn a_parked_response_is_reported_when_its_connection_ends() {
    let mut h = Harness::new();
    let (client, id) = blocked(&mut h);
    h.server.mailbox().respond(id, &response("never"), none(), 8, true).unwrap();
    assert!(h.rest().is_empty());
    reset_on_close(&client);
    drop(client);
    let last = [h.event().kind, h.event().kind, h.event().kind];
    assert!(matches!(last[1], EventKind::Closed(Some(_))), "{last:?}");
    assert_eq!(last[2], EventKind::Undelivered(8, Code::Gone));
}

/// Memory for an answer is not there when its turn comes: its request would never be answered.
#[test]
fn a_parked_response_that_finds_no_memory_ends_its_connection() {
    for report in [true, false] {
        let mut h = Harness::with(&Config { memory_max: 1 << 20, ..Config::new() });
        let (mut client, id) = blocked(&mut h);
        let long = "x".repeat(1 << 20);
        let mailbox = h.server.mailbox();
        mailbox
            .respond(id, &Response { content: &long.as_bytes()[..900 << 10], ..response("") }, none(), 6, report)
            .unwrap();
        mailbox.respond(id, &response("behind it"), none(), 7, true).unwrap();
        assert!(h.rest().is_empty(), "both wait");
        let reader = thread::spawn(move || while client.read(&mut [0; 4096]).is_ok_and(|len| len > 0) {});
        let mut told = Vec::new();
        let why = loop {
            match h.event().kind {
                EventKind::Closed(why) => break why.map(|error| error.code()),
                EventKind::Undelivered(token, why) => told.push((token, why)),
                _ => {}
            }
        };
        for event in h.rest() {
            if let EventKind::Undelivered(token, why) = event.kind {
                told.push((token, why));
            }
        }
        assert_eq!(why, Some(Code::Nomem));
        assert_eq!(told, [(6, Code::Nomem), (7, Code::Nomem)][usize::from(!report)..]);
        reader.join().unwrap();
    }
}

/// The same where nothing is in its way.
#[test]
fn a_posted_response_that_finds_no_memory_ends_its_connection() {
    for report in [true, false] {
        let mut h = Harness::with(&Config { memory_max: 1 << 20, ..Config::new() });
        let (mut client, id) = h.connect();
        let (mut innocent, other) = h.connect();
        get(&mut client, "/");
        h.request(id);
        let long = "x".repeat(1 << 20);
        h.server.mailbox().respond(id, &response(&long), none(), 6, report).unwrap();
        let (mut why, mut told) = (None, Vec::new());
        while why.is_none() {
            match h.event().kind {
                EventKind::Closed(error) => why = Some(error.map(|error| error.code())),
                EventKind::Undelivered(token, why) => told.push((token, why)),
                _ => {}
            }
        }
        assert_eq!((why, h.server.stats().too_slow), (Some(Some(Code::Nomem)), 0));
        assert_eq!(told, [(6, Code::Nomem)][usize::from(!report)..]);
        get(&mut innocent, "/");
        h.request(other);
    }
}
