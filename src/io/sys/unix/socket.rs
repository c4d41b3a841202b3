//! Socket calls from creation to shutdown. All sockets are created non-blocking and close-on-exec, so that a concurrent
//! `fork` cannot inherit them; except on macOS, where they become so after they were made.

use super::name::SocketName;
use super::{check, made};
use libc::c_int;
use std::io;
#[cfg(target_os = "macos")]
use std::os::fd::AsRawFd;
use std::os::fd::{OwnedFd, RawFd};

/// The flags of new sockets.
#[cfg(not(target_os = "macos"))]
const FLAGS: c_int = libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;
#[cfg(target_os = "macos")]
const FLAGS: c_int = 0;

pub(in crate::io) fn create(family: c_int, kind: c_int) -> io::Result<OwnedFd> {
    // SAFETY: no pointers; the result is handed over unseen.
    unsafe { made(libc::socket(family, kind | FLAGS, 0)) }.and_then(prepared)
}

/// With the flags that its creation could not set.
#[cfg(not(target_os = "macos"))]
#[inline]
#[allow(clippy::unnecessary_wraps, reason = "on macOS it can fail")]
fn prepared(socket: OwnedFd) -> io::Result<OwnedFd> {
    Ok(socket)
}

#[cfg(target_os = "macos")]
fn prepared(socket: OwnedFd) -> io::Result<OwnedFd> {
    super::option::adopt(socket.as_raw_fd()).map(|()| socket)
}

pub(in crate::io) fn pair(kind: c_int) -> io::Result<(OwnedFd, OwnedFd)> {
    let mut fds: [c_int; 2] = [-1; 2];
    // SAFETY: two integers of our own array are written.
    check(unsafe { libc::socketpair(libc::AF_UNIX, kind | FLAGS, 0, fds.as_mut_ptr()) })?;
    // SAFETY: the call made both, and nobody else has seen them.
    let (one, other) = unsafe { (made(fds[0])?, made(fds[1])?) };
    Ok((prepared(one)?, prepared(other)?))
}

pub(in crate::io) fn bind(fd: RawFd, name: &SocketName) -> io::Result<()> {
    let (address, length) = name.parts();
    // SAFETY: `length` octets of `name`, which outlives the call.
    check(unsafe { libc::bind(fd, address, length) }).map(drop)
}

pub(in crate::io) fn listen(fd: RawFd, backlog: c_int) -> io::Result<()> {
    // SAFETY: no pointers.
    check(unsafe { libc::listen(fd, backlog) }).map(drop)
}

/// Starts to connect; returns whether that is done.
pub(in crate::io) fn connect(fd: RawFd, name: &SocketName) -> io::Result<bool> {
    let (address, length) = name.parts();
    // SAFETY: `length` octets of `name`, which outlives the call.
    match check(unsafe { libc::connect(fd, address, length) }) {
        Ok(_) => Ok(true),
        // An interrupted connect continues in the background.
        Err(e) if matches!(e.raw_os_error(), Some(libc::EINPROGRESS | libc::EINTR)) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Accepts a connection; writes the peer's name.
pub(in crate::io) fn accept(fd: RawFd, peer: &mut SocketName) -> io::Result<OwnedFd> {
    let (address, length) = peer.parts_mut();
    // SAFETY: `peer` has room for every kind of name and outlives the call; the result is handed over unseen.
    #[cfg(not(target_os = "macos"))]
    return unsafe { made(libc::accept4(fd, address, length, FLAGS)) };
    // SAFETY: as above.
    #[cfg(target_os = "macos")]
    return unsafe { made(libc::accept(fd, address, length)) }.and_then(prepared);
}

pub(in crate::io) fn local_name(fd: RawFd) -> io::Result<SocketName> {
    let mut name = SocketName::room();
    let (address, length) = name.parts_mut();
    // SAFETY: `name` has room for every kind of name and outlives the call.
    check(unsafe { libc::getsockname(fd, address, length) })?;
    Ok(name)
}

pub(in crate::io) fn peer_name(fd: RawFd) -> io::Result<SocketName> {
    let mut name = SocketName::room();
    let (address, length) = name.parts_mut();
    // SAFETY: as in `local_name`.
    check(unsafe { libc::getpeername(fd, address, length) })?;
    Ok(name)
}

pub(in crate::io) fn shutdown(fd: RawFd, how: c_int) -> io::Result<()> {
    // SAFETY: no pointers.
    check(unsafe { libc::shutdown(fd, how) }).map(drop)
}

/// Sends one datagram to `to`; returns the octets sent.
pub(in crate::io) fn send_to(fd: RawFd, bytes: &[u8], to: &SocketName) -> io::Result<usize> {
    let (address, length) = to.parts();
    // SAFETY: `bytes` and `to` are read within their lengths and outlive the call.
    super::check_size(unsafe {
        libc::sendto(fd, bytes.as_ptr().cast(), bytes.len(), super::NO_SIGNAL, address, length)
    })
}

/// Receives one datagram: its full size (at most `into.len()` octets are written) and its sender.
#[cfg(target_os = "linux")]
pub(in crate::io) fn receive_from(fd: RawFd, into: &mut [u8]) -> io::Result<(usize, SocketName)> {
    let mut from = SocketName::room();
    let (address, length) = from.parts_mut();
    // SAFETY: at most `into.len()` octets of our own slice are written, and a name of at most its room.
    let size = super::check_size(unsafe {
        libc::recvfrom(fd, into.as_mut_ptr().cast(), into.len(), libc::MSG_TRUNC, address, length)
    })?;
    Ok((size, from))
}

/// The same, where the system does not tell the full size of a longer one: it is more than `into.len()`.
#[cfg(bsd)]
pub(in crate::io) fn receive_from(fd: RawFd, into: &mut [u8]) -> io::Result<(usize, SocketName)> {
    let mut from = SocketName::room();
    let mut vector = libc::iovec { iov_base: into.as_mut_ptr().cast(), iov_len: into.len() };
    let (address, length) = from.parts_mut();
    // SAFETY: a C struct of integers and pointers; zeros and nulls are values of it.
    let mut message: libc::msghdr = unsafe { core::mem::zeroed() };
    message.msg_name = address.cast();
    // SAFETY: both pointers are to the fields of `from`, which outlives the calls.
    message.msg_namelen = unsafe { *length };
    message.msg_iov = &raw mut vector;
    message.msg_iovlen = 1;
    // SAFETY: at most `into.len()` octets of our own slice are written, and a name of at most its room.
    let size = super::check_size(unsafe { libc::recvmsg(fd, &raw mut message, 0) })?;
    // SAFETY: as above.
    unsafe { *length = message.msg_namelen };
    let is_cut = message.msg_flags & libc::MSG_TRUNC != 0;
    Ok((if is_cut { into.len() + 1 } else { size }, from))
}
