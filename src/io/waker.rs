//! A wake-up call: ends a driver's wait from another thread or from a signal handler.

#[cfg(unix)]
use crate::io::descriptor::RawSocket;
#[cfg(any(target_os = "linux", windows))]
use crate::io::sys::event::Event;
#[cfg(bsd)]
use crate::io::sys::pipe::Pipe as Event;
use core::sync::atomic::{AtomicBool, Ordering};
#[cfg(unix)]
use std::io;
use std::sync::Arc;

/// Wakes the driver it came from. Clones wake the same one; they may outlive it, and then do nothing.
///
/// Any number of [`wake`](Self::wake) calls before the driver notices become one completion
/// ([`Event::Woken`](super::driver::Event::Woken)) and cost one system call together.
#[derive(Clone, Debug)]
pub struct Waker(Arc<Bell>);

#[derive(Debug)]
struct Bell {
    event: Event,
    rung: AtomicBool,
}

impl Waker {
    #[cfg(unix)]
    pub(in crate::io) fn new() -> io::Result<Self> {
        Event::new().map(Self::of)
    }

    /// Wakes by an event.
    pub(in crate::io) fn of(event: Event) -> Self {
        Self(Arc::new(Bell { event, rung: AtomicBool::new(false) }))
    }

    /// Makes the driver's wait, present or next, return with a wake-up. Any thread; async-signal-safe: an atomic and at
    /// most one `write`, no lock, no allocation. What the caller stored before is visible to the thread that then sees
    /// the wake-up.
    pub fn wake(&self) {
        // The swap pairs with the one in `clear`: whoever finds it set knows that a `clear` is still to come, and that
        // clear sees everything stored before this call.
        if !self.0.rung.swap(true, Ordering::AcqRel) && !self.0.event.add() {
            self.0.rung.store(false, Ordering::Release);
        }
    }

    /// Takes the wake-up, for the driver. The counter goes first: a wake in between finds the flag still set, and its
    /// caller's stores are seen because the swap here comes after it.
    pub(in crate::io) fn clear(&self) {
        // An empty counter cannot happen after a readiness event, and would do no harm.
        let _ = self.0.event.clear();
        self.0.rung.swap(false, Ordering::AcqRel);
    }

    #[cfg(unix)]
    pub(in crate::io) fn fd(&self) -> RawSocket {
        self.0.event.fd()
    }
}
