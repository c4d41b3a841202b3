//! Socket calls from creation to shutdown. All sockets are created non-blocking, and so that children do not inherit them; an
//! accepted one becomes so after it was made.

use super::datagram::{error::told, icmp};
use super::error::{check, check_size, made};
use super::name::SocketName;
use super::option::{adopt, set, set_blocking};
use super::posix::{AF_INET, AF_UNIX, IPPROTO_TCP, SOCK_DGRAM, SOCK_STREAM, SOL_SOCKET, TCP_NODELAY};
use super::startup;
use crate::io::descriptor::{OwnedSocket, RawSocket};
use core::ffi::c_int;
use core::mem::zeroed;
use core::ptr;
use std::io;
use std::os::windows::io::AsRawSocket;
use windows_sys::Win32::Networking::WinSock as winsock;
use windows_sys::Win32::Networking::WinSock::{
    SO_PROTOCOL_INFOW, SOCKET, WSA_FLAG_NO_HANDLE_INHERIT, WSA_FLAG_OVERLAPPED, WSAECONNRESET, WSAEINVAL, WSAEMSGSIZE,
    WSAENOTCONN, WSAEWOULDBLOCK, WSAPROTOCOL_INFOW,
};

/// Fails with `Unsupported` for Unix domain sockets: there are some, but a driver cannot have them.
pub(in crate::io) fn create(family: c_int, kind: c_int) -> io::Result<OwnedSocket> {
    let socket = create_blocking(family, kind)?;
    set_blocking(socket.as_raw_socket(), false)?;
    if kind == SOCK_DGRAM {
        // As elsewhere, a socket learns of ICMP errors when it is connected. Otherwise one receiver's would be all receivers'.
        icmp::set_reports(socket.as_raw_socket(), false)?;
    }
    Ok(socket)
}

fn create_blocking(family: c_int, kind: c_int) -> io::Result<OwnedSocket> {
    const FLAGS: u32 = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;
    if family == AF_UNIX {
        return Err(io::ErrorKind::Unsupported.into());
    }
    startup::start()?;
    // SAFETY: no pointers but a null; the result is handed over unseen.
    unsafe { made(winsock::WSASocketW(family, kind, 0, ptr::null(), 0, FLAGS)) }
}

