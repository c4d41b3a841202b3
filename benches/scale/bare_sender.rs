//! What the system call alone costs: one sendmsg(2) with a prepared control message.

use std::os::fd::RawFd;

/// Octets to be sent over and over, cut into segments.
pub struct BareSender<'a> {
    fd: RawFd,
    octets: &'a [u8],
    segment: u16,
}

impl<'a> BareSender<'a> {
    /// A sender on a connected socket, which stays its owner's.
    pub fn new(fd: RawFd, octets: &'a [u8], segment: u16) -> Self {
        Self { fd, octets, segment }
    }

    pub fn send(&mut self) {
        let mut vector = libc::iovec { iov_base: self.octets.as_ptr().cast_mut().cast(), iov_len: self.octets.len() };
        let mut control = [0_u64; 4];
        // SAFETY: a C struct of integers and pointers; zeros and nulls are values of it.
        let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
        (message.msg_iov, message.msg_iovlen) = (&raw mut vector, 1);
        message.msg_control = control.as_mut_ptr().cast();
        // SAFETY: arithmetic only.
        message.msg_controllen = unsafe { libc::CMSG_SPACE(2) } as _;
        // SAFETY: the control message fits into `control`, which is aligned for its header; the call reads borrowed octets.
        let sent = unsafe {
            let header = libc::CMSG_FIRSTHDR(&raw const message);
            (*header).cmsg_level = libc::SOL_UDP;
            (*header).cmsg_type = libc::UDP_SEGMENT;
            (*header).cmsg_len = libc::CMSG_LEN(2) as _;
            libc::CMSG_DATA(header).cast::<u16>().write_unaligned(self.segment);
            libc::sendmsg(self.fd, &raw const message, 0)
        };
        assert_eq!(usize::try_from(sent), Ok(self.octets.len()), "{}", std::io::Error::last_os_error());
    }
}
