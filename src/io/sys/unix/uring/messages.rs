//! The headers and vectors of sends that the system has not been told of yet.

use core::mem::zeroed;
use io_uring::types::Fd;
use io_uring::{opcode, squeue};
use std::io;
use std::os::fd::RawFd;

/// How many sends of several pieces, and how many pieces, are told to the system together.
const MESSAGES: usize = 128;
pub(super) const VECTORS: usize = 1024;

/// IORING_SEND_ZC_REPORT_USAGE (Linux 6.2): a release says whether octets were copied.
const REPORT_USAGE: u16 = 1 << 3;

const SEND: libc::c_int = libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT;

/// Fixed room, emptied when the system has read it.
#[derive(Debug)]
pub(super) struct Messages {
    headers: Vec<libc::msghdr>,
    vectors: Vec<libc::iovec>,
}

// SAFETY: the addresses inside are for the system only, which reads them whoever submits.
unsafe impl Send for Messages {}

impl Messages {
    pub fn new() -> io::Result<Self> {
        let (mut headers, mut vectors) = (Vec::new(), Vec::new());
        headers.try_reserve_exact(MESSAGES)?;
        vectors.try_reserve_exact(VECTORS)?;
        Ok(Self { headers, vectors })
    }

    /// Whether a message of `count` pieces, at most [`VECTORS`], fits.
    pub fn fits(&self, count: usize) -> bool {
        self.headers.len() < MESSAGES && self.vectors.len() + count <= VECTORS
    }

    /// A send of the pieces, which [fit](Self::fits), and are lent or not.
    pub fn request(&mut self, fd: RawFd, pieces: &[libc::iovec], lends: bool) -> squeue::Entry {
        let fd = Fd(fd);
        if let [one] = pieces {
            let (octets, len) = (one.iov_base.cast(), u32::try_from(one.iov_len).unwrap_or(u32::MAX));
            return if lends {
                opcode::SendZc::new(fd, octets, len).flags(SEND).zc_flags(REPORT_USAGE).build()
            } else {
                opcode::Send::new(fd, octets, len).flags(SEND).build()
            };
        }
        let message = self.add(pieces);
        if lends {
            opcode::SendMsgZc::new(fd, message).flags(SEND as u32).ioprio(REPORT_USAGE).build()
        } else {
            opcode::SendMsg::new(fd, message).flags(SEND as u32).build()
        }
    }

    /// Adds a message that [fits](Self::fits). It stays in place until [`clear`](Self::clear).
    fn add(&mut self, pieces: &[libc::iovec]) -> *const libc::msghdr {
        debug_assert!(self.fits(pieces.len()), "a full vector would move what was added before");
        let first = self.vectors.len();
        self.vectors.extend_from_slice(pieces);
        // SAFETY: a C struct of integers and pointers; zeros and nulls are values of it.
        let mut header: libc::msghdr = unsafe { zeroed() };
        header.msg_iov = self.vectors[first..].as_mut_ptr();
        header.msg_iovlen = pieces.len() as _;
        self.headers.push(header);
        &raw const self.headers[self.headers.len() - 1]
    }

    /// The system has read all of them.
    pub fn clear(&mut self) {
        self.headers.clear();
        self.vectors.clear();
    }
}