/// Two sockets of TCP, connected over the loopback interface: this system has no `socketpair`. Waits for itself only.
pub(in crate::io) fn pair(kind: c_int) -> io::Result<(OwnedSocket, OwnedSocket)> {
    if kind != SOCK_STREAM {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let listener = listener_on_loopback()?;
    let one = create_blocking(AF_INET, kind)?;
    connect(one.as_raw_socket(), &local_name(listener.as_raw_socket())?)?;
    let other = accept_from(listener.as_raw_socket(), &local_name(one.as_raw_socket())?)?;
    Ok((as_of_pair(one)?, as_of_pair(other)?))
}

fn listener_on_loopback() -> io::Result<OwnedSocket> {
    let listener = create_blocking(AF_INET, SOCK_STREAM)?;
    super::option::set_reuse_address(listener.as_raw_socket())?;
    bind(listener.as_raw_socket(), &SocketName::v4([127, 0, 0, 1], 0))?;
    listen(listener.as_raw_socket(), 16)?;
    Ok(listener)
}

fn as_of_pair(socket: OwnedSocket) -> io::Result<OwnedSocket> {
    set_blocking(socket.as_raw_socket(), false)?;
    // Nagle's algorithm would hold octets back, which a `socketpair` never does.
    set(socket.as_raw_socket(), IPPROTO_TCP, TCP_NODELAY, 1)?;
    Ok(socket)
}

/// Accepts the connection from `wanted`, and drops those of others, who may connect to the port too.
fn accept_from(fd: RawSocket, wanted: &SocketName) -> io::Result<OwnedSocket> {
    loop {
        let mut peer = SocketName::room();
        let socket = accept(fd, &mut peer)?;
        // No other socket of the loopback interface has this port while ours does.
        if peer.port() == wanted.port() {
            return Ok(socket);
        }
    }
}

pub(in crate::io) fn bind(fd: RawSocket, name: &SocketName) -> io::Result<()> {
    let (address, length) = name.parts();
    // SAFETY: `length` octets of `name`, which outlives the call.
    check(unsafe { winsock::bind(fd as SOCKET, address, length) })
}

pub(in crate::io) fn listen(fd: RawSocket, backlog: c_int) -> io::Result<()> {
    // SAFETY: no pointers.
    check(unsafe { winsock::listen(fd as SOCKET, hint(backlog)) })
}

/// A backlog above 200 is cut to that unless it is negative (`SOMAXCONN_HINT`).
fn hint(backlog: c_int) -> c_int {
    if backlog > 200 { -backlog.min(c_int::from(u16::MAX)) } else { backlog }
}

/// Starts to connect; returns whether that is done.
pub(in crate::io) fn connect(fd: RawSocket, name: &SocketName) -> io::Result<bool> {
    let (address, length) = name.parts();
    // SAFETY: `length` octets of `name`, which outlives the call.
    match check(unsafe { winsock::connect(fd as SOCKET, address, length) }) {
        Ok(()) => Ok(true),
        Err(e) if e.raw_os_error() == Some(WSAEWOULDBLOCK) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Accepts a connection; writes the peer's name.
pub(in crate::io) fn accept(fd: RawSocket, peer: &mut SocketName) -> io::Result<OwnedSocket> {
    let (address, length) = peer.parts_mut();
    // SAFETY: `peer` has room for every kind of name and outlives the call; the result is handed over unseen.
    let socket = unsafe { made(winsock::accept(fd as SOCKET, address, length)) }.map_err(of_connection)?;
    adopt(socket.as_raw_socket())?;
    Ok(socket)
}

/// A listener is never connected: this is said of a connection that was reset while it waited, by a system that asks for its name.
fn of_connection(error: io::Error) -> io::Error {
    if error.raw_os_error() == Some(WSAENOTCONN) { io::Error::from_raw_os_error(WSAECONNRESET) } else { error }
}

/// The local name. That of a socket which is not bound yet is its family, which the system does not tell.
pub(in crate::io) fn local_name(fd: RawSocket) -> io::Result<SocketName> {
    let mut name = SocketName::room();
    let (address, length) = name.parts_mut();
    // SAFETY: `name` has room for every kind of name and outlives the call.
    match check(unsafe { winsock::getsockname(fd as SOCKET, address, length) }) {
        Ok(()) => Ok(name),
        Err(error) if error.raw_os_error() == Some(WSAEINVAL) => Ok(SocketName::unspecified(family(fd)?)),
        Err(error) => Err(error),
    }
}

fn family(fd: RawSocket) -> io::Result<c_int> {
    // SAFETY: a C struct of integers; zeros are a value of it.
    let mut info: WSAPROTOCOL_INFOW = unsafe { zeroed() };
    let mut size = size_of::<WSAPROTOCOL_INFOW>() as c_int;
    let to = (&raw mut info).cast();
    // SAFETY: at most `size` octets of our own struct are written.
    check(unsafe { winsock::getsockopt(fd as SOCKET, SOL_SOCKET, SO_PROTOCOL_INFOW, to, &raw mut size) })?;
    Ok(info.iAddressFamily)
}

pub(in crate::io) fn peer_name(fd: RawSocket) -> io::Result<SocketName> {
    let mut name = SocketName::room();
    let (address, length) = name.parts_mut();
    // SAFETY: as in `local_name`.
    check(unsafe { winsock::getpeername(fd as SOCKET, address, length) })?;
    Ok(name)
}

pub(in crate::io) fn shutdown(fd: RawSocket, how: c_int) -> io::Result<()> {
    // SAFETY: no pointers.
    check(unsafe { winsock::shutdown(fd as SOCKET, how) })
}

/// Sends one datagram to `to`; returns the octets sent.
pub(in crate::io) fn send_to(fd: RawSocket, bytes: &[u8], to: &SocketName) -> io::Result<usize> {
    let (address, length) = to.parts();
    // A datagram of more octets than an integer counts is too long in any case.
    let size = c_int::try_from(bytes.len()).unwrap_or(c_int::MAX);
    // SAFETY: `bytes` and `to` are read within their lengths and outlive the call.
    check_size(unsafe { winsock::sendto(fd as SOCKET, bytes.as_ptr(), size, 0, address, length) }).map_err(told)
}

/// Receives one datagram: its size, and its sender. The system does not tell the size of one that is longer than `into.len()`: it is
/// more.
pub(in crate::io) fn receive_from(fd: RawSocket, into: &mut [u8]) -> io::Result<(usize, SocketName)> {
    let mut from = SocketName::room();
    let (address, length) = from.parts_mut();
    let room = c_int::try_from(into.len()).unwrap_or(c_int::MAX);
    // SAFETY: at most `room` octets of our own slice are written, and a name of at most its room.
    match check_size(unsafe { winsock::recvfrom(fd as SOCKET, into.as_mut_ptr(), room, 0, address, length) }) {
        Ok(size) => Ok((size, from)),
        Err(error) if error.raw_os_error() == Some(WSAEMSGSIZE) => Ok((into.len() + 1, from)),
        Err(error) => Err(told(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_backlog_is_a_hint_where_a_plain_number_would_be_cut() {
        assert_eq!((hint(0), hint(200), hint(201), hint(1024), hint(c_int::MAX)), (0, 200, -201, -1024, -65_535));
    }

    #[test]
    fn a_pair_is_connected_to_itself() {
        let (one, other) = pair(SOCK_STREAM).unwrap();
        let port = |name: io::Result<SocketName>| name.unwrap().port();
        let (one, other) = (one.as_raw_socket(), other.as_raw_socket());
        assert_eq!(port(local_name(one)), port(peer_name(other)));
        assert_eq!(port(local_name(other)), port(peer_name(one)));
        assert_ne!(port(local_name(one)), port(local_name(other)));
    }

    #[test]
    fn a_socket_that_is_not_bound_has_a_family() {
        for family in [AF_INET, super::super::posix::AF_INET6] {
            let socket = create(family, SOCK_STREAM).unwrap();
            assert_eq!(local_name(socket.as_raw_socket()).unwrap().family(), family);
        }
        assert_eq!(create(AF_UNIX, SOCK_STREAM).unwrap_err().kind(), io::ErrorKind::Unsupported);
    }
}
