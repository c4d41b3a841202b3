//! The octets that C has lent to a connection.

use core::ptr::NonNull;

/// Octets that are the connection's until it gives them back; none without a lend.
#[derive(Clone, Copy)]
pub(super) struct Lend {
    start: NonNull<u8>,
    len: usize,
}

impl Lend {
    /// No lend.
    pub const NONE: Self = Self { start: NonNull::dangling(), len: 0 };

    /// `len` octets at `start`, which may be null without any.
    #[inline(always)]
    pub fn of(start: *mut u8, len: usize) -> Self {
        NonNull::new(start).map_or(Self::NONE, |start| Self { start, len })
    }

    /// The octets.
    ///
    /// # Safety
    /// They are the library's still, and nothing else refers to them during `'a`.
    #[inline(always)]
    pub unsafe fn octets<'a>(self) -> &'a mut [u8] {
        // SAFETY: as the caller promises; a pointer that dangles has no octets.
        unsafe { core::slice::from_raw_parts_mut(self.start.as_ptr(), self.len) }
    }
}
