//! More ways to come by listeners and connections than an address: options of a listener, and sockets that somebody else made.
//!
//! A borrowed view that [`Server::sockets`](super::Server::sockets) makes. Never makes an event.

use super::connections::Connections;
use super::id::Id;
use super::listeners::Listeners;
use super::security::Security;
use crate::error::Error;
use crate::io::socket::ListenOptions;
use std::os::fd::OwnedFd;

/// The listeners of a server, and the way to its slots. What fails is what [`Server::failed`](super::Server::failed) answers.
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

    /// As [`Server::listen`](super::Server::listen), with options of the listener's own, and with what lies under its connections.
    pub fn listen(self, address: &[u8], options: &ListenOptions, security: Security) -> Result<(), Error> {
        let (slots, engine) = self.connections.turns().slots_and_engine();
        let bound = self.listeners.bind(address, options, security, slots, engine);
        bound.inspect_err(|&error| *self.failed = Some(error))
    }

    /// As [`listen`](Self::listen), on a socket that somebody else made and bound. It is closed on failure.
    pub fn listen_fd(self, fd: OwnedFd, options: &ListenOptions, security: Security) -> Result<(), Error> {
        let (slots, engine) = self.connections.turns().slots_and_engine();
        let adopted = self.listeners.adopt(fd, options, security, slots, engine);
        adopted.inspect_err(|&error| *self.failed = Some(error))
    }

    /// Takes a connection that somebody else accepted now; this is its beginning, which no event tells. Fails with `Limit` where there are
    /// `connections_max` already, `Nomem`, `System`, and with `State` once the server drains. The socket is closed then.
    pub fn adopt(self, fd: OwnedFd, security: &Security) -> Result<Id, Error> {
        self.connections.engine_mut().read_clock();
        let (slots, engine) = self.connections.turns().slots_and_engine();
        let adopted = self.listeners.open_accepted(fd, security, slots, engine).map(|index| slots.id(index));
        adopted.inspect_err(|&error| *self.failed = Some(error))
    }
}
