//! What another loop waits on.

use crate::io::sys::epoll::{self, Change};
use std::cell::OnceCell;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

/// A set of the descriptors that are readable when a wait would return, made when somebody asks for it.
///
/// The ring learns of a wake by another thread late: the system delays what one eventfd tells another. So the set has the
/// waker as well.
#[derive(Debug, Default)]
pub(super) struct Handle(OnceCell<OwnedFd>);

impl Handle {
    /// The set of these descriptors. Without memory or descriptors for it, the first one alone.
    pub fn of(&self, descriptors: [RawFd; 2]) -> RawFd {
        if self.0.get().is_none()
            && let Ok(set) = set(descriptors)
        {
            let _ = self.0.set(set);
        }
        self.0.get().map_or(descriptors[0], OwnedFd::as_raw_fd)
    }
}

fn set(descriptors: [RawFd; 2]) -> io::Result<OwnedFd> {
    let set = epoll::create()?;
    for descriptor in descriptors {
        epoll::change(&set, descriptor, Change::Add(libc::EPOLLIN as u32, 0))?;
    }
    Ok(set)
}
