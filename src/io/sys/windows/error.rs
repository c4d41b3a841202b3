//! What Winsock's calls return.

use crate::io::descriptor::OwnedSocket;
use std::io;
use std::os::windows::io::FromRawSocket;
use windows_sys::Win32::Networking::WinSock::{INVALID_SOCKET, SOCKET, SOCKET_ERROR, WSAGetLastError};

/// The error of the call of this thread that has just failed.
pub(super) fn last() -> io::Error {
    // SAFETY: it takes nothing.
    io::Error::from_raw_os_error(unsafe { WSAGetLastError() })
}

/// A result of `SOCKET_ERROR` has its error elsewhere.
pub(super) fn check(result: i32) -> io::Result<()> {
    if result == SOCKET_ERROR { Err(last()) } else { Ok(()) }
}

/// The same for calls that transfer octets.
pub(super) fn check_size(result: i32) -> io::Result<usize> {
    usize::try_from(result).map_err(|_| last())
}

/// The socket that a successful call has just made.
///
/// # Safety
///
/// `result` is the unchecked return value of a call that makes a socket, and nobody else has seen it.
pub(super) unsafe fn made(result: SOCKET) -> io::Result<OwnedSocket> {
    if result == INVALID_SOCKET {
        return Err(last());
    }
    // SAFETY: an open socket, and by the contract of this function only ours.
    Ok(unsafe { OwnedSocket::from_raw_socket(result as _) })
}
