//! One answer to each request that is told always fits, however slowly the peer reads.
#![cfg(feature = "service")]

mod service_support;

use service_support::websocket::{CLOG, clog_for_good, frame, read_until, say};
use service_support::*;
use std::io::Read;
use wireway::conn::{Event, Write};
use wireway::service::{Config, Delivered, EventKind, Id, Next, Slow};
use wireway::websocket::machine::Part;

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

/// Echoes each message that is told; how many there were.
fn echo_each(h: &mut Harness, id: Id) -> usize {
    let mut echoed = 0;
    while let Next::Event(event) = h.server.next(Some(10)).expect("a wait") {
        let EventKind::Conn(event) = event.kind else { panic!("{event:?}") };
        if event == Event::Writable {
            continue;
        }
        let text = h.octets(event);
        assert_eq!(h.server.messages().send_message(id, Part::whole(true), &text), Ok(Write::Queued), "echo {echoed}");
        echoed += 1;
    }
    echoed
}

/// Of a subscriber the messages are held back while anything waits that was published, though its queue has room meanwhile: one answer to
/// each that is told always fits.
#[test]
fn one_answer_to_each_message_of_a_subscriber_fits() {
    let mut config = Config::new();
    (config.conn.limits.high_water, config.conn.limits.low_water) = (1 << 20, 1);
    let mut h = Harness::with(&config);
    let (mut client, id) = h.open();
    h.server.calls().subscribe(id, b"a").unwrap();
    let binary = Part::whole(false);
    clog_for_good(&mut h, id);
    assert_eq!(h.server.messages().deliver(id, binary, &CLOG, Slow::Waits), Ok(Delivered::Waits));
    for _ in 0..8 {
        assert_eq!(frame(&mut client), (0x82, CLOG.to_vec()));
        assert_eq!(echo_each(&mut h, id), 0);
    }
    say(&mut client, 0x81, b"answer me");
    assert_eq!(echo_each(&mut h, id), 0, "what was published goes first");
    assert_eq!(h.server.messages().publish(b"a", binary, &CLOG, Slow::Waits), Ok(1));
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| read_until(&mut client, "answer me"));
        let mut echoed = 0;
        while !reader.is_finished() {
            echoed += echo_each(&mut h, id);
        }
        assert_eq!((echoed, reader.join().expect("frames").len()), (1, 1));
    });
}
