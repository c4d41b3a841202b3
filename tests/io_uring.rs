//! What only the io_uring driver does: it holds sends, keeps what arrives at sockets that pause, and accepts ahead. Without it
//! there is nothing to test here: where the system refuses it, `io_uring_denied.rs` has what happens.
#![cfg(all(feature = "io", target_os = "linux"))]

mod io_support;

use io_support::{completion, completions_now, expect_bytes, expect_quiet, receiving, tcp_pair, uring};
use std::io::{IoSlice, Read, Write};
use wireway::io::driver::{Cancel, Closing, Driver, Event, Interest, Key, Sent, Submission};
use wireway::io::socket::Socket;

/// The octets of one connection, as they come, until there are `len`.
fn collect(driver: &mut Driver, token: u32, len: usize) -> Vec<u8> {
    let mut octets = Vec::new();
    while octets.len() < len {
        let done = completion(driver);
        if done.token == token {
            assert!(matches!(done.event, Event::Received(Ok(1..))), "{done:?}");
            octets.extend_from_slice(driver.received());
        }
    }
    octets
}

#[test]
fn a_send_is_held_until_the_system_has_taken_some_of_it() {
    let Some(mut driver) = uring() else { return };
    let (ours, mut peer) = tcp_pair();
    let key = driver.attach(ours, 1).unwrap();
    let block: Vec<u8> = (0..8 << 20).map(|at: u32| at as u8).collect();
    let total = block.len();
    let reader = std::thread::spawn(move || {
        let mut octets = vec![0; total];
        peer.read_exact(&mut octets).unwrap();
        octets
    });
    let (mut sent, mut parts) = (0, 0);
    while sent < block.len() {
        // Two pieces, the first of them small.
        let (one, other) = block[sent..].split_at(3.min(block.len() - sent));
        assert_eq!(driver.send(key, &[IoSlice::new(one), IoSlice::new(other)]).unwrap(), Sent::Held);
        let again = driver.send(key, &[IoSlice::new(one)]).unwrap_err();
        assert_eq!(again.raw_os_error(), Some(libc::EALREADY), "one at a time");
        assert_eq!(driver.submit(key, Submission::Room).unwrap_err().raw_os_error(), Some(libc::EALREADY));
        match completion(&mut driver).event {
            Event::Sent(Ok(count)) => (sent, parts) = (sent + count, parts + 1),
            other => panic!("{other:?}"),
        }
    }
    assert!(parts > 1, "a large send goes in parts, so that its progress is seen");
    assert_eq!(reader.join().unwrap(), block);
    expect_quiet(&mut driver);
}

#[test]
fn a_close_ends_a_held_send_and_tells_the_peer_at_once() {
    let Some(mut driver) = uring() else { return };
    let (ours, mut peer) = tcp_pair();
    let key = receiving(&mut driver, ours, 1);
    let block = vec![b'x'; 16 << 20];
    assert_eq!(driver.send(key, &[IoSlice::new(&block)]).unwrap(), Sent::Held);
    driver.flush().unwrap();
    assert_eq!(driver.detach(key).unwrap_err().kind(), std::io::ErrorKind::WouldBlock, "octets are held");
    assert_eq!(driver.close(key).unwrap(), Closing::Done);
    drop(block);
    // No turn of the driver is needed for that.
    let mut octets = Vec::new();
    let _ = peer.read_to_end(&mut octets);
    assert!(octets.iter().all(|&octet| octet == b'x'));
    expect_quiet(&mut driver);
}

#[test]
fn a_dropped_driver_reads_nothing_more() {
    let Some(mut driver) = uring() else { return };
    let (ours, mut peer) = tcp_pair();
    let key = driver.attach(ours, 1).unwrap();
    let mut block = vec![b'x'; 16 << 20];
    assert_eq!(driver.send(key, &[IoSlice::new(&block)]).unwrap(), Sent::Held);
    driver.flush().unwrap();
    drop(driver);
    block.fill(b'y');
    let mut octets = Vec::new();
    let _ = peer.read_to_end(&mut octets);
    assert!(octets.iter().all(|&octet| octet == b'x'), "{}", octets.len());
}

