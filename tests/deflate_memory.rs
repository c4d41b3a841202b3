//! What zlib-rs takes for its state is what the library counts against a budget. Only this thread's
//! allocations are counted: the harness has threads of its own.
#![cfg(feature = "deflate")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use wireway::memory::Heap;
use wireway::websocket::deflate::{Deflater, Inflater};

struct Counting;

thread_local! {
    static USED: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: everything is the system allocator's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        USED.set(USED.get().wrapping_add(layout.size()));
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // What another thread took may be given back here, and the other way about.
        USED.set(USED.get().wrapping_sub(layout.size()));
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The memory `make` leaves in use, with the value that uses it.
fn measure<T>(make: impl FnOnce() -> T) -> usize {
    let before = USED.get();
    let value = make();
    let after = USED.get();
    drop(value);
    assert_eq!(USED.get(), before, "all of it comes back");
    after - before
}

#[test]
fn ws_pmd_07_the_codecs_take_what_is_counted_for_them() {
    let heap = Heap::new(1 << 20);
    let taken = measure(|| Inflater::new(&heap, 15).unwrap());
    println!("inflater: {taken} + {} octets, {} counted", size_of::<Inflater>(), Inflater::MEMORY);
    check(taken, Inflater::MEMORY);
    for bits in 8..=15 {
        let (taken, counted) = (measure(|| Deflater::new(&heap, bits, 6).unwrap()), Deflater::memory(bits));
        println!("deflater of {bits} bits: {taken} + {} octets, {counted} counted", size_of::<Deflater>());
        check(taken, counted);
    }
    assert_eq!(heap.used(), 0);
}

/// Never more than was counted, and not much less.
fn check(taken: usize, counted: usize) {
    assert!(taken <= counted && counted <= taken + taken / 20, "{taken} taken, {counted} counted");
}
