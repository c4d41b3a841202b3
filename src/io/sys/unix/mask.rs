//! Threads that take no signals.

use core::mem::zeroed;
use core::ptr::null_mut;

/// Calls `body` with all signals blocked on this thread: a thread that it starts has them blocked for good, so that the program's handlers
/// run on threads of the program.
pub(in crate::io) fn blocked<T>(body: impl FnOnce() -> T) -> T {
    let (mut all, mut before) = (empty(), empty());
    // SAFETY: two sets of ours, one written and then read, the other written. Fails only for a wrong first argument.
    unsafe {
        libc::sigfillset(&raw mut all);
        libc::pthread_sigmask(libc::SIG_SETMASK, &raw const all, &raw mut before);
    }
    let result = body();
    // SAFETY: a set of ours is read.
    unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const before, null_mut()) };
    result
}

fn empty() -> libc::sigset_t {
    // SAFETY: a C struct of integers.
    unsafe { zeroed() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether SIGUSR1 is blocked on this thread.
    fn blocks_usr1() -> bool {
        let mut now = empty();
        // SAFETY: a set of ours is written, and nothing is changed.
        unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, core::ptr::null(), &raw mut now) };
        // SAFETY: a set of ours is read.
        unsafe { libc::sigismember(&raw const now, libc::SIGUSR1) == 1 }
    }

    #[test]
    fn a_thread_started_with_signals_blocked_keeps_them_blocked() {
        assert!(!blocks_usr1());
        let thread = blocked(|| std::thread::spawn(blocks_usr1));
        assert!(!blocks_usr1());
        assert!(thread.join().expect("a thread"));
    }
}
