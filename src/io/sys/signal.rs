//! Calls that raise `SIGPIPE`, made as if they did not. How the process takes the signal is not the library's to change.

use core::mem::zeroed;
use core::ptr::null_mut;
use std::io;

/// Makes a call that takes at most `most` octets and raises `SIGPIPE` on this thread where the peer is gone: it is blocked meanwhile, and
/// taken back.
pub(super) fn without_pipe(most: usize, call: impl FnOnce() -> io::Result<usize>) -> io::Result<usize> {
    let pipe = only_pipe();
    let mut before = empty();
    // SAFETY: two sets of ours, one read and one written.
    let blocked = unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &raw const pipe, &raw mut before) };
    if blocked != 0 {
        return Err(io::Error::from_raw_os_error(blocked));
    }
    // One that waited before is the program's own.
    let waited = has_pipe(&before) && waits();
    let result = call();
    // Where the peer went in the middle of the call, that is no error yet: some octets were taken, and the signal was raised.
    let is_whole = result.as_ref().is_ok_and(|&taken| taken == most);
    if !is_whole && !waited {
        take(&pipe);
    }
    // SAFETY: a set of ours is read.
    unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const before, null_mut()) };
    result
}

/// Takes a signal of the set that waits, without waiting for one.
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

    /// As the system does where the peer goes while a file is sent: the signal, and the octets that were taken before it.
    fn taken(taken: usize) -> io::Result<usize> {
        let (ours, peer) = UnixStream::pair()?;
        drop(peer);
        // SAFETY: an octet of ours is read.
        let sent = unsafe { libc::send(ours.as_raw_fd(), [0_u8].as_ptr().cast(), 1, 0) };
        assert_eq!((sent, io::Error::last_os_error().kind()), (-1, io::ErrorKind::BrokenPipe));
        Ok(taken)
    }

    #[test]
    fn a_signal_that_comes_with_octets_is_taken_back() {
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
