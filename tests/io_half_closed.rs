//! Peers that have ended their side and read slowly, or not at all. Every driver waits for room then, and not for the end.
#![cfg(feature = "io")]

mod io_support;

use io_support::system::number;
use io_support::{completion, completions_now, driver, expect_quiet, tcp_pair};
use std::io::{IoSlice, Read};
use std::net::{Shutdown, TcpStream};
use wireway::io::driver::{Driver, Event, Interest, Key, Sent, Submission};
use wireway::io::socket::Socket;

/// More than fits into a socket together with others of the kind.
const BLOCK: usize = 1_000_000;

/// A connection whose peer has ended its side, and whose buffer is full.
fn stalled(driver: &mut Driver) -> (Key, TcpStream, usize) {
    let (ours, peer) = tcp_pair();
    peer.shutdown(Shutdown::Write).unwrap();
    let block = vec![0; BLOCK];
    let sent = std::iter::from_fn(|| ours.send(&[IoSlice::new(&block)]).ok()).sum();
    (driver.attach(ours, 1).unwrap(), peer, sent)
}

/// Nothing completes now, in any of some turns.
fn nothing_completes(driver: &mut Driver) {
    for _ in 0..20 {
        let done = completions_now(driver);
        assert!(done.is_empty(), "{done:?}");
    }
}

#[test]
fn a_wait_for_room_waits() {
    let mut driver = driver();
    let (key, mut peer, sent) = stalled(&mut driver);
    driver.submit(key, Submission::Room).unwrap();
    nothing_completes(&mut driver);
    peer.read_exact(&mut vec![0; sent]).unwrap();
    assert!(matches!(completion(&mut driver).event, Event::Sent(Ok(0))));
    expect_quiet(&mut driver);
}

/// One piece and several: the system has a way of its own for each.
#[test]
fn a_send_waits_and_goes_on() {
    for pieces in [1, 3] {
        let mut driver = driver();
        let (key, mut peer, sent) = stalled(&mut driver);
        let block = vec![1; 100];
        let slices: Vec<_> = (0..pieces).map(|_| IoSlice::new(&block)).collect();
        assert!(matches!(driver.send(key, &slices).unwrap(), Sent::Held | Sent::Room(0)));
        nothing_completes(&mut driver);
        if driver.info().holds_sends {
            assert_eq!(driver.send(key, &slices).unwrap_err().raw_os_error(), Some(number::EALREADY), "it is held");
            assert!(driver.detach(key).is_err(), "it is held");
        }
        peer.read_exact(&mut vec![0; sent]).unwrap();
        let taken = match completion(&mut driver).event {
            Event::Sent(Ok(taken)) => taken,
            other => panic!("{other:?}"),
        };
        if taken == 0 {
            io_support::send_now(&mut driver, key, &slices).unwrap();
        }
        let mut octets = vec![0; 100 * pieces];
        peer.read_exact(&mut octets).unwrap();
        assert!(octets.iter().all(|&octet| octet == 1));
        expect_quiet(&mut driver);
    }
}

#[test]
fn a_close_and_a_drop_do_not_wait_for_the_peer() {
    for is_closed in [true, false] {
        for waits in [true, false] {
            let mut driver = driver();
            let (key, peer, _) = stalled(&mut driver);
            let block = vec![1; BLOCK];
            let _ = driver.send(key, &[IoSlice::new(&block)]).unwrap();
            if waits {
                nothing_completes(&mut driver);
            }
            if is_closed {
                driver.close(key).unwrap();
            }
            drop(driver);
            drop(peer);
        }
    }
}

#[test]
fn a_poll_for_room_waits() {
    let mut driver = driver();
    let (ours, peer) = Socket::pair().unwrap();
    peer.shutdown_write().unwrap();
    let block = vec![0; BLOCK];
    while ours.send(&[IoSlice::new(&block)]).is_ok() {}
    let key = driver.attach(ours, 1).unwrap();
    driver.submit(key, Submission::Poll(Interest::WRITABLE)).unwrap();
    nothing_completes(&mut driver);
    let mut sink = vec![0; BLOCK];
    while peer.receive(&mut sink).is_ok_and(|count| count > 0) {}
    assert!(matches!(completion(&mut driver).event, Event::Ready(ready) if ready.writable));
    expect_quiet(&mut driver);
}
