//! Why a driver refuses a call.

use crate::io::sys::posix;
use std::io;

/// The key is gone, or the descriptor is of another kind.
#[cold]
pub(super) fn stale() -> io::Error {
    io::Error::from_raw_os_error(posix::EBADF)
}

/// There is an operation of this kind already.
#[cold]
pub(super) fn twice() -> io::Error {
    io::Error::from_raw_os_error(posix::EALREADY)
}
