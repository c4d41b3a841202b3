//! One answer to each request that is told always fits, however slowly the peer reads.
#![cfg(feature = "service")]

mod service_support;

use service_support::*;
use std::io::Read;
use wireway::conn::{Event, Write};
use wireway::service::{EventKind, Id, Next};

/// Answers each request that there is, once; how many there were.
fn answer_each(h: &mut Harness, id: Id, content: &str) -> usize {
    let mut answered = 0;
    while let Next::Event(event) = h.server.next(Some(10)).expect("a wait") {
        assert_eq!(event.kind, EventKind::Conn(Event::Request { last: true }));
        assert_eq!(h.server.calls().respond(id, &response(content), none()), Ok(Write::Queued), "answer {answered}");
        answered += 1;
    }
    answered
}

/// Of a peer that asks and does not read the requests are held back: one answer to each that is told always fits.
#[test]
fn one_answer_to_each_request_fits() {
    const REQUESTS: usize = 64;
    let mut h = Harness::new();
    let (mut client, id) = h.connect();
    let content = "x".repeat(300_000);
    for _ in 0..REQUESTS {
        get(&mut client, "/");
    }
    let mut answered = answer_each(&mut h, id, &content);
    assert!(answered > 0 && answered < REQUESTS, "{answered} of them");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let (mut part, mut count) = (vec![0; 64 << 10], 0);
            while count < REQUESTS * content.len() {
                let len = client.read(&mut part).expect("content");
                assert_ne!(len, 0, "ended early");
                count += part[..len].iter().filter(|&&octet| octet == b'x').count();
            }
        });
        while answered < REQUESTS || h.server.stats().octets_out < (REQUESTS * content.len()) as u64 {
            answered += answer_each(&mut h, id, &content);
        }
    });
    assert_eq!(answered, REQUESTS);
}
