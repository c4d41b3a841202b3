//! Sockets that come to a loop: made, adopted, or only watched.
//!
//! A view for one call. On an error nothing is left of it.

use super::entry::Kind;
use super::id::SocketId;
use super::inbox::Inbox;
use super::sockets::Sockets;
use crate::error::Error;
use crate::io::address::Address;
use crate::io::descriptor::{OwnedSocket, RawSocket};
use crate::io::driver::{Cancel, Driver, Interest, Key, Submission};
use crate::io::fault;
use crate::io::socket::{Datagram, Listener, Role, Socket, SocketOptions};
use crate::io::sys::option;
use std::io;

/// A loop, for a socket that comes to it. All calls allocate when there are more sockets than ever before, and fail with
/// `Nomem` and, where the system refuses, `System`.
pub struct Opening<'a> {
    driver: &'a mut Driver,
    sockets: &'a mut Sockets,
    inbox: &'a mut Inbox,
    token: u64,
}

impl<'a> Opening<'a> {
    pub(super) fn new(driver: &'a mut Driver, sockets: &'a mut Sockets, inbox: &'a mut Inbox, token: u64) -> Self {
        Self { driver, sockets, inbox, token }
    }

    /// A listener; see [`Listener::bind`]. It accepts when it is told to.
    pub fn listen(self, address: &Address, options: &SocketOptions) -> Result<SocketId, Error> {
        let listener = Listener::bind(address, options).map_err(|error| fault(&error))?;
        let (socket, file) = listener.into_parts();
        self.take(socket, Kind::Listener { file: file.map(Box::new) })
    }

    /// A connection to `address`, in progress: its first event is that of the connect. Fails at once where the system
    /// refuses at once, as for a Unix domain path on which nobody listens.
    pub fn connect(self, address: &Address, options: &SocketOptions) -> Result<SocketId, Error> {
        let socket = Socket::stream(address).map_err(|error| fault(&error))?;
        options.apply(&socket, !address.is_unix()).map_err(|error| fault(&error))?;
        self.take_with(socket, Kind::Stream, Some(Submission::Connect(address)))
    }

    /// A UDP socket bound to `address`; see [`Datagram::bind_with`].
    pub fn bind_udp(self, address: &Address, options: &SocketOptions) -> Result<SocketId, Error> {
        let datagram = Datagram::bind_with(address, options).map_err(|error| fault(&error))?;
        self.take_datagrams(datagram)
    }

    /// A socket made elsewhere: a listener, a connection, or a socket for datagrams. It becomes non-blocking and
    /// close-on-exec, and keeps its other options.
    pub fn adopt(self, fd: OwnedSocket) -> Result<SocketId, Error> {
        let socket = Socket::from(fd);
        let role = Role::of(&socket).map_err(|error| fault(&error))?;
        let socket = Socket::adopt(socket.into()).map_err(|error| fault(&error))?;
        match role {
            Role::Listener => self.take(socket, Kind::Listener { file: None }),
            Role::Stream => self.take(socket, Kind::Stream),
            Role::Datagrams => self.take_datagrams(Datagram::adopt(socket).map_err(|error| fault(&error))?),
        }
    }

    /// A descriptor that stays the caller's, for its readiness. Close or release it here before the descriptor is
    /// closed.
    pub fn watch(self, fd: RawSocket) -> Result<SocketId, Error> {
        self.take_foreign(fd, Kind::Watched)
    }

    /// A guest: a loop of another kind with a driver and a deadline, as a server has them. It stays the caller's.
    pub(super) fn host(self, guest: &Driver) -> Result<SocketId, Error> {
        self.take_watched(Kind::Guest, |driver, slot| driver.attach_guest(guest, slot))
    }

    /// A socket of ours, as an accepted one.
    pub(super) fn take(self, socket: Socket, kind: Kind) -> Result<SocketId, Error> {
        self.take_with(socket, kind, None)
    }

    fn take_with(self, socket: Socket, kind: Kind, first: Option<Submission<'_>>) -> Result<SocketId, Error> {
        let slot = self.sockets.vacant()?;
        let key = self.driver.attach(socket, slot).map_err(|error| fault(&error))?;
        let connects = matches!(first, Some(Submission::Connect(_)));
        if let Some(Err(error)) = first.map(|first| self.driver.submit(key, first)) {
            // Nothing of it is held.
            let _ = self.driver.close(key);
            return Err(fault(&error));
        }
        let id = self.sockets.fill(slot, key, self.token, kind);
        self.sockets.get_mut(slot).connects = connects;
        Ok(id)
    }

    fn take_datagrams(self, datagram: Datagram) -> Result<SocketId, Error> {
        self.inbox.prepare()?;
        self.take_foreign(datagram.socket().raw(), Kind::Datagrams(Box::new(datagram)))
    }

    fn take_foreign(self, fd: RawSocket, kind: Kind) -> Result<SocketId, Error> {
        // A driver may index by it.
        option::check_open(fd).map_err(|error| fault(&error))?;
        self.take_watched(kind, |driver, slot| driver.attach_foreign(fd, slot))
    }

    fn take_watched(
        self,
        kind: Kind,
        attach: impl FnOnce(&mut Driver, u32) -> io::Result<Key>,
    ) -> Result<SocketId, Error> {
        let slot = self.sockets.vacant()?;
        let attached = attach(self.driver, slot);
        let watched = attached.and_then(|key| watch(self.driver, key, matches!(kind, Kind::Guest)).map(|()| key));
        let key = watched.map_err(|error| fault(&error))?;
        Ok(self.sockets.fill(slot, key, self.token, kind))
    }
}

/// The first poll shows whether the descriptor can be watched. All but guests wait for nothing until they are told to.
fn watch(driver: &mut Driver, key: Key, stays: bool) -> io::Result<()> {
    let polled = driver
        .submit(key, Submission::Poll(Interest::READABLE))
        .and_then(|()| if stays { Ok(()) } else { driver.submit(key, Submission::Cancel(Cancel::Poll)) });
    if polled.is_err() {
        // It owns no socket.
        let _ = driver.detach(key);
    }
    polled
}
