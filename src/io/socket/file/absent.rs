//! The file of a listening Unix domain socket: there are no such sockets here.

use super::Socket;
use crate::io::address::UnixName;
use core::convert::Infallible;
use std::io;
use std::path::Path;

/// The file of a bound socket, of which there is none.
#[derive(Debug)]
pub struct SocketFile(Infallible);

impl SocketFile {
    /// Whoever has the socket now has its file.
    pub(in crate::io) fn leave_in_place(self) {
        match self.0 {}
    }

    /// Fails with `Unsupported`.
    pub(super) fn bind(_: &UnixName) -> io::Result<(Socket, Option<Self>)> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Where the file is.
    pub const fn path(&self) -> &Path {
        match self.0 {}
    }
}
