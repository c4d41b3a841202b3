//! The buffers that the system chooses from when octets have arrived: an idle connection occupies none.

use core::ptr;
use core::sync::atomic::{AtomicU16, Ordering};
use io_uring::Submitter;
use io_uring::types::BufRingEntry;
use std::io;

/// The only group of buffers of a ring.
pub(super) const GROUP: u16 = 0;

/// A buffer that the system has filled and handed over; [given back](Buffers::give_back) when its octets are used up.
#[derive(Debug)]
pub(in crate::io) struct Buffer(u16);

impl Buffer {
    pub(super) fn of_system(number: u16) -> Self {
        Self(number)
    }
}

/// All buffers of a ring, and the queue by which the system gets them. One mapping: the queue, then the buffers.
#[derive(Debug)]
pub(in crate::io) struct Buffers {
    /// A mapping of `mapped` octets; its first page is the queue.
    start: *mut u8,
    mapped: usize,
    /// Octets of the queue, whole pages.
    queue: usize,
    /// How many buffers, a power of two, and of how many octets each.
    count: u16,
    size: usize,
    /// Where the next buffer goes, modulo `count`.
    tail: u16,
    /// How many are in use. The others were never touched, so they occupy no memory yet.
    used: u16,
    /// A receive found none.
    are_lacking: bool,
}

// SAFETY: the mapping belongs to this value alone, like a box.
unsafe impl Send for Buffers {}

impl Buffers {
    /// Maps `count` buffers, a power of two, of `size` octets. The system has none of them yet.
    pub(super) fn new(count: u16, size: usize) -> io::Result<Self> {
        const PAGE: usize = 4096;
        let queue = (usize::from(count) * size_of::<BufRingEntry>()).next_multiple_of(PAGE);
        let octets = usize::from(count).checked_mul(size).and_then(|octets| octets.checked_add(queue));
        let mapped = octets.ok_or(io::ErrorKind::OutOfMemory)?;
        let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        // SAFETY: a new mapping of nothing that exists.
        let start = unsafe { libc::mmap(ptr::null_mut(), mapped, access, kind, -1, 0) };
        if start == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        Ok(Self { start: start.cast(), mapped, queue, count, size, tail: 0, used: 0, are_lacking: false })
    }

    /// Tells the system where the queue is, and gives it a quarter of the buffers.
    pub(super) fn register(&mut self, with: &Submitter<'_>) -> io::Result<()> {
        // SAFETY: a page-aligned queue of `count` entries, which stays mapped until the ring has ended (see `Ring`).
        unsafe { with.register_buf_ring_with_flags(self.start as u64, self.count, GROUP, 0) }?;
        self.add_some();
        Ok(())
    }

    /// A receive found no buffer.
    pub fn note_lack(&mut self) {
        self.are_lacking = true;
    }

    /// Whether that happened since the last call. Then the system has another quarter of the buffers, if there was one.
    pub fn take_lack(&mut self) -> bool {
        let lack = core::mem::take(&mut self.are_lacking);
        if lack {
            self.add_some();
        }
        lack
    }

    fn add_some(&mut self) {
        let more = (self.count / 4).max(1).min(self.count - self.used);
        (self.used..self.used + more).for_each(|number| self.give_back(Buffer(number)));
        self.used += more;
    }

    /// The first `len` octets of a buffer.
    #[inline]
    pub fn octets(&mut self, buffer: &Buffer, len: usize) -> &mut [u8] {
        let len = len.min(self.size);
        // SAFETY: inside the mapping; the system has handed the buffer over, and `Buffer` is the only name of it.
        unsafe { core::slice::from_raw_parts_mut(self.place(buffer.0), len) }
    }

    /// Lets the system fill the buffer again.
    #[inline]
    pub fn give_back(&mut self, buffer: Buffer) {
        let at = usize::from(self.tail & (self.count - 1));
        let place = self.place(buffer.0);
        // SAFETY: an entry of the queue that the system does not read before the tail is moved past it. Its last member,
        // which in the first entry is the tail itself, is not written.
        unsafe {
            let entry = &mut *self.start.cast::<BufRingEntry>().add(at);
            entry.set_addr(place as u64);
            entry.set_len(crate::narrow::place(self.size));
            entry.set_bid(buffer.0);
        }
        self.tail = self.tail.wrapping_add(1);
        self.publish();
    }

    /// Moves the tail that the system reads.
    #[inline]
    fn publish(&self) {
        // SAFETY: the start of the queue, whose entries are zero or written; the tail is in it, aligned, and only written
        // here. The system reads it with an acquire, which pairs with this release.
        unsafe {
            let tail = BufRingEntry::tail(self.start.cast());
            AtomicU16::from_ptr(tail.cast_mut()).store(self.tail, Ordering::Release);
        }
    }

    /// Where a buffer begins.
    fn place(&self, number: u16) -> *mut u8 {
        // SAFETY: the system names only buffers that it was given, all of which lie in the mapping.
        unsafe { self.start.add(self.queue + usize::from(number & (self.count - 1)) * self.size) }
    }

    /// Never frees the memory, since the system may still write to it.
    pub(super) fn leak(&mut self) {
        self.mapped = 0;
    }
}

impl Drop for Buffers {
    fn drop(&mut self) {
        if self.mapped != 0 {
            // SAFETY: our own mapping; the ring has ended, so the system no longer writes to it.
            unsafe { libc::munmap(self.start.cast(), self.mapped) };
        }
    }
}
