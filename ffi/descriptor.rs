//! Descriptors that C gives away.

use std::os::fd::{BorrowedFd, FromRawFd, OwnedFd, RawFd};

use super::check::ARGUMENT;
use crate::error::Error;
use crate::io::fault;

/// Has `take` take a descriptor over. It gets a copy, so that the caller's is closed only when that went well.
///
/// # Safety
/// `fd` is the caller's to give away.
pub(super) unsafe fn given<T>(fd: isize, take: impl FnOnce(OwnedFd) -> Result<T, Error>) -> Result<T, Error> {
    let fd = RawFd::try_from(fd).ok().filter(|&fd| fd >= 0).ok_or(ARGUMENT)?;
    // SAFETY: not -1, and the caller's; where it is not open the system says so.
    let copy = unsafe { BorrowedFd::borrow_raw(fd) }.try_clone_to_owned().map_err(|error| fault(&error))?;
    let taken = take(copy)?;
    // SAFETY: open, and given away.
    drop(unsafe { OwnedFd::from_raw_fd(fd) });
    Ok(taken)
}
