//! Calls that raise `SIGPIPE`, without its effect. The library does not change the process's signal disposition.

use core::mem::zeroed;
use core::ptr::null_mut;
use std::io;

/// Makes a call that may raise `SIGPIPE` on this thread: blocks the signal during the call, and consumes it.
pub(super) fn without_pipe(most: usize, call: impl FnOnce() -> io::Result<usize>) -> io::Result<usize> {
    let pipe = only_pipe();
    let mut before = empty();
    // SAFETY: two sets of ours, one read and one written.
    let blocked = unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &raw const pipe, &raw mut before) };
    if blocked != 0 {
        return Err(io::Error::from_raw_os_error(blocked));
    }
    // A signal pending before is the program's own.
    let waited = has_pipe(&before) && waits();
    let result = call();
    // If the peer closed during the call, some octets were sent and the signal was raised, without an error.
    let is_whole = result.as_ref().is_ok_and(|&taken| taken == most);
    if !is_whole && !waited {
        take(&pipe);
    }
    // SAFETY: a set of ours is read.
    unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const before, null_mut()) };
    result
}

/// Consumes a pending signal of the set, without waiting.
fn take(set: &libc::sigset_t) {
    let now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: a set and a time of ours are read; nothing is written.
    while unsafe { libc::sigtimedwait(set, null_mut(), &raw const now) } < 0
        && io::Error::last_os_error().kind() == io::ErrorKind::Interrupted
    {}
}

fn waits() -> bool {
    let mut waiting = empty();
    // SAFETY: a set of ours is written.
    unsafe { libc::sigpending(&raw mut waiting) };
    has_pipe(&waiting)
}

fn has_pipe(set: &libc::sigset_t) -> bool {
    // SAFETY: a set of ours is read.
    unsafe { libc::sigismember(set, libc::SIGPIPE) == 1 }
}

fn empty() -> libc::sigset_t {
    // SAFETY: a C struct of integers.
    unsafe { zeroed() }
}

fn only_pipe() -> libc::sigset_t {
    let mut set = empty();
    // SAFETY: a set of ours is written.
    unsafe {
        libc::sigemptyset(&raw mut set);
        libc::sigaddset(&raw mut set, libc::SIGPIPE);
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::fd::AsRawFd;
    use std::os::unix::net::UnixStream;

    /// As the system does if the peer closes during a file send: the signal, and the octets sent before.
    fn taken(taken: usize) -> io::Result<usize> {
        let (ours, peer) = UnixStream::pair()?;
        drop(peer);
        // SAFETY: an octet of ours is read.
        let sent = unsafe { libc::send(ours.as_raw_fd(), [0_u8].as_ptr().cast(), 1, 0) };
        assert_eq!((sent, io::Error::last_os_error().kind()), (-1, io::ErrorKind::BrokenPipe));
        Ok(taken)
    }

    #[test]
    fn a_signal_raised_after_some_octets_is_consumed() {
        let pipe = only_pipe();
        // SAFETY: a set of ours is read. The mask is this thread's, where the signal can wait and be seen.
        assert_eq!(unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &raw const pipe, null_mut()) }, 0);
        assert_eq!(without_pipe(4, || taken(3)).unwrap(), 3);
        assert!(!waits());
        assert_eq!(taken(1).unwrap(), 1);
        assert!(waits(), "the program's own");
        assert_eq!(without_pipe(4, || taken(3)).unwrap(), 3);
        assert!(waits(), "which stays");
        take(&pipe);
    }
}
