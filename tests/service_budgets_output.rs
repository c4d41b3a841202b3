//! What is made for peers that do not read, and all connections of a server hold together (docs/budgets.md): who holds most pays, beside
//! an innocent client.
#![cfg(feature = "service")]

mod service_support;

use service_support::innocent::is_served;
use service_support::streams::fill;
use service_support::websocket::{clog, unclog};
use service_support::*;
use std::io::Read;
use std::net::TcpStream;
use wireway::conn::{Event, Write};
use wireway::error::Code;
use wireway::service::{Config, Delivered, EventKind, Id, Posted, Slow};
use wireway::websocket::machine::Part;

const TEXT: Part = Part::whole(true);

#[test]
fn h1_lim_07_the_largest_holders_end_when_memory_runs_short() {
    let part = "x".repeat(32 << 10).into_bytes();
    let mut config = Config { memory_max: 8 << 20, ..Config::new() };
    // Each may hold so much; all of them cannot.
    config.conn.limits.high_water = 512 << 10;
    let mut h = Harness::with(&config);
    let (mut innocent, id) = h.connect();
    let mut ended = Vec::new();
    let guilty: Vec<_> = (0..40)
        .map(|_| {
            let (mut client, guilty) = h.connect();
            get(&mut client, "/");
            h.request(guilty);
            h.server.calls().respond(guilty, &stream(), none()).unwrap();
            while let Ok(Write::Queued) = h.server.calls().send(guilty, &part) {
                h.server.flush();
            }
            // Others may have ended for it.
            ended.extend(h.rest());
            is_served(&mut h, &mut innocent, id);
            (client, guilty)
        })
        .collect();
    let evicted = h.server.stats().memory_evicted;
    assert!(evicted > 0 && evicted < 40, "{evicted}");
    let closed = ended
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Closed(Some(error)) if error.code() == Code::Nomem));
    assert_eq!(closed.count() as u64, evicted);
    assert!(ended.iter().all(|event| event.id != id));
    drop(guilty);
}

/// A peer that reads as fast as it is sent to does not keep others waiting: between two of its turns they have theirs.
#[test]
fn h1_lim_07_a_stream_without_end_lets_others_have_their_turns() {
    let mut config = Config::new();
    // What is sent in one turn is more than others wait for, and the system takes it whole.
    (config.conn.limits.high_water, config.conn.limits.low_water) = (60 << 10, 30 << 10);
    let mut h = Harness::with(&config);
    let (mut innocent, other) = h.connect();
    let (mut reader, id) = h.connect();
    get(&mut reader, "/stream");
    h.request(id);
    h.server.calls().respond(id, &stream(), none()).unwrap();
    let part = "x".repeat(70 << 10).into_bytes();
    std::thread::scope(|scope| {
        scope.spawn(move || while reader.read(&mut [0; 1 << 16]).is_ok_and(|len| len > 0) {});
        for _ in 0..50 {
            get(&mut innocent, "/");
            let mut before = 0;
            loop {
                while h.server.calls().send(id, &part) == Ok(Write::Queued) {}
                let event = h.event();
                if event.id == other {
                    break;
                }
                assert_eq!((event.id, event.kind), (id, EventKind::Conn(Event::Writable)));
                before += 1;
                assert!(before <= 3 * QUIET, "what the last batch left, and one turn in the next");
            }
            h.answer(other, "between");
            h.server.flush();
            expect_content(&mut innocent, "between");
        }
        // Not the reader's end: under Wine no shutdown wakes a read that waits.
        h.server.calls().abort(id).unwrap();
        h.rest();
    });
}

/// Small queues, so that something waits for who does not read.
fn small_queues() -> Config {
    let mut config = Config { waiting_max: 30_000, waiting_conn_max: 20_000, ..Config::new() };
    (config.conn.limits.high_water, config.conn.limits.low_water) = (100, 50);
    config
}

