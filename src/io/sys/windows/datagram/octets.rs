//! Zeros whose pages the system provides when they are first written.

use core::ptr::NonNull;
use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::io;

/// Memory of a fixed size.
pub(super) struct Octets {
    start: NonNull<u8>,
    layout: Layout,
}

impl Octets {
    /// `len` zeros, at least one. Fails without memory.
    pub fn zeroed(len: usize) -> io::Result<Self> {
        let layout = Layout::array::<u8>(len.max(1)).map_err(|_| io::ErrorKind::OutOfMemory)?;
        // SAFETY: the layout is not empty.
        let start = NonNull::new(unsafe { alloc_zeroed(layout) }).ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(Self { start, layout })
    }

    pub fn all(&self) -> &[u8] {
        // SAFETY: allocated with this size, written, and borrowed with `self`.
        unsafe { core::slice::from_raw_parts(self.start.as_ptr(), self.layout.size()) }
    }

    pub fn all_mut(&mut self) -> &mut [u8] {
        // SAFETY: as above, and `&mut` lends it.
        unsafe { core::slice::from_raw_parts_mut(self.start.as_ptr(), self.layout.size()) }
    }
}

impl Drop for Octets {
    fn drop(&mut self) {
        // SAFETY: allocated in `zeroed` with this layout.
        unsafe { dealloc(self.start.as_ptr(), self.layout) };
    }
}

// SAFETY: the pointer is to memory of its own, as that of a `Vec` is.
unsafe impl Send for Octets {}
// SAFETY: nothing is written through `&self`.
unsafe impl Sync for Octets {}
