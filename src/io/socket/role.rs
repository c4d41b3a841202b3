//! What an existing socket is for.

use super::Socket;
use crate::io::sys::option::get;
use crate::io::sys::posix;
use std::io;

/// What a socket is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It listens.
    Listener,
    /// A stream: connected, or not yet.
    Stream,
    /// It sends and receives datagrams.
    Datagrams,
}

impl Role {
    /// What `socket` is for; fails for other types, and with the system's error if it is no socket.
    pub fn of(socket: &Socket) -> io::Result<Self> {
        match get(socket.raw(), posix::SOL_SOCKET, posix::SO_TYPE)? {
            posix::SOCK_STREAM if get(socket.raw(), posix::SOL_SOCKET, posix::SO_ACCEPTCONN)? != 0 => {
                Ok(Self::Listener)
            }
            posix::SOCK_STREAM => Ok(Self::Stream),
            posix::SOCK_DGRAM => Ok(Self::Datagrams),
            _ => Err(io::Error::from_raw_os_error(posix::EPROTOTYPE)),
        }
    }
}
