//! Fallible, budgeted memory: the allocator for everything whose size a peer controls.
//!
//! [`Heap`] is a cheap handle carried by `allocator-api2` collections. It counts allocated octets, refuses beyond its
//! budget (then `try_reserve` fails; nothing aborts), and allocates from a [`Source`]: the global allocator, or the
//! caller's through the C ABI. One thread at a time.
//!
//! The one leaf under the sans-I/O line with `unsafe`: an `Allocator` needs it.

#![allow(unsafe_code)]

use core::alloc::Layout;
use core::cell::Cell;
use core::ffi::c_void;
use core::ptr::NonNull;
use std::rc::Rc;

use allocator_api2::alloc::{AllocError, Allocator, Global};

use crate::error::{Code, Error, Fault};

/// A vector in a workspace's memory.
pub type Bytes = Vec<u8>;
/// A growable array in a workspace's memory.
pub type Vec<T> = allocator_api2::vec::Vec<T, Heap>;
/// One value in a workspace's memory.
pub type Box<T> = allocator_api2::boxed::Box<T, Heap>;

static EXHAUSTED: Fault = Fault::new(Code::Nomem, 503, c"", c"memory or its budget is used up");

/// The error of every failed allocation.
pub const NO_MEMORY: Error = EXHAUSTED.at(0);

/// The C side of a caller's allocator. Both functions must accept any size > 0 and power-of-two alignment.
#[derive(Clone, Copy)]
pub struct Foreign {
    /// Returns `size` octets aligned to `align`, or null.
    pub allocate: unsafe extern "C" fn(ctx: *mut c_void, size: usize, align: usize) -> *mut c_void,
    /// Frees a block from `allocate`, with the same size and alignment.
    pub release: unsafe extern "C" fn(ctx: *mut c_void, ptr: *mut c_void, size: usize, align: usize),
    /// Passed through.
    pub ctx: *mut c_void,
}

/// The source of memory.
#[derive(Clone, Copy)]
pub enum Source {
    /// Rust's global allocator.
    Global,
    /// The caller's allocator; made only by `unsafe` code that guarantees its functions.
    Foreign(Foreign),
}

struct Inner {
    source: Source,
    max: usize,
    used: Cell<usize>,
}

/// A handle on one budget of memory. Clones share it.
#[derive(Clone)]
pub struct Heap(Rc<Inner>);

impl Heap {
    /// A heap that gives out at most `max` octets at a time.
    ///
    /// # Safety
    /// The functions of a [`Source::Foreign`] must behave as [`Foreign`] says for as long as any clone of the heap or any
    /// collection made with it lives.
    pub unsafe fn with_source(max: usize, source: Source) -> Self {
        Self(Rc::new(Inner { source, max, used: Cell::new(0) }))
    }

    /// A heap over the global allocator that gives out at most `max` octets at a time.
    pub fn new(max: usize) -> Self {
        // SAFETY: the global source has no functions to vouch for.
        unsafe { Self::with_source(max, Source::Global) }
    }

    /// Octets given out and not yet back.
    pub fn used(&self) -> usize {
        self.0.used.get()
    }

    /// Counts `size` octets against the budget, for memory allocated elsewhere.
    pub fn reserve(&self, size: usize) -> Result<Reserved, Error> {
        let used = self.used().checked_add(size).filter(|&used| used <= self.0.max).ok_or(NO_MEMORY)?;
        self.0.used.set(used);
        Ok(Reserved { heap: self.clone(), size })
    }

    /// An empty vector with room for exactly `capacity` elements.
    pub fn vec<T>(&self, capacity: usize) -> Result<Vec<T>, Error> {
        let mut vec = Vec::new_in(self.clone());
        vec.try_reserve_exact(capacity).map_err(|_| NO_MEMORY)?;
        Ok(vec)
    }

    /// One value, boxed.
    pub fn boxed<T>(&self, value: T) -> Result<Box<T>, Error> {
        Box::try_new_in(value, self.clone()).map_err(|_| NO_MEMORY)
    }
}

/// A boxed value in one word; a [`Box`] has a second one for its heap.
#[cfg(feature = "tls")]
pub struct Thin<T>(NonNull<Owned<T>>);

