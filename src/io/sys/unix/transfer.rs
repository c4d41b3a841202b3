//! The calls of the hot path: receiving and sending.

use super::vector::{self, Vector};
use super::{check, check_size};
use std::io::{self, IoSlice};
use std::os::fd::RawFd;

/// Maximum slices per call (`IOV_MAX`).
pub(in crate::io) const MAX_SLICES: usize = 1024;

pub(in crate::io) fn receive(fd: RawFd, into: &mut [u8]) -> io::Result<usize> {
    // SAFETY: at most `into.len()` octets of our own slice are written.
    check_size(unsafe { libc::recv(fd, into.as_mut_ptr().cast(), into.len(), 0) })
}

/// As [`receive`], but leaves the octets where they are. An error is taken.
pub(in crate::io) fn peek(fd: RawFd, into: &mut [u8]) -> io::Result<usize> {
    // SAFETY: at most `into.len()` octets of our own slice are written.
    check_size(unsafe { libc::recv(fd, into.as_mut_ptr().cast(), into.len(), libc::MSG_PEEK) })
}

/// Whether a receive or an accept would return at once: with something, at the end, or with an error. Takes nothing.
///
/// A receive with `MSG_PEEK` would leave octets in the socket, but take an error: a reset would then look like the end.
pub(in crate::io) fn has_input(fd: RawFd) -> io::Result<bool> {
    let mut ready = libc::pollfd { fd, events: libc::POLLIN, revents: 0 };
    loop {
        // SAFETY: one struct of our own is read and written.
        match check(unsafe { libc::poll(&raw mut ready, 1, 0) }) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            // Errors and hang-ups are reported whether asked for or not.
            result => return result.map(|count| count > 0),
        }
    }
}

/// Sends the slices in order, at most [`MAX_SLICES`]; a broken pipe is an error, not a signal.
pub(in crate::io) fn send(fd: RawFd, slices: &[IoSlice<'_>]) -> io::Result<usize> {
    let slices = &slices[..slices.len().min(MAX_SLICES)];
    // SAFETY: the octets are borrowed.
    unsafe { vector::send(fd, vectors(slices)) }
}

/// Sends one slice; a broken pipe is an error, not a signal.
#[inline]
pub(in crate::io) fn send_one(fd: RawFd, octets: &[u8]) -> io::Result<usize> {
    // SAFETY: `octets.len()` octets of a borrowed slice are read.
    check_size(unsafe { libc::send(fd, octets.as_ptr().cast(), octets.len(), super::NO_SIGNAL) })
}

/// Sends at most `len` octets of the file `from`, starting at `offset`; 0 at its end. A broken pipe is an error, not a
/// signal.
#[cfg(target_os = "linux")]
pub(in crate::io) fn send_file(fd: RawFd, from: RawFd, offset: u64, len: usize) -> io::Result<usize> {
    let mut at = libc::off_t::try_from(offset).map_err(|_| io::ErrorKind::Unsupported)?;
    super::signal::without_pipe(len, || {
        // SAFETY: only `at`, which is ours, is read and written.
        check_size(unsafe { libc::sendfile(fd, from, &raw mut at, len) })
    })
}

/// The same. The system counts what was sent before there was no room, or a signal came.
#[cfg(target_os = "freebsd")]
pub(in crate::io) fn send_file(fd: RawFd, from: RawFd, offset: u64, len: usize) -> io::Result<usize> {
    let at = libc::off_t::try_from(offset).map_err(|_| io::ErrorKind::Unsupported)?;
    // A length of 0 would be all of the file.
    if len == 0 {
        return Ok(0);
    }
    super::signal::without_pipe(len, || {
        let mut taken: libc::off_t = 0;
        // SAFETY: only `taken`, which is ours, is written.
        let result = check(unsafe { libc::sendfile(from, fd, at, len, core::ptr::null_mut(), &raw mut taken, 0) });
        taken_before(result, taken)
    })
}

/// The same.
#[cfg(target_os = "macos")]
pub(in crate::io) fn send_file(fd: RawFd, from: RawFd, offset: u64, len: usize) -> io::Result<usize> {
    let at = libc::off_t::try_from(offset).map_err(|_| io::ErrorKind::Unsupported)?;
    if len == 0 {
        return Ok(0);
    }
    let mut taken = libc::off_t::try_from(len).map_err(|_| io::ErrorKind::Unsupported)?;
    // SAFETY: only `taken`, which is ours, is read and written.
    let result = check(unsafe { libc::sendfile(from, fd, at, &raw mut taken, core::ptr::null_mut(), 0) });
    taken_before(result, taken)
}

/// What a file send took, also before an error that is none of the connection.
#[cfg(any(target_os = "freebsd", target_os = "macos", test))]
fn taken_before(result: io::Result<libc::c_int>, taken: libc::off_t) -> io::Result<usize> {
    match result {
        Err(e) if taken == 0 || !matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => Err(e),
        _ => Ok(usize::try_from(taken).unwrap_or(0)),
    }
}

/// No suitable call on this system: the caller reads the file.
#[cfg(any(target_os = "netbsd", target_os = "openbsd"))]
pub(in crate::io) fn send_file(_: RawFd, _: RawFd, _: u64, _: usize) -> io::Result<usize> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Reads from the file, starting at `offset`; 0 at its end. Does not move the file position.
pub(in crate::io) fn read_at(from: RawFd, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    let at = libc::off_t::try_from(offset).map_err(|_| io::ErrorKind::Unsupported)?;
    // SAFETY: at most `into.len()` octets of our own slice are written.
    check_size(unsafe { libc::pread(from, into.as_mut_ptr().cast(), into.len(), at) })
}

/// Slices as the system takes them.
pub(in crate::io) fn vectors<'a>(slices: &'a [IoSlice<'_>]) -> &'a [Vector] {
    // SAFETY: `IoSlice` has the layout of `iovec`, and the borrow stays.
    unsafe { core::slice::from_raw_parts(slices.as_ptr().cast(), slices.len()) }
}

#[cfg(test)]
mod tests {
    use super::taken_before;
    use std::io;

    #[test]
    fn what_a_file_send_took_counts_before_a_lack_of_room_and_a_signal_only() {
        let error = |number| Err(io::Error::from_raw_os_error(number));
        for number in [libc::EAGAIN, libc::EINTR] {
            assert_eq!(taken_before(error(number), 7).unwrap(), 7);
            assert_eq!(taken_before(error(number), 0).unwrap_err().raw_os_error(), Some(number));
        }
        assert_eq!(taken_before(error(libc::EPIPE), 7).unwrap_err().raw_os_error(), Some(libc::EPIPE));
        assert_eq!(taken_before(Ok(0), 7).unwrap(), 7);
        assert_eq!(taken_before(Ok(0), 0).unwrap(), 0);
    }
}
