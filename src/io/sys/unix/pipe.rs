//! A pipe that wakes waiters, where there is no eventfd. kqueue has user events, but to trigger one is not known to be
//! async-signal-safe, which a write is.

use super::{check, check_size, made};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

/// Both ends.
#[derive(Debug)]
pub(in crate::io) struct Pipe {
    reader: OwnedFd,
    writer: OwnedFd,
}

impl Pipe {
    pub(in crate::io) fn new() -> io::Result<Self> {
        let mut ends = [-1; 2];
        // SAFETY: two integers of our own array are written.
        check(unsafe { make(ends.as_mut_ptr()) })?;
        // SAFETY: the call made both, and nobody else has seen them.
        let (reader, writer) = unsafe { (made(ends[0])?, made(ends[1])?) };
        if cfg!(target_os = "macos") {
            super::option::adopt(reader.as_raw_fd())?;
            super::option::adopt(writer.as_raw_fd())?;
        }
        Ok(Self { reader, writer })
    }

    /// Writes an octet; returns whether waiters wake. Async-signal-safe.
    pub(in crate::io) fn add(&self) -> bool {
        // SAFETY: an octet of ours is read. The result does not matter: the call fails only when the pipe is full, and then
        // it wakes already.
        unsafe { libc::write(self.writer.as_raw_fd(), [0_u8].as_ptr().cast(), 1) };
        true
    }

    /// Empties the pipe, up to as many octets as wakers write at once.
    pub(in crate::io) fn clear(&self) -> io::Result<()> {
        let mut octets = [0_u8; 64];
        // SAFETY: at most all of our own array is written.
        check_size(unsafe { libc::read(self.fd(), octets.as_mut_ptr().cast(), octets.len()) }).map(drop)
    }

    /// What is readable unless the pipe is empty.
    pub(in crate::io) fn fd(&self) -> RawFd {
        self.reader.as_raw_fd()
    }
}

#[cfg(not(target_os = "macos"))]
unsafe fn make(ends: *mut libc::c_int) -> libc::c_int {
    // SAFETY: as the caller promises: room for two integers.
    unsafe { libc::pipe2(ends, libc::O_CLOEXEC | libc::O_NONBLOCK) }
}

/// A fork between this call and the next ones would inherit the ends.
#[cfg(target_os = "macos")]
unsafe fn make(ends: *mut libc::c_int) -> libc::c_int {
    // SAFETY: as the caller promises: room for two integers.
    unsafe { libc::pipe(ends) }
}

#[cfg(test)]
mod tests {
    use super::Pipe;
    use crate::io::sys::transfer::has_input;

    #[test]
    fn a_pipe_is_readable_from_an_octet_until_it_is_emptied() {
        let pipe = Pipe::new().unwrap();
        for count in [1, 2] {
            assert!(!has_input(pipe.fd()).unwrap());
            (0..count).for_each(|_| assert!(pipe.add()));
            assert!(has_input(pipe.fd()).unwrap());
            pipe.clear().unwrap();
        }
        assert!(!has_input(pipe.fd()).unwrap());
        assert!(pipe.clear().is_err(), "it does not wait");
        // A full one neither waits nor fails.
        (0..200_000).for_each(|_| assert!(pipe.add()));
        assert!(has_input(pipe.fd()).unwrap());
    }
}