#[cfg(feature = "tls")]
struct Owned<T> {
    value: T,
    heap: Heap,
}

#[cfg(feature = "tls")]
impl<T> Thin<T> {
    /// One value, in memory of `heap`.
    pub fn new(value: T, heap: &Heap) -> Result<Self, Error> {
        let owned = heap.boxed(Owned { value, heap: heap.clone() })?;
        // SAFETY: a box is never null.
        Ok(Self(unsafe { NonNull::new_unchecked(Box::into_raw(owned)) }))
    }
}

#[cfg(feature = "tls")]
impl<T> core::ops::Deref for Thin<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: made from a box, and this is its only owner.
        unsafe { &self.0.as_ref().value }
    }
}

#[cfg(feature = "tls")]
impl<T> core::ops::DerefMut for Thin<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as in `deref`.
        unsafe { &mut self.0.as_mut().value }
    }
}

#[cfg(feature = "tls")]
impl<T> Drop for Thin<T> {
    fn drop(&mut self) {
        // SAFETY: as in `deref`; the heap outlives the box by its clone.
        let heap = unsafe { self.0.as_ref().heap.clone() };
        // SAFETY: made by `Box::into_raw` with this heap, and not used again.
        drop(unsafe { Box::from_raw_in(self.0.as_ptr(), heap) });
    }
}

/// A reserved part of the budget, until dropped.
pub struct Reserved {
    heap: Heap,
    size: usize,
}

impl Drop for Reserved {
    fn drop(&mut self) {
        let used = &self.heap.0.used;
        used.set(used.get() - self.size);
    }
}

impl Inner {
    fn take(&self, layout: Layout) -> Option<NonNull<[u8]>> {
        match self.source {
            Source::Global => Global.allocate(layout).ok(),
            Source::Foreign(f) => {
                // SAFETY: `with_source` vouches for the function; collections ask for sizes > 0 only.
                let ptr = unsafe { (f.allocate)(f.ctx, layout.size(), layout.align()) };
                NonNull::new(ptr.cast()).map(|p| NonNull::slice_from_raw_parts(p, layout.size()))
            }
        }
    }
}

// SAFETY: blocks come from one source and stay valid until given back to it; clones share that source.
unsafe impl Allocator for Heap {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        let used = self.0.used.get().checked_add(layout.size()).ok_or(AllocError)?;
        if used > self.0.max {
            return Err(AllocError);
        }
        let block = self.0.take(layout).ok_or(AllocError)?;
        self.0.used.set(used);
        Ok(block)
    }

    /// The global allocator can move a large block without a second copy; it is counted once. A caller's allocator
    /// cannot: both blocks exist, and count, during the copy.
    unsafe fn grow(&self, ptr: NonNull<u8>, old: Layout, new: Layout) -> Result<NonNull<[u8]>, AllocError> {
        match self.0.source {
            Source::Global => {
                let used = self.used().checked_add(new.size() - old.size()).filter(|&used| used <= self.0.max);
                let used = used.ok_or(AllocError)?;
                // SAFETY: `ptr` came from this source with the layout `old`, and `new` is no smaller, by the contract of `grow`.
                let block = unsafe { Global.grow(ptr, old, new) }?;
                self.0.used.set(used);
                Ok(block)
            }
            Source::Foreign(_) => {
                let block = self.allocate(new)?;
                // SAFETY: both blocks have the octets of the old one and do not overlap; that one is given back once.
                unsafe {
                    ptr.copy_to_nonoverlapping(block.cast(), old.size());
                    self.deallocate(ptr, old);
                }
                Ok(block)
            }
        }
    }

    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        self.0.used.set(self.0.used.get() - layout.size());
        match self.0.source {
            // SAFETY: `ptr` came from this source with this layout, by the contract of `deallocate`.
            Source::Global => unsafe { Global.deallocate(ptr, layout) },
            // SAFETY: as above; `with_source` vouches for the function.
            Source::Foreign(f) => unsafe { (f.release)(f.ctx, ptr.as_ptr().cast(), layout.size(), layout.align()) },
        }
    }
}

#[cfg(test)]
mod tests;