#[test]
fn the_longest_line_pays_when_nothing_more_can_wait() {
    // Of a message twice its length is counted: it may be compressed too.
    let mut h = Harness::with(&Config { waiting_max: 50_000, ..small_queues() });
    let (mut innocent, other) = h.open();
    let (mut guilty, id) = h.open();
    clog(&mut h.server, id);
    clog(&mut h.server, other);
    let long = vec![b'x'; 4000];
    for _ in 0..4 {
        assert_eq!(h.server.messages().deliver(id, TEXT, &long, Slow::Waits), Ok(Delivered::Waits));
    }
    let waits = |h: &mut Harness, text: &str| h.server.messages().deliver(other, TEXT, text.as_bytes(), Slow::Waits);
    let count = (0..).take_while(|number| {
        assert_eq!(waits(&mut h, &format!("{number} {}", "y".repeat(1500))), Ok(Delivered::Waits), "{number}");
        h.server.stats().too_slow == 0
    });
    let last = count.count();
    assert!((2..10).contains(&last), "{last}");
    assert_eq!(waits(&mut h, "the last"), Ok(Delivered::Waits));
    let (texts, _) = unclog(&mut h, &mut innocent, "the last");
    assert_eq!(texts.len(), last + 2, "all of it has come");
    assert_eq!(unclog(&mut h, &mut guilty, "").0, ["close 1008"]);
    assert_eq!(h.server.stats().too_slow, 1);
}

/// A request whose connection takes no response now: the peer does not read the interim ones before it.
fn blocked(h: &mut Harness) -> (TcpStream, Id) {
    let (mut client, id) = h.connect();
    get(&mut client, "/");
    h.request(id);
    fill(h, id);
    (client, id)
}

#[test]
fn responses_that_wait_take_no_room_from_other_posts() {
    let mut config = small_queues();
    config.post_octets_max = 20_000;
    let mut h = Harness::with(&config);
    let mailbox = h.server.mailbox();
    let long = "x".repeat(12_000);
    let post = |h: &mut Harness, id: Id, content: &str, token: u64| {
        let posted = h.server.mailbox().respond(id, &response(content), none(), token, true);
        assert_eq!(posted, Ok(Posted::Queued));
        h.rest()
    };
    let (mut innocent, other) = h.connect();
    let guilty: Vec<_> = (0..2).map(|_| blocked(&mut h)).collect();
    for (token, (_, id)) in (0..).zip(&guilty) {
        assert!(post(&mut h, *id, &long, token).is_empty());
        // The mailbox is as empty as before.
        assert_eq!(mailbox.post(Id::NONE, &[0; 15_000], 77, false), Ok(Posted::Queued));
        assert_eq!(h.event().kind, EventKind::Post(77));
        assert!(h.rest().is_empty());
    }
    // A third slow one, for whom less waits: the first of the longest pays.
    let (third, id) = blocked(&mut h);
    let events = post(&mut h, id, &"x".repeat(6000), 2);
    assert!(events.iter().any(|event| event.kind == EventKind::Undelivered(0, Code::Slow)), "{events:?}");
    assert!(events.iter().any(|event| {
        event.id == guilty[0].1 && matches!(event.kind, EventKind::Closed(Some(error)) if error.code() == Code::Slow)
    }));
    is_served(&mut h, &mut innocent, other);
    drop((guilty, third));
}

/// Who wants the most itself pays itself.
#[test]
fn a_response_that_is_too_much_is_reported_to_its_poster() {
    let mut h = Harness::with(&small_queues());
    let (client, id) = blocked(&mut h);
    h.server.mailbox().respond(id, &response(&"x".repeat(40_000)), none(), 5, true).unwrap();
    let told = h.event();
    assert_eq!((told.id, told.kind), (id, EventKind::Undelivered(5, Code::Slow)));
    assert!(matches!(h.conn_event(id), Event::Error(error) if error.code() == Code::Slow));
    assert_eq!(h.closed(id), Some(Code::Slow));
    drop(client);
}
