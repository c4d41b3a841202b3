//! Readiness of sockets: polls of the driver that is below Winsock (`\Device\Afd`), which end with packets at a port.
//!
//! - [`Polls`]: one poll for each index, in memory that stays in place.
//! - [`device`]: the open driver. [`block`]: what the system reads and writes. [`info`]: the struct of the request.
//!
//! Winsock's own polls wait in the thread that calls them. This interface is not documented, but libuv, wepoll and Go's and
//! Rust's event loops are built on it, and it has been the same since Windows Vista.

mod block;
mod device;
mod info;
mod polls;
mod status;

use super::error;
use crate::io::descriptor::RawSocket;
use core::ptr::{null, null_mut};
use std::io;
use windows_sys::Win32::Networking::WinSock::{SIO_BASE_HANDLE, SOCKET, WSAIoctl};

pub(in crate::io) use polls::Polls;

/// Octets.
pub(in crate::io) const RECEIVE: u32 = 0x1;
/// Room to send.
pub(in crate::io) const SEND: u32 = 0x4;
/// The peer has ended its side.
pub(in crate::io) const DISCONNECT: u32 = 0x8;
/// The connection failed.
pub(in crate::io) const ABORT: u32 = 0x10;
/// The socket was closed here.
pub(in crate::io) const LOCAL_CLOSE: u32 = 0x20;
/// A connection to accept.
pub(in crate::io) const ACCEPT: u32 = 0x80;
/// A connect failed.
pub(in crate::io) const CONNECT_FAIL: u32 = 0x100;

/// The socket below those of layered providers, which is what the driver knows. Fails for what is no socket.
pub(in crate::io) fn base(socket: RawSocket) -> io::Result<RawSocket> {
    let (mut base, mut count): (SOCKET, u32) = (0, 0);
    let room = size_of::<SOCKET>() as u32;
    // SAFETY: a socket and a number of ours are written.
    error::check(unsafe {
        WSAIoctl(
            socket as SOCKET,
            SIO_BASE_HANDLE,
            null(),
            0,
            (&raw mut base).cast(),
            room,
            &raw mut count,
            null_mut(),
            None,
        )
    })?;
    Ok(base as RawSocket)
}
