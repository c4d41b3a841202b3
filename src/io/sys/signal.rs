//! Calls that raise `SIGPIPE`, made as if they did not. How the process takes the signal is not the library's to change.

use core::mem::zeroed;
use core::ptr::null_mut;
use std::io;

/// Makes a call that, where the peer is gone, raises `SIGPIPE` on this thread: it is blocked meanwhile, and taken back.
pub(super) fn without_pipe<T>(call: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
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
    let is_broken = result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
    if is_broken && !waited {
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