/// More connections pause with octets than there are buffers, and one more is served all the same.
#[test]
fn those_who_pause_take_no_buffers_from_others() {
    const GUILTY: u32 = 300;
    let Some(mut driver) = uring() else { return };
    let (ours, mut innocent) = tcp_pair();
    receiving(&mut driver, ours, GUILTY);
    let mut guilty = Vec::new();
    for token in 0..GUILTY {
        let (ours, peer) = Socket::pair().unwrap();
        guilty.push((receiving(&mut driver, ours, token), peer));
    }
    // All wait for octets when these come, and pause before they are told.
    assert!(completions_now(&mut driver).is_empty());
    let octets = |token: u32| vec![token as u8; 10_000];
    for (token, (key, peer)) in (0..).zip(&guilty) {
        assert_eq!(peer.send(&[IoSlice::new(&octets(token))]).unwrap(), 10_000);
        driver.submit(*key, Submission::Cancel(Cancel::Receive)).unwrap();
    }
    assert!(completions_now(&mut driver).is_empty());
    for _ in 0..3 {
        innocent.write_all(b"served").unwrap();
        expect_bytes(&mut driver, GUILTY, b"served");
    }
    for (token, (key, _)) in (0..).zip(&guilty) {
        driver.submit(*key, Submission::Receive).unwrap();
        assert_eq!(collect(&mut driver, token, 10_000), octets(token));
    }
    expect_quiet(&mut driver);
}

/// More connections have octets than there are buffers.
#[test]
fn without_a_buffer_a_receive_waits_for_one() {
    const CONNECTIONS: u32 = 600;
    let Some(mut driver) = uring() else { return };
    let mut peers = Vec::new();
    for token in 0..CONNECTIONS {
        let (ours, peer) = Socket::pair().unwrap();
        receiving(&mut driver, ours, token);
        peers.push(peer);
    }
    assert!(completions_now(&mut driver).is_empty());
    for (token, peer) in (0..).zip(&peers) {
        peer.send(&[IoSlice::new(&u32::to_le_bytes(token))]).unwrap();
    }
    let mut seen = vec![false; CONNECTIONS as usize];
    for _ in 0..CONNECTIONS {
        let done = completion(&mut driver);
        assert!(matches!(done.event, Event::Received(Ok(4))), "{done:?}");
        assert_eq!(driver.received(), u32::to_le_bytes(done.token));
        assert!(!std::mem::replace(&mut seen[done.token as usize], true), "once each");
    }
    expect_quiet(&mut driver);
}

/// What has arrived comes first when it is wanted again: octets, and the end behind them.
#[test]
fn a_cancelled_receive_loses_neither_octets_nor_the_end() {
    let Some(mut driver) = uring() else { return };
    let (ours, mut peer) = tcp_pair();
    let key = receiving(&mut driver, ours, 1);
    assert!(completions_now(&mut driver).is_empty());
    peer.write_all(b"octets").unwrap();
    peer.shutdown(std::net::Shutdown::Write).unwrap();
    // They are in the batch, or in the ring, when the receive is cancelled.
    assert!(driver.wait(None).unwrap() > 0);
    driver.submit(key, Submission::Cancel(Cancel::Receive)).unwrap();
    let told = completion(&mut driver).event;
    assert!(matches!(told, Event::HungUp { both: false }), "{told:?}");
    expect_quiet(&mut driver);
    driver.submit(key, Submission::Receive).unwrap();
    expect_bytes(&mut driver, 1, b"octets");
    let told = completion(&mut driver).event;
    assert!(matches!(told, Event::Received(Ok(0))), "{told:?}");
    expect_quiet(&mut driver);
}

/// A poll for something else replaces the one before, which may complete in the meantime.
#[test]
fn an_earlier_poll_completes_for_nobody() {
    let Some(mut driver) = uring() else { return };
    let (ours, peer) = Socket::pair().unwrap();
    let key = driver.attach(ours, 1).unwrap();
    for _ in 0..3 {
        driver.submit(key, Submission::Poll(Interest::READABLE)).unwrap();
        assert!(completions_now(&mut driver).is_empty());
        peer.send(&[IoSlice::new(b"x")]).unwrap();
        driver.submit(key, Submission::Poll(Interest::WRITABLE)).unwrap();
        let done = completion(&mut driver);
        assert!(matches!(done.event, Event::Ready(ready) if ready.writable), "{done:?}");
        expect_quiet(&mut driver);
        assert_eq!(driver.socket(key).unwrap().receive(&mut [0; 8]).unwrap(), 1);
    }
}

#[test]
fn a_ring_belongs_to_the_thread_that_waits_first() {
    let Some(mut driver) = uring() else { return };
    let (ours, peer) = Socket::pair().unwrap();
    let key: Key = receiving(&mut driver, ours, 1);
    // What was submitted before counts for whoever waits.
    let mut driver = std::thread::spawn(move || {
        peer.send(&[IoSlice::new(b"there")]).unwrap();
        expect_bytes(&mut driver, 1, b"there");
        (driver, peer)
    });
    let (driver_back, peer) = driver.join().unwrap();
    driver = std::thread::spawn(move || (driver_back, peer));
    let (mut driver, peer) = driver.join().unwrap();
    peer.send(&[IoSlice::new(b"more")]).unwrap();
    assert_eq!(driver.wait(Some(0)).unwrap_err().raw_os_error(), Some(libc::EEXIST));
    assert!(driver.socket(key).is_ok());
    // It may be dropped by any thread.
    drop(driver);
}
