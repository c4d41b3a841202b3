//! A steady state of datagrams allocates nothing. Its own process: it counts allocations.
#![cfg(feature = "io")]

mod io_support;
#[allow(dead_code, reason = "a part of it is used")]
#[path = "io_datagram/support.rs"]
mod support;

use io_support::system::is_wine;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use support::{batch, pair, receive, to};
use wireway::io::address::Address;
use wireway::io::socket::{Datagram, Ecn, Outgoing, ReceiveBatch};

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

/// Sends every kind of datagram, and reads all that there is to read of each.
fn round(sender: &Datagram, receiver: &Datagram, address: Address, batch: &mut ReceiveBatch) {
    let marked = Outgoing { ecn: Some(Ecn::Ect0), ..to(&[7; 1000], address) };
    let cut = Outgoing { segment: 300, ..marked };
    assert_eq!(sender.send(&[to(b"x", address), marked, cut, to(b"", address)]).unwrap(), 4);
    assert!(sender.send(&[Outgoing { segment: 1, ..marked }]).is_err());
    let (mut count, mut octets) = (0, 0);
    while count < 7 {
        count += receive(receiver, batch);
        for datagram in batch.iter() {
            octets += datagram.segments().map(<[u8]>::len).sum::<usize>();
            assert!(datagram.peer().is_some() && datagram.local().is_some() && !datagram.is_cut());
            assert!(octets < 1000 || datagram.ecn() == Ecn::Ect0 || is_wine() || datagram.octets().is_empty());
        }
    }
    assert_eq!((count, octets), (7, 2001));
    assert!(receiver.receive(batch).is_err(), "all are read");
}

#[test]
fn a_steady_state_allocates_nothing() {
    let (sender, receiver, address) = pair();
    receiver.set_receive_ecn(true).unwrap();
    receiver.set_receive_local(true).unwrap();
    let mut batch = batch();
    let before = COUNT.get();
    for _ in 0..100 {
        round(&sender, &receiver, address, &mut batch);
    }
    assert_eq!(COUNT.get() - before, 0);
    let before = COUNT.get();
    drop(ReceiveBatch::new(&wireway::io::socket::BatchConfig::COALESCED));
    // Windows has no call for many datagrams, and each has a slot of its own.
    let expected = if cfg!(windows) { 2 } else { 1 };
    assert_eq!(COUNT.get() - before, expected, "the memory of a batch is one allocation");
}
