//! The system calls of Linux, macOS and the BSDs.

pub(in crate::io) mod clock;
pub(in crate::io) mod datagram;
#[cfg(target_os = "linux")]
pub(in crate::io) mod epoll;
#[cfg(target_os = "linux")]
pub(in crate::io) mod event;
pub(in crate::io) mod interface;
#[cfg(kqueue)]
pub(in crate::io) mod kqueue;
#[cfg(target_os = "linux")]
pub(in crate::io) mod ktls;
pub(in crate::io) mod mask;
#[cfg(feature = "fault")]
pub(in crate::io::sys) mod memory;
pub(in crate::io) mod name;
pub(in crate::io) mod option;
#[cfg(any(bsd, test))]
pub(in crate::io) mod pipe;
pub(in crate::io) mod resolve;
#[cfg(any(target_os = "linux", target_os = "freebsd"))]
mod signal;
pub(in crate::io) mod socket;
pub(in crate::io) mod transfer;
#[cfg(target_os = "linux")]
pub(in crate::io) mod uring;
pub(in crate::io) mod vector;
#[cfg(target_os = "linux")]
pub(in crate::io) mod zero_copy;

use std::io;
use std::os::fd::{FromRawFd, OwnedFd};

pub(in crate::io) use libc as posix;

/// Lets a send fail with `EPIPE` rather than raise `SIGPIPE`. macOS has an option of the socket for that.
const NO_SIGNAL: libc::c_int = if cfg!(target_os = "macos") { 0 } else { libc::MSG_NOSIGNAL };

/// `ENONET`, which Linux has.
#[cfg(target_os = "linux")]
pub(in crate::io) const NO_NETWORK: Option<i32> = Some(libc::ENONET);
#[cfg(bsd)]
pub(in crate::io) const NO_NETWORK: Option<i32> = None;

/// `EAI_NODATA`: no address of the family that was asked for. That of FreeBSD, which had none from 5.2 to 13, is not in libc.
#[cfg(not(target_os = "freebsd"))]
pub(in crate::io) const NO_DATA: libc::c_int = libc::EAI_NODATA;
#[cfg(target_os = "freebsd")]
pub(in crate::io) const NO_DATA: libc::c_int = 7;

/// A result below zero is an error in `errno`.
fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// The same for calls that transfer octets.
fn check_size(result: libc::ssize_t) -> io::Result<usize> {
    usize::try_from(result).map_err(|_| io::Error::last_os_error())
}

/// The descriptor that a successful call has just made.
///
/// # Safety
///
/// `result` is the unchecked return value of a system call that makes a descriptor, and nobody else has seen it.
unsafe fn made(result: libc::c_int) -> io::Result<OwnedFd> {
    let fd = check(result)?;
    // SAFETY: not negative, so an open descriptor; by the contract of this function only ours.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}
