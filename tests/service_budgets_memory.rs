//! Memory of a server that runs short (docs/budgets.md): no more of the largest holders end than must, whatever it is that they hold, and an
//! innocent client beside them is served.
#![cfg(feature = "service")]

mod service_support;

use service_support::innocent::is_served;
use service_support::*;
use std::io::Write as _;
use std::net::TcpStream;
use wireway::error::Code;
use wireway::service::{Config, Event, EventKind, Id};

/// A request that nobody answers, and 60,000 octets behind it.
fn hoard(h: &mut Harness) -> (TcpStream, Id) {
    let (mut client, id) = h.connect();
    get(&mut client, "/slow");
    client.write_all("G".repeat(60_000).as_bytes()).unwrap();
    h.request(id);
    (client, id)
}

/// Connections end for the memory that they hold, and for no clock, on the slowest machine.
fn timeless(memory_max: usize) -> Config {
    let mut config = Config { memory_max, ..Config::new() };
    config.conn.clocks.head_ms = 3_600_000;
    config.conn.clocks.idle_ms = 3_600_000;
    config
}

/// A server with 8 MiB: from 7 on the largest holders end, until half of one is free again.
fn small() -> Harness {
    Harness::with(&Config { driver: readiness::readiness(), ..timeless(8 << 20) })
}

/// Begins connections until some have ended for others, and ten more. How many have ended at first, how many in all, and the clients.
fn until_evicted(h: &mut Harness, mut begin: impl FnMut(&mut Harness) -> TcpStream) -> (u64, u64, Vec<TcpStream>) {
    let (mut clients, mut ended) = (Vec::new(), Vec::new());
    while h.server.stats().memory_evicted == 0 {
        clients.push(begin(h));
        ended.extend(h.rest());
        assert!(clients.len() < 450, "memory is used up by then");
    }
    let first = h.server.stats().memory_evicted;
    for _ in 0..10 {
        clients.push(begin(h));
        ended.extend(h.rest());
    }
    let all = h.server.stats().memory_evicted;
    let is_end = |event: &&Event| matches!(event.kind, EventKind::Closed(Some(error)) if error.code() == Code::Nomem);
    assert_eq!(ended.iter().filter(is_end).count() as u64, all, "each ends once");
    (first, all, clients)
}

#[test]
fn h1_lim_07_no_more_holders_of_input_end_than_necessary() {
    let mut h = small();
    let (mut innocent, id) = h.connect();
    let (first, all, guilty) = until_evicted(&mut h, |h| hoard(h).0);
    assert!((7..=11).contains(&first), "{first}");
    assert!(all <= first + 11, "{all} after {first}");
    is_served(&mut h, &mut innocent, id);
    drop(guilty);
}

#[test]
fn h1_lim_07_no_more_holders_of_heads_end_than_necessary() {
    let mut h = small();
    let (mut innocent, id) = h.connect();
    let field = format!("X: {}\r\n", "x".repeat(3000));
    let half = format!("GET / HTTP/1.1\r\nHost: test\r\n{}", field.repeat(9));
    let (first, all, guilty) = until_evicted(&mut h, |h| {
        let (mut client, _) = h.connect();
        client.write_all(half.as_bytes()).unwrap();
        client
    });
    assert!((10..=22).contains(&first), "{first}");
    assert!(all <= first + 22, "{all} after {first}");
    is_served(&mut h, &mut innocent, id);
    drop(guilty);
}

/// Subscriptions lie in the same memory: who has many of them pays, and who is in the middle of a head does not.
#[test]
fn h1_lim_07_the_connection_with_most_topics_pays() {
    let mut h = small();
    let (mut innocent, id) = h.connect();
    innocent.write_all(b"GET /half HTTP/1.1\r\nHost: test\r\nX: ").unwrap();
    innocent.write_all("x".repeat(3000).as_bytes()).unwrap();
    assert!(h.rest().is_empty());
    let mut guilty = Vec::new();
    let mut ended = Vec::new();
    for number in 0..30 {
        let (client, other) = h.open();
        for topic in 0..1024 {
            h.server.calls().subscribe(other, format!("{:x<240}", format!("{number} {topic} ")).as_bytes()).unwrap();
        }
        ended.extend(h.rest());
        guilty.push(client);
    }
    let evicted = h.server.stats().memory_evicted;
    assert!((1..30).contains(&evicted), "{evicted}");
    assert!(ended.iter().all(|event| event.id != id));
    innocent.write_all(b"\r\n\r\n").unwrap();
    assert_eq!(h.request(id), "/half");
    h.answer(id, "whole");
    assert!(h.rest().is_empty());
    expect_content(&mut innocent, "whole");
}

/// The next look comes before those that ended in one have had their turns: it does not end them again, nor others in their place.
#[test]
fn h1_lim_07_checks_in_one_batch_end_each_connection_once() {
    let mut h = small();
    let (mut innocent, id) = h.connect();
    let mut guilty: Vec<_> = (0..140).map(|_| h.connect().0).collect();
    for client in &mut guilty {
        get(client, "/slow");
        client.write_all("G".repeat(60_000).as_bytes()).unwrap();
    }
    let ended = h.rest();
    let ended = ended.iter().filter(|event| matches!(event.kind, EventKind::Closed(Some(_)))).count() as u64;
    assert_eq!(ended, h.server.stats().memory_evicted);
    assert!((15..=40).contains(&ended), "{ended} of 140");
    is_served(&mut h, &mut innocent, id);
    drop(guilty);
}

/// Heads in the making, and one that holds much beside them: it ends, and however little that helps nobody else does.
#[test]
fn h1_lim_07_a_connection_with_an_ordinary_incomplete_head_never_pays() {
    let mut h = Harness::with(&timeless(1 << 20));
    let (_client, guilty) = hoard(&mut h);
    let mut ended = Vec::new();
    let innocent: Vec<_> = (0..180)
        .map(|_| {
            let (mut client, id) = h.connect();
            client.write_all(b"GET /half HTTP/1.1\r\nHost: test\r\nX: ").unwrap();
            client.write_all("x".repeat(3000).as_bytes()).unwrap();
            ended.extend(h.rest());
            (client, id)
        })
        .collect();
    assert_eq!(h.server.stats().memory_evicted, 1);
    assert!(ended.iter().all(|event| event.id == guilty), "{ended:?}");
    for (mut client, id) in innocent {
        client.write_all(b"\r\n\r\n").unwrap();
        assert_eq!(h.request(id), "/half");
        h.answer(id, "whole");
        assert!(h.rest().is_empty());
        expect_content(&mut client, "whole");
        drop(client);
        h.rest();
    }
}
