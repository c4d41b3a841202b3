//! Sockets: made, named, listened on, connected, read and written. All are non-blocking and close-on-exec from birth.
//!
//! Nothing here waits: a call that cannot proceed fails with `WouldBlock`, and a [driver](super::driver) says when to
//! try again.

mod accept;
mod datagram;
mod file;
mod listener;
mod options;

use crate::io::address::Address;
use crate::io::sys;
use std::io::{self, IoSlice};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};

pub use accept::AcceptError;
pub use datagram::Datagram;
pub use file::SocketFile;
pub use listener::{ListenOptions, Listener};

/// A socket. Closed when dropped. Its methods never block.
#[derive(Debug)]
pub struct Socket(OwnedFd);

impl Socket {
    /// A stream socket of the family of `address`, to [connect](Self::connect).
    pub fn stream(address: &Address) -> io::Result<Self> {
        sys::socket::create(address.to_name().family(), libc::SOCK_STREAM).map(Self)
    }

    /// Two stream sockets connected to each other (Unix domain, unnamed).
    pub fn pair() -> io::Result<(Self, Self)> {
        sys::socket::pair(libc::SOCK_STREAM).map(|(one, other)| (Self(one), Self(other)))
    }

    /// Takes a socket that somebody else made (inherited, passed, from another library), and makes it non-blocking and
    /// close-on-exec.
    pub fn adopt(fd: OwnedFd) -> io::Result<Self> {
        sys::option::adopt(fd.as_raw_fd())?;
        Ok(Self(fd))
    }

    /// Starts to connect. `Ok(true)`: connected (a Unix domain socket connects at once). `Ok(false)`: on its way; when
    /// the socket becomes writable, [`take_error`](Self::take_error) says how it went.
    pub fn connect(&self, address: &Address) -> io::Result<bool> {
        match sys::socket::connect(self.raw(), &address.to_name()) {
            Ok(()) => Ok(true),
            // An interrupted connect goes on in the background, as one in progress does.
            Err(e) if matches!(e.raw_os_error(), Some(libc::EINPROGRESS | libc::EINTR)) => Ok(false),
            Err(e) => Err(e),
        }
    }

    /// Receives what is there, at most `into.len()` octets; 0 is the end of the stream (or an empty `into`).
    pub fn receive(&self, into: &mut [u8]) -> io::Result<usize> {
        sys::transfer::receive(self.raw(), into)
    }

    /// Sends the slices in order as far as the system takes them; how many octets that was. Looks at no more than 1,024
    /// slices. A connection that the peer has closed is an error (`BrokenPipe`), never a signal.
    pub fn send(&self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        sys::transfer::send(self.raw(), slices)
    }

    /// Ends the sending side: the peer reads an end of stream after everything sent.
    pub fn shutdown_write(&self) -> io::Result<()> {
        sys::socket::shutdown(self.raw(), libc::SHUT_WR)
    }

    /// Octets that were sent and still wait here, as the peer's receive window is full; 0 where the system does not say.
    pub fn unsent(&self) -> usize {
        sys::option::unsent(self.raw()).unwrap_or(0)
    }

    /// The address the socket is bound to: with port 0 asked for, the port that the system chose.
    pub fn local_address(&self) -> io::Result<Address> {
        Address::from_name(&sys::socket::local_name(self.raw())?)
    }

    /// The address at the other end.
    pub fn peer_address(&self) -> io::Result<Address> {
        Address::from_name(&sys::socket::peer_name(self.raw())?)
    }

    /// Takes the pending error: the result of a connect, or why a connection ended.
    pub fn take_error(&self) -> io::Result<Option<io::Error>> {
        sys::option::take_error(self.raw())
    }

    fn raw(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}

impl From<OwnedFd> for Socket {
    /// Takes the descriptor as it is: it must be a non-blocking one already. [`Socket::adopt`] makes it so.
    fn from(fd: OwnedFd) -> Self {
        Self(fd)
    }
}

impl From<Socket> for OwnedFd {
    fn from(socket: Socket) -> Self {
        socket.0
    }
}

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl AsRawFd for Socket {
    fn as_raw_fd(&self) -> RawFd {
        self.raw()
    }
}
