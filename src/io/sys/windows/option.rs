//! Socket options, and what a descriptor passes to children.

use super::error::check;
use super::posix::{EBADF, ENOPROTOOPT, IPPROTO_TCP, SO_ERROR, SOL_SOCKET};
use crate::io::descriptor::RawSocket;
use core::ffi::c_int;
use core::ptr;
use std::io;
use windows_sys::Win32::Foundation::{GetHandleInformation, HANDLE, HANDLE_FLAG_INHERIT, SetHandleInformation};
use windows_sys::Win32::Networking::WinSock::{
    FIONBIO, LINGER, SIO_KEEPALIVE_VALS, SO_EXCLUSIVEADDRUSE, SO_LINGER, SOCKET, TCP_FASTOPEN, TCP_KEEPCNT,
    TCP_KEEPIDLE, TCP_KEEPINTVL, WSAIoctl, getsockopt, ioctlsocket, setsockopt, tcp_keepalive,
};

/// There is no TCP_NOTSENT_LOWAT.
pub(in crate::io) const UNSENT_MAX: Option<c_int> = None;

/// Seconds before the first probe and between probes, and how many. The options are those of Windows 10 since 1709; before, there is
/// a call for the two times, and the number of probes is the system's.
pub(in crate::io) fn set_keep_alive_times(
    fd: RawSocket,
    idle: c_int,
    interval: c_int,
    probes: c_int,
) -> io::Result<()> {
    match set(fd, IPPROTO_TCP, TCP_KEEPIDLE, idle) {
        Err(error) if error.raw_os_error() == Some(ENOPROTOOPT) => return set_probes(fd, idle, interval),
        result => result?,
    }
    set(fd, IPPROTO_TCP, TCP_KEEPINTVL, interval)?;
    set(fd, IPPROTO_TCP, TCP_KEEPCNT, probes)
}

fn set_probes(fd: RawSocket, idle: c_int, interval: c_int) -> io::Result<()> {
    let milliseconds = |seconds: c_int| seconds.unsigned_abs().saturating_mul(1000);
    let keepalivetime = milliseconds(idle);
    ioctl(fd, SIO_KEEPALIVE_VALS, &tcp_keepalive { onoff: 1, keepalivetime, keepaliveinterval: milliseconds(interval) })
}

/// A call that takes a `T`, which is a number or a C struct, and gives nothing.
pub(super) fn ioctl<T>(fd: RawSocket, code: u32, value: &T) -> io::Result<()> {
    let (from, size) = (ptr::from_ref(value).cast(), size_of::<T>() as u32);
    let (none, mut written) = (ptr::null_mut(), 0);
    // SAFETY: `size` octets of a borrowed value are read, and nothing but `written` is written.
    check(unsafe { WSAIoctl(fd as SOCKET, code, from, size, none, 0, &raw mut written, ptr::null_mut(), None) })
}

/// Keeps the port from others. A port in TIME_WAIT can be bound without an option, and SO_REUSEADDR would let any process bind a port
/// that is in use, and take its connections.
pub(in crate::io) fn set_reuse_address(fd: RawSocket) -> io::Result<()> {
    set(fd, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1)
}

/// The system does not balance sockets that share a port.
pub(in crate::io) fn set_reuse_port(_: RawSocket) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Lets connections begin with their first octets. The system has a queue of its own size.
pub(in crate::io) fn set_fast_open(fd: RawSocket, _: u32) -> io::Result<()> {
    set(fd, IPPROTO_TCP, TCP_FASTOPEN, 1)
}

pub(in crate::io) fn set(fd: RawSocket, level: c_int, name: c_int, value: c_int) -> io::Result<()> {
    set_struct(fd, level, name, &value)
}

/// Sets an option that takes a `T`, which is a number or a C struct.
pub(super) fn set_struct<T>(fd: RawSocket, level: c_int, name: c_int, value: &T) -> io::Result<()> {
    let size = size_of::<T>() as c_int;
    // SAFETY: `size` octets of a borrowed value are read.
    check(unsafe { setsockopt(fd as SOCKET, level, name, ptr::from_ref(value).cast(), size) })
}

pub(in crate::io) fn get(fd: RawSocket, level: c_int, name: c_int) -> io::Result<c_int> {
    let mut value: c_int = 0;
    let mut size = size_of::<c_int>() as c_int;
    // SAFETY: at most `size` octets of our own integer are written.
    check(unsafe { getsockopt(fd as SOCKET, level, name, (&raw mut value).cast(), &raw mut size) })?;
    Ok(value)
}

/// Whether closing drops unsent bytes and resets the connection (SO_LINGER with no time).
pub(in crate::io) fn set_linger(fd: RawSocket, reset: bool) -> io::Result<()> {
    set_struct(fd, SOL_SOCKET, SO_LINGER, &LINGER { l_onoff: u16::from(reset), l_linger: 0 })
}

/// The system does not tell.
pub(in crate::io) fn unsent(_: RawSocket) -> io::Result<usize> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Takes the pending error of a socket, if any.
pub(in crate::io) fn take_error(fd: RawSocket) -> io::Result<Option<io::Error>> {
    let code = get(fd, SOL_SOCKET, SO_ERROR)?;
    Ok((code != 0).then(|| io::Error::from_raw_os_error(code)))
}

/// Fails with `EBADF` for a number that is no open handle.
pub(in crate::io) fn check_open(fd: RawSocket) -> io::Result<()> {
    let mut flags = 0;
    // SAFETY: the call writes one integer, which is ours.
    let is_open = unsafe { GetHandleInformation(handle(fd), &raw mut flags) } != 0;
    if is_open { Ok(()) } else { Err(io::Error::from_raw_os_error(EBADF)) }
}

/// Makes a foreign socket non-blocking, and one that children do not inherit.
pub(in crate::io) fn adopt(fd: RawSocket) -> io::Result<()> {
    set_blocking(fd, false)?;
    // SAFETY: it takes integers.
    let is_done = unsafe { SetHandleInformation(handle(fd), HANDLE_FLAG_INHERIT, 0) } != 0;
    if is_done { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Whether calls wait. A new socket's do.
pub(super) fn set_blocking(fd: RawSocket, on: bool) -> io::Result<()> {
    let mut is_non_blocking = u32::from(!on);
    // SAFETY: the call reads one integer, which is ours.
    check(unsafe { ioctlsocket(fd as SOCKET, FIONBIO, &raw mut is_non_blocking) })
}

/// A socket is a handle.
fn handle(fd: RawSocket) -> HANDLE {
    ptr::without_provenance_mut(fd as usize)
}
