//! A thousand connections, and a steady state that allocates nothing. Its own process: it raises the limit of descriptors
//! and counts allocations.
#![cfg(feature = "io")]

mod io_support;

use io_support::{completion, driver, raise_limit, receiving};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::io::IoSlice;
use wireway::io::driver::{Driver, Event, Key, Sent};
use wireway::io::socket::Socket;
use wireway::io::timer::Wheel;

const CONNECTIONS: usize = 1000;

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: passes everything on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        // SAFETY: the caller's contract is the system allocator's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// One round: each peer sends, each connection echoes from `answers` and moves its timer.
fn round(driver: &mut Driver, keys: &[Key], peers: &[Socket], answers: &mut [[u8; 4]], wheel: &mut Wheel, now: u64) {
    for (number, peer) in peers.iter().enumerate() {
        peer.send(&[IoSlice::new(&(number as u32).to_le_bytes())]).unwrap();
    }
    let (mut received, mut held) = (0, 0);
    while received < peers.len() || held > 0 {
        let done = completion(driver);
        if matches!(done.event, Event::Sent(Ok(4))) {
            held -= 1;
            continue;
        }
        assert!(matches!(done.event, Event::Received(Ok(4))), "{done:?}");
        received += 1;
        let at = done.token as usize;
        answers[at].copy_from_slice(driver.received());
        assert_eq!(u32::from_le_bytes(answers[at]), done.token);
        match driver.send(keys[at], &[IoSlice::new(&answers[at])]).unwrap() {
            Sent::Held => held += 1,
            sent => assert_eq!(sent, Sent::Done(4)),
        }
        wheel.arm(done.token, now + 30_000).unwrap();
    }
    for (number, peer) in peers.iter().enumerate() {
        let mut bytes = [0; 4];
        assert_eq!(peer.receive(&mut bytes).unwrap(), 4);
        assert_eq!(u32::from_le_bytes(bytes), number as u32);
    }
}

#[test]
fn a_thousand_connections_echo_without_allocating() {
    raise_limit();
    let mut driver = driver();
    let mut wheel = Wheel::new(0);
    let (mut keys, mut peers) = (Vec::new(), Vec::new());
    for token in 0..CONNECTIONS {
        let (ours, peer) = Socket::pair().unwrap();
        keys.push(receiving(&mut driver, ours, token as u32));
        peers.push(peer);
    }
    let mut answers = vec![[0; 4]; CONNECTIONS];
    round(&mut driver, &keys, &peers, &mut answers, &mut wheel, 0);
    let before = COUNT.with(Cell::get);
    for now in [100, 20_000, 40_000] {
        round(&mut driver, &keys, &peers, &mut answers, &mut wheel, now);
        assert_eq!(wheel.expire(now + 1), None);
    }
    assert_eq!(COUNT.with(Cell::get), before, "allocations in the steady state");
    assert_eq!(std::iter::from_fn(|| wheel.expire(70_000)).count(), CONNECTIONS);
}
