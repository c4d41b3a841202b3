//! Sends that find no room.
#![cfg(feature = "io")]

mod io_support;

use io_support::{completion, completions_now, driver_without_holds, expect_bytes, receiving, send_all, tcp_pair};
use std::io::{IoSlice, Read, Write};
use wireway::io::driver::{Cancel, Driver, Event, Key, Sent, Submission};
use wireway::io::socket::Socket;

#[test]
fn a_blocked_send_completes_when_there_is_room() {
    const AFTER: usize = 4 << 20;
    let mut driver = driver_without_holds();
    let (ours, mut peer) = tcp_pair();
    let key = receiving(&mut driver, ours, 7);
    let block = vec![b'z'; 1 << 20];
    // Nobody reads yet, so however large the system's buffers are, they fill.
    let mut sent = 0;
    let queued = loop {
        match driver.send(key, &[IoSlice::new(&block)]).unwrap() {
            Sent::Done(n) => sent += n,
            Sent::Room(n) => break n,
            Sent::Held => panic!("it holds nothing"),
        }
    };
    assert!(completions_now(&mut driver).is_empty());
    let total = sent + queued + AFTER;
    let reader = std::thread::spawn(move || {
        let mut bytes = vec![0; total];
        peer.read_exact(&mut bytes).unwrap();
        assert!(bytes.iter().all(|&b| b == b'z'));
        peer
    });
    let mut left = AFTER;
    while left > 0 {
        let done = completion(&mut driver);
        assert!(matches!(done.event, Event::Sent(Ok(0))) && done.token == 7, "{done:?}");
        while left > 0 {
            let piece = &block[..block.len().min(left)];
            match driver.send(key, &[IoSlice::new(piece)]).unwrap() {
                Sent::Done(n) => left -= n,
                Sent::Room(n) => {
                    left -= n;
                    break;
                }
                Sent::Held => panic!("it holds nothing"),
            }
        }
    }
    let mut peer = reader.join().unwrap();
    driver.submit(key, Submission::Cancel(Cancel::Send)).unwrap(); // the last piece may have ended exactly full
    assert!(completions_now(&mut driver).is_empty(), "room is told only to who waits for it");
    assert_eq!(driver.wait(Some(0)).unwrap(), 0, "the system has been told to be quiet");
    peer.write_all(b"after").unwrap();
    expect_bytes(&mut driver, 7, b"after");
}

#[test]
fn a_cancelled_send_is_not_completed() {
    let mut driver = driver_without_holds();
    let (ours, other) = Socket::pair().unwrap();
    let key = driver.attach(ours, 1).unwrap();
    let block = vec![0; 64 << 10];
    while let Sent::Done(_) = driver.send(key, &[IoSlice::new(&block)]).unwrap() {}
    driver.submit(key, Submission::Cancel(Cancel::Send)).unwrap();
    let mut sink = vec![0; 1 << 20];
    while other.receive(&mut sink).is_ok() {}
    assert!(completions_now(&mut driver).is_empty());
    send_all(&mut driver, key, b"still usable");
}

#[test]
fn a_blocked_sender_learns_that_a_unix_peer_closed() {
    let mut driver = driver_without_holds();
    let (ours, other) = Socket::pair().unwrap();
    let key = receiving(&mut driver, ours, 1);
    driver.submit(key, Submission::Cancel(Cancel::Receive)).unwrap();
    let block = vec![0; 64 << 10];
    while let Sent::Done(_) = driver.send(key, &[IoSlice::new(&block)]).unwrap() {}
    drop(other);
    // Closing with bytes unread is a reset here; without, a hang-up and then room.
    let told = completion(&mut driver).event;
    assert!(matches!(told, Event::Received(Err(_)) | Event::HungUp { .. }), "{told:?}");
    assert!(driver.send(key, &[IoSlice::new(&block)]).is_err());
}

/// A socket whose buffer is full, and its peer.
fn blocked(driver: &mut Driver) -> (Key, Socket) {
    let (ours, peer) = Socket::pair().unwrap();
    let key = receiving(driver, ours, 1);
    let block = vec![0; 64 << 10];
    while let Sent::Done(_) = driver.send(key, &[IoSlice::new(&block)]).unwrap() {}
    (key, peer)
}

fn drain(peer: &Socket) {
    let mut sink = vec![0; 1 << 20];
    while peer.receive(&mut sink).is_ok() {}
}

#[test]
fn bytes_and_room_at_once_are_both_told_in_one_turn() {
    let mut driver = driver_without_holds();
    let (_key, peer) = blocked(&mut driver);
    drain(&peer);
    peer.send(&[IoSlice::new(b"x")]).unwrap();
    let events: Vec<_> = completions_now(&mut driver).into_iter().map(|done| done.event).collect();
    let is_both = matches!(
        events[..],
        [Event::Received(Ok(1)), Event::Sent(Ok(0))] | [Event::Sent(Ok(0)), Event::Received(Ok(1))]
    );
    assert!(is_both, "{events:?}");
    assert!(completions_now(&mut driver).is_empty(), "room is told once");
    assert_eq!(driver.wait(Some(0)).unwrap(), 0, "the system has been told to be quiet");
}

#[test]
fn a_send_takes_the_place_of_a_wait_for_room() {
    let mut driver = driver_without_holds();
    let (key, peer) = blocked(&mut driver);
    drain(&peer);
    send_all(&mut driver, key, b"at once");
    assert!(completions_now(&mut driver).is_empty());
}
