//! Control messages as the system wrote them, one after the other.

use core::marker::PhantomData;
use core::ptr;
use libc::{c_int, cmsghdr, msghdr};

/// The control messages of one received datagram: level, type and value of each.
pub(in crate::io) struct Messages<'a> {
    message: *const msghdr,
    next: *const cmsghdr,
    of: PhantomData<&'a msghdr>,
}

impl Messages<'_> {
    /// # Safety
    ///
    /// A system call has filled `message`, whose control messages are aligned as `cmsghdr` is and borrowed with it.
    pub(super) unsafe fn of(message: &msghdr) -> Messages<'_> {
        // SAFETY: as above; without room for a header the result is null.
        let next = unsafe { libc::CMSG_FIRSTHDR(message) };
        Messages { message, next, of: PhantomData }
    }
}

impl<'a> Iterator for Messages<'a> {
    type Item = (c_int, c_int, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        // SAFETY: null, or a header that the system wrote and that is borrowed for `'a`.
        let header = unsafe { self.next.as_ref() }?;
        // SAFETY: it only computes.
        let before_value = unsafe { libc::CMSG_LEN(0) } as usize;
        #[allow(clippy::unnecessary_cast, reason = "32 bits in musl")]
        let len = (header.cmsg_len as usize).saturating_sub(before_value);
        // SAFETY: the system wrote `len` octets behind the header, within the room it was given.
        let value = unsafe { core::slice::from_raw_parts(libc::CMSG_DATA(ptr::from_ref(header)), len) };
        // SAFETY: header and message belong together; null at the end.
        self.next = unsafe { libc::CMSG_NXTHDR(self.message, header) };
        Some((header.cmsg_level, header.cmsg_type, value))
    }
}
