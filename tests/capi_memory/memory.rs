//! An allocator for a workspace that counts, and refuses when it is told to; and a global one that counts for this thread.

use core::ffi::c_void;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use wireway::ffi::workspace::ww_allocator;

struct Counting;

thread_local! {
    static GLOBAL: Cell<usize> = const { Cell::new(0) };
    static PANICS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: everything is the system allocator's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        GLOBAL.set(GLOBAL.get() + 1);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Allocations of this thread from the global allocator so far.
pub fn global_allocations() -> usize {
    GLOBAL.get()
}

/// What a caller's allocator knows.
pub struct Memory {
    /// Allocations so far.
    pub taken: Cell<usize>,
    /// Blocks that are out.
    pub live: Cell<usize>,
    /// Allocations that were refused.
    pub refused: Cell<usize>,
    /// Allocations until one is refused; `None`: none is.
    pub allowed: Cell<Option<usize>>,
}

impl Memory {
    pub fn new() -> Box<Self> {
        Box::new(Self { taken: Cell::new(0), live: Cell::new(0), refused: Cell::new(0), allowed: Cell::new(None) })
    }

    /// As C gives it to a workspace. The memory outlives that.
    pub fn as_allocator(&self) -> ww_allocator {
        ww_allocator {
            allocate: Some(allocate),
            release: Some(release),
            ctx: core::ptr::from_ref(self).cast_mut().cast::<c_void>(),
        }
    }
}

unsafe extern "C" fn allocate(ctx: *mut c_void, size: usize, align: usize) -> *mut c_void {
    // SAFETY: what `as_allocator` gave.
    let memory = unsafe { &*ctx.cast::<Memory>() };
    match memory.allowed.get() {
        Some(0) => {
            memory.refused.set(memory.refused.get() + 1);
            return core::ptr::null_mut();
        }
        Some(n) => memory.allowed.set(Some(n - 1)),
        None => {}
    }
    memory.taken.set(memory.taken.get() + 1);
    memory.live.set(memory.live.get() + 1);
    // SAFETY: not empty, and the alignment is a power of two, as the header says. Not the counting allocator.
    unsafe { System.alloc(Layout::from_size_align_unchecked(size, align)).cast() }
}

unsafe extern "C" fn release(ctx: *mut c_void, ptr: *mut c_void, size: usize, align: usize) {
    // SAFETY: what `as_allocator` gave.
    let memory = unsafe { &*ctx.cast::<Memory>() };
    memory.live.set(memory.live.get() - 1);
    // SAFETY: as `allocate` made it.
    unsafe { System.dealloc(ptr.cast(), Layout::from_size_align_unchecked(size, align)) }
}

/// Panics are contained by the C API; here each of them is noted.
pub fn note_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            PANICS.set(PANICS.get() + 1);
            before(info);
        }));
    });
}

/// How many there were on this thread.
pub fn panics() -> usize {
    PANICS.get()
}
