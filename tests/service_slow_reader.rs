//! Messages for connections whose peers do not read for a while: nothing is lost, and nothing comes out of order.
#![cfg(feature = "service")]

mod service_support;

use service_support::websocket::*;
use service_support::*;
use std::io::Read as _;
use wireway::conn::{Event, Prepared, Write};
use wireway::service::{Config, Delivered, Slow};
use wireway::websocket::machine::Part;

const TEXT: Part = Part::whole(true);

/// As a peer that does not read for a while makes it: the system's buffers are full, then the queue, and then others wait.
#[test]
fn a_late_reader_gets_everything_in_order() {
    let mut h = Harness::new();
    let (mut client, id) = h.open();
    let text = |number: usize| format!("{number} {}", "x".repeat(100_000));
    let deliver =
        |h: &mut Harness, number| h.server.messages().deliver(id, TEXT, text(number).as_bytes(), Slow::Waits).unwrap();
    let mut count = 0;
    while deliver(&mut h, count) == Delivered::Sent {
        // The system takes its part first.
        h.server.flush();
        count += 1;
        assert!(count < 1000, "never slow");
    }
    assert_eq!(deliver(&mut h, count + 1), Delivered::Waits);
    let told = std::thread::scope(|scope| {
        let reader = scope.spawn(move || (0..count + 3).map(|_| frame(&mut client).1).collect::<Vec<_>>());
        h.expect(id, Event::Writable);
        assert_eq!(deliver(&mut h, count + 2), Delivered::Sent);
        while !reader.is_finished() {
            assert!(h.server.next(Some(1)).is_ok());
        }
        reader.join().unwrap()
    });
    assert!(told.iter().enumerate().all(|(number, told)| *told == text(number).into_bytes()));
}

/// The queue is below its high-water mark again, but not below the low one: what comes then is still behind what waits.
#[test]
fn nothing_overtakes_what_waits() {
    let mut config = Config::new();
    let high = 8 << 20;
    (config.conn.limits.high_water, config.conn.limits.low_water) = (high as u32, 0);
    config.waiting_conn_max = 4 << 20;
    let mut h = Harness::with(&config);
    let (mut client, id) = h.open();
    let before = h.server.stats().octets_out;
    let (mut queued, mut read) = (0, 0);
    while h.server.messages().deliver(id, TEXT, "x".repeat(1 << 20).as_bytes(), Slow::Waits) == Ok(Delivered::Sent) {
        queued += (1 << 20) + 10;
        h.flush();
    }
    let left = |h: &Harness| queued - (h.server.stats().octets_out - before) as usize;
    assert!(left(&h) > high);
    while left(&h) > high {
        client.read_exact(&mut vec![0; 64 << 10]).unwrap();
        read += 64 << 10;
        assert!(h.rest().is_empty());
    }
    assert!(left(&h) > 0, "between the marks");
    let prepared = Prepared::new(TEXT, b"x").unwrap();
    assert_eq!(h.server.messages().send_message(id, TEXT, b"x"), Ok(Write::Paused));
    assert_eq!(h.server.messages().send_prepared(id, &prepared), Ok(Write::Paused));
    assert_eq!(h.server.messages().deliver(id, TEXT, b"x", Slow::Misses), Ok(Delivered::Missed));
    assert_eq!(h.server.messages().deliver(id, TEXT, b"behind", Slow::Waits), Ok(Delivered::Waits));
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            client.read_exact(&mut vec![0; queued - read]).unwrap();
            assert_eq!(frame(&mut client).1.len(), 1 << 20);
            expect_text(&mut client, "behind");
        });
        h.expect(id, Event::Writable);
        while !reader.is_finished() {
            assert!(h.server.next(Some(1)).is_ok());
        }
        reader.join().unwrap();
    });
}
