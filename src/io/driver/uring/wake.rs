//! The driver's waker, as the ring watches it.

use super::requests::INPUT;
use super::tag::Tag;
use crate::io::driver::{Completion, Event};
use crate::io::sys::uring::{Request, Ring};
use crate::io::waker::Waker;
use std::io;
use std::os::fd::RawFd;

/// The waker, and whether the system was asked for it.
pub(super) struct Wake {
    waker: Waker,
    is_watched: bool,
}

impl Wake {
    pub fn new() -> io::Result<Self> {
        Ok(Self { waker: Waker::new()?, is_watched: false })
    }

    /// Its handle for others.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    pub fn fd(&self) -> RawFd {
        self.waker.fd()
    }

    /// Wakes the driver.
    pub fn wake(&self) {
        self.waker.wake();
    }

    /// Lets it end the next wait.
    pub fn watch(&mut self, ring: &mut Ring) -> io::Result<()> {
        if !self.is_watched {
            ring.push(Request::Poll { fd: self.waker.fd(), events: INPUT }, Tag::WAKER.number())?;
            self.is_watched = true;
        }
        Ok(())
    }

    /// It was used.
    pub fn woken(&mut self) -> Completion {
        self.is_watched = false;
        self.waker.clear();
        Completion { token: 0, event: Event::Woken }
    }
}
