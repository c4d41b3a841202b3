//! Descriptors by number, as this system has them: file descriptors, or sockets and handles of Windows.

#[cfg(unix)]
use std::os::fd;

/// The number of a socket.
#[cfg(unix)]
pub type RawSocket = fd::RawFd;
/// The number of a file.
#[cfg(unix)]
pub type RawFile = fd::RawFd;
/// The number of what another loop waits on.
#[cfg(unix)]
pub type RawWaitable = fd::RawFd;
/// A socket that is closed when dropped.
#[cfg(unix)]
pub type OwnedSocket = fd::OwnedFd;

#[cfg(windows)]
pub use std::os::windows::io::{OwnedSocket, RawSocket};

/// The number of a file: a `HANDLE`.
#[cfg(windows)]
pub type RawFile = isize;
/// The number of what another loop waits on: the `HANDLE` of a completion port.
#[cfg(windows)]
pub type RawWaitable = isize;

/// The number of an open file.
#[cfg(unix)]
pub fn of_file(file: &std::fs::File) -> RawFile {
    fd::AsRawFd::as_raw_fd(file)
}

/// The number of an open file.
#[cfg(windows)]
pub fn of_file(file: &std::fs::File) -> RawFile {
    std::os::windows::io::AsRawHandle::as_raw_handle(file).addr() as RawFile
}
