//! What an event does not tell about a descriptor.

use crate::io::sys::unix::check;
use core::mem::MaybeUninit;
use std::io;
use std::os::fd::RawFd;

/// Whether both directions have ended, of a descriptor whose input has.
///
/// A socket is connected as long as one direction is open. A descriptor that is no socket has one direction only.
#[cfg(bsd)]
pub(in crate::io) fn has_hung_up(fd: RawFd) -> bool {
    crate::io::sys::socket::peer_name(fd).is_err()
}

/// Linux keeps the peer's name. Its poll is exact, where that of macOS reports the end of one direction too.
#[cfg(not(bsd))]
pub(in crate::io) fn has_hung_up(fd: RawFd) -> bool {
    poll(fd, 0) & libc::POLLHUP != 0
}

/// Whether a read and a write would return at once.
pub(in crate::io) fn is_ready(fd: RawFd) -> (bool, bool) {
    let ready = poll(fd, libc::POLLIN | libc::POLLOUT);
    let ended = libc::POLLHUP | libc::POLLERR;
    (ready & (libc::POLLIN | ended) != 0, ready & (libc::POLLOUT | ended) != 0)
}

fn poll(fd: RawFd, events: libc::c_short) -> libc::c_short {
    let mut ready = libc::pollfd { fd, events, revents: 0 };
    loop {
        // SAFETY: one struct of our own is read and written.
        match check(unsafe { libc::poll(&raw mut ready, 1, 0) }) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            _ => return ready.revents,
        }
    }
}

/// Whether it is one that is always ready, such as a regular file. Fails if it is not open.
pub(in crate::io) fn is_file(fd: RawFd) -> io::Result<bool> {
    let mut status = MaybeUninit::<libc::stat>::zeroed();
    // SAFETY: one struct of our own is written.
    check(unsafe { libc::fstat(fd, status.as_mut_ptr()) })?;
    // SAFETY: a C struct of integers, zeroed and then written.
    let kind = unsafe { status.assume_init() }.st_mode & libc::S_IFMT;
    Ok(matches!(kind, libc::S_IFREG | libc::S_IFDIR | libc::S_IFBLK))
}
