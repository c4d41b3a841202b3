//! Descriptors that C names: file descriptors, or sockets and handles of Windows, as `intptr_t`.

use super::check::ARGUMENT;
use crate::error::Error;
use crate::io::descriptor::{OwnedSocket, RawFile, RawSocket, RawWaitable};
use crate::io::fault;

/// The number of a socket; an error for one that no socket has.
pub(super) fn socket(number: isize) -> Result<RawSocket, Error> {
    match RawSocket::try_from(number) {
        Ok(socket) if number >= 0 => Ok(socket),
        _ => Err(ARGUMENT),
    }
}

/// The number of a file.
pub(super) fn file(number: isize) -> Result<RawFile, Error> {
    RawFile::try_from(number).map_err(|_| ARGUMENT)
}

/// The number of a socket that is the caller's from now on.
pub(super) fn given_back(socket: OwnedSocket) -> isize {
    #[cfg(unix)]
    return shown(std::os::fd::IntoRawFd::into_raw_fd(socket));
    #[cfg(windows)]
    return shown(std::os::windows::io::IntoRawSocket::into_raw_socket(socket));
}

/// A socket as C sees it.
#[allow(clippy::cast_possible_truncation, reason = "a socket of Windows has the size of a pointer")]
pub(super) fn shown(socket: RawSocket) -> isize {
    socket as isize
}

/// What another loop waits on, as C sees it.
#[allow(clippy::unnecessary_cast, reason = "as wide on Windows")]
pub(super) fn waitable(handle: RawWaitable) -> isize {
    handle as isize
}

/// Has `take` take a socket over. It gets a copy, so that the caller's is closed only when that went well.
///
/// # Safety
/// The socket is the caller's to give away.
pub(super) unsafe fn given<T>(number: isize, take: impl FnOnce(OwnedSocket) -> Result<T, Error>) -> Result<T, Error> {
    let socket = socket(number)?;
    // SAFETY: as the caller promises.
    let taken = take(unsafe { copy(socket) }?)?;
    // SAFETY: open, and given away.
    drop(unsafe { owned(socket) });
    Ok(taken)
}

/// # Safety
/// Nobody closes the socket meanwhile.
#[cfg(unix)]
unsafe fn copy(socket: RawSocket) -> Result<OwnedSocket, Error> {
    // SAFETY: not -1, and open by the caller's promise; where it is not the system says so.
    let socket = unsafe { std::os::fd::BorrowedFd::borrow_raw(socket) };
    socket.try_clone_to_owned().map_err(|error| fault(&error))
}

/// # Safety
/// Nobody closes the socket meanwhile.
#[cfg(windows)]
unsafe fn copy(socket: RawSocket) -> Result<OwnedSocket, Error> {
    // SAFETY: not INVALID_SOCKET, and open by the caller's promise; where it is not the system says so.
    let socket = unsafe { std::os::windows::io::BorrowedSocket::borrow_raw(socket) };
    socket.try_clone_to_owned().map_err(|error| fault(&error))
}

/// # Safety
/// The socket is open, and the caller's to give away.
unsafe fn owned(socket: RawSocket) -> OwnedSocket {
    // SAFETY: as the caller promises.
    #[cfg(unix)]
    return unsafe { std::os::fd::FromRawFd::from_raw_fd(socket) };
    // SAFETY: as the caller promises.
    #[cfg(windows)]
    return unsafe { std::os::windows::io::FromRawSocket::from_raw_socket(socket) };
}
