//! Listeners with options, and sockets made elsewhere.
//!
//! A view made by [`Server::sockets`](super::Server::sockets). Makes no event.

use super::connections::Connections;
use super::id::Id;
use super::listeners::Listeners;
use super::security::Security;
use crate::error::Error;
use crate::io::descriptor::OwnedSocket;
use crate::io::socket::SocketOptions;

/// The listeners and connections of a server. Errors go to [`Server::failed`](super::Server::failed) too.
pub struct Sockets<'a> {
    connections: &'a mut Connections,
    listeners: &'a mut Listeners,
    failed: &'a mut Option<Error>,
}

impl<'a> Sockets<'a> {
    pub(super) fn new(
        connections: &'a mut Connections,
        listeners: &'a mut Listeners,
        failed: &'a mut Option<Error>,
    ) -> Self {
        Self { connections, listeners, failed }
    }

    /// Like [`Server::listen`](super::Server::listen), with options and security of its own.
    pub fn listen(self, address: &[u8], options: &SocketOptions, security: Security) -> Result<(), Error> {
        let (slots, engine) = self.connections.turns().slots_and_engine();
        let bound = self.listeners.bind(address, options, security, slots, engine);
        bound.inspect_err(|&error| *self.failed = Some(error))
    }

    /// Like [`listen`](Self::listen), on a socket bound elsewhere. It is closed on failure.
    pub fn listen_fd(self, fd: OwnedSocket, options: &SocketOptions, security: Security) -> Result<(), Error> {
        let (slots, engine) = self.connections.turns().slots_and_engine();
        let adopted = self.listeners.adopt(fd, options, security, slots, engine);
        adopted.inspect_err(|&error| *self.failed = Some(error))
    }

    /// Takes a connection accepted elsewhere; no event reports its start. Fails with `Limit` at `connections_max`,
    /// `Nomem`, `System`, and with `State` once the server drains. The socket is closed then.
    pub fn adopt(self, fd: OwnedSocket, security: &Security) -> Result<Id, Error> {
        self.connections.engine_mut().read_clock();
        let (slots, engine) = self.connections.turns().slots_and_engine();
        let adopted = self.listeners.open_accepted(fd, security, slots, engine).map(|index| slots.id(index));
        adopted.inspect_err(|&error| *self.failed = Some(error))
    }
}
