//! The server: the parts it is made of, and the pull: what happens next, wherever it happens.
//!
//! Each part owns its fields; what needs several parts is a view that the server makes by lending them. The pull itself is here: octets
//! received begin a turn, and events are pulled from the connection whose turn it is. What else there is to do is the
//! [`ServerLoop`]'s.

use super::by_value::ByValue;
use super::calls::Calls;
use super::config::Config;
use super::connections::Connections;
use super::drain::Drain;
use super::event::{Event, EventSink, Next, Polled};
use super::group::Group;
use super::listeners::Listeners;
use super::mail::Mail;
use super::mailbox::Mailbox;
use super::messages::Messages;
use super::security::Security;
use super::server_loop::{ServerLoop, Waited, next_time};
use super::sockets::Sockets;
use super::stats::Stats;
use super::turns::Pull;
use crate::conn::{Conn, Workspace};
use crate::error::Error;
use crate::io::address::Address;
#[cfg(feature = "tls")]
use crate::io::ktls::Kernel;
use crate::io::socket::ListenOptions;
#[cfg(feature = "tls")]
use crate::tls::TlsConfig;
use core::ffi::c_void;
use std::os::fd::RawFd;

/// A server. One thread at a time.
pub struct Server {
    connections: Connections,
    mail: Mail,
    listeners: Listeners,
    drain: Drain,
    /// What failed last that is no connection's.
    failed: Option<Error>,
}

impl Server {
    /// A server that listens nowhere yet. Allocates; fails with `Argument`, `Nomem` and `System`.
    pub fn new(config: &Config) -> Result<Self, Error> {
        config.check()?;
        let mut connections = Connections::new(config)?;
        let conn = connections.engine_mut().workspace_mut().intern(&config.conn)?;
        let waker = connections.engine().driver().waker();
        let mailbox = Mailbox::new(waker, config.posts_max, config.post_octets_max, config.post_conn_max);
        let options =
            ListenOptions { backlog: config.backlog, reuse_port: config.reuse_port, ..ListenOptions::default() };
        Ok(Self {
            connections,
            mail: Mail::new(mailbox, config),
            listeners: Listeners::new(options, conn, config.connections_max),
            drain: Drain::new(config.drain_spread_ms.into()),
            failed: None,
        })
    }

    /// Listens on `address` as well: `127.0.0.1:0`, `[::1]:80`, `*:8080`, `unix:/path`. Fails with `Argument`, `Nomem`,
    /// `System`, and with `State` once the server drains; [`failed`](Self::failed) keeps the reason.
    pub fn listen(&mut self, address: &[u8]) -> Result<(), Error> {
        self.sockets().listen(address, &ListenOptions::default(), Security::default())
    }

    /// As [`listen`](Self::listen), for connections over TLS, each with the material that `config` has when it is accepted. Fails with
    /// `Argument` also for a client's config.
    #[cfg(feature = "tls")]
    pub fn listen_tls(&mut self, address: &[u8], config: &TlsConfig) -> Result<(), Error> {
        let security = Security::tls(config).map_err(|error| self.fail(error))?;
        self.sockets().listen(address, &ListenOptions::default(), security)
    }

    /// Listeners with options of their own, and sockets that others made.
    pub fn sockets(&mut self) -> Sockets<'_> {
        Sockets::new(&mut self.connections, &mut self.listeners, &mut self.failed)
    }

    /// Puts `kernel` in the place of the system for the TLS records of this server's connections, as tests do where the system has none.
    /// Before any connection is accepted.
    #[cfg(feature = "tls")]
    pub fn set_kernel(&mut self, kernel: Box<dyn Kernel>) {
        self.connections.engine_mut().set_kernel(kernel);
    }

    /// Where a listener is bound, in the order of the calls of [`listen`](Self::listen).
    pub fn address(&self, listener: usize) -> Result<Address, Error> {
        self.listeners.address(listener)
    }

    /// A handle for other threads and signal handlers; clones and outlives the server.
    pub fn mailbox(&self) -> Mailbox {
        self.mail.inbox().mailbox()
    }

    /// From now on what is published on a server of `group`, by its owner or by its mailbox, all others of the group publish as well. Once
    /// is enough; it lasts until the server ends. Fails with `State` in another group, and with `Nomem`.
    pub fn join(&mut self, group: &Group) -> Result<(), Error> {
        self.mail.join(group)
    }

    /// A descriptor that is readable when there is something for [`next`](Self::next) to do. It stays the server's.
    pub fn handle(&self) -> RawFd {
        self.connections.engine().driver().handle()
    }

    /// When [`next`](Self::next) has something to do though the handle is not readable: 0 for at once, `u64::MAX` for never;
    /// else in milliseconds of the monotonic clock.
    pub fn deadline(&self) -> u64 {
        let is_due = self.connections.has_turn() || self.connections.slots().has_due();
        let is_busy = is_due || self.mail.has_posts() || self.connections.is_drained();
        if is_busy { 0 } else { next_time(&self.connections, &self.listeners, &self.drain) }
    }

    /// The connection of the last event of a connection, the workspace it belongs to, and the octets that are lent to it:
    /// what heads and spans of that event refer to, until `next` is called again.
    pub fn shown(&mut self) -> Option<(&Conn, &Workspace, &[u8])> {
        self.connections.turns().shown()
    }

    /// The octets of the last [`EventKind::Post`], until `next` is called again.
    pub fn posted(&self) -> &[u8] {
        self.mail.inbox().shown()
    }

    /// What failed last that is no connection's: a call of [`listen`](Self::listen), or what [`next`](Self::next) answered.
    pub fn failed(&self) -> Option<Error> {
        self.failed
    }

    /// Keeps the error of a call that is no connection's.
    #[cold]
    fn fail(&mut self, error: Error) -> Error {
        self.failed = Some(error);
        error
    }

    /// What has happened so far.
    pub fn stats(&self) -> Stats {
        self.connections.engine().totals(self.connections.slots().live())
    }

    /// Takes one of the pointers that [`Calls::set_user`] stored for connections that live; each comes once, and later events of its connection
    /// carry none. For an owner that drops the server before its connections have ended.
    pub fn take_user(&mut self) -> Option<*mut c_void> {
        let turns = self.connections.turns();
        turns.leave_lane();
        turns.slots_mut().take_user()
    }

    /// What the owner does to connections, by their ids.
    #[inline(always)]
    pub fn calls(&mut self) -> Calls<'_> {
        Calls::new(&mut self.connections)
    }

    /// Messages to connections and topics.
    pub fn messages(&mut self) -> Messages<'_> {
        self.mail.messages(&mut self.connections)
    }

    /// What there is to do beside the fast way.
    fn rest(&mut self) -> ServerLoop<'_> {
        ServerLoop::new(&mut self.connections, &mut self.mail, &mut self.listeners, &mut self.drain)
    }

    /// Stops listening, closes idle connections, lets each other finish the exchange in progress, closes WebSockets (1001) spread over
    /// [`drain_spread_ms`](super::Config::drain_spread_ms) or half of `within_ms` if that is less, and cuts off what is left after
    /// `within_ms`. [`next`](Self::next) then answers `Done`. Again: only ever shortens the time.
    pub fn drain(&mut self, within_ms: u64) {
        self.rest().drain(within_ms);
    }

    /// Sends now what was made since the last batch, for whichever connection.
    pub fn flush(&mut self) {
        self.connections.flush();
    }

    /// The next event, `Timeout` after `timeout` milliseconds (`None`: never), or `Done` when the server is drained. Ends the
    /// event before: its head and octets are no longer there.
    ///
    /// An error is the system's: a listener or the wait failed. The server can go on.
    pub fn next(&mut self, timeout: Option<u64>) -> Result<Next, Error> {
        if let Some(event) = self.next_in_lane(&mut ByValue) {
            return Ok(Next::Event(event));
        }
        self.next_into(timeout, &mut ByValue).map(|polled| match polled {
            Polled::Conn(event) | Polled::Own(event) => Next::Event(event),
            Polled::Timeout => Next::Timeout,
            Polled::Done => Next::Done,
        })
    }

    /// The next event, where it is a message in the lane, or in one that can be opened: nearly always, for a server of messages.
    /// `None`: [`next_into`](Self::next_into) has to. Ends the event before.
    #[inline(always)]
    pub fn next_in_lane<S: EventSink>(&mut self, sink: &mut S) -> Option<S::Made> {
        self.mail.inbox_mut().end_event();
        self.connections.turns().next_in_lane(sink)
    }

    /// As [`next`](Self::next), with an event of a connection given to `sink` where it lies instead of being handed out: what is
    /// to be made of it is made without being looked up again. It goes on where [`next_in_lane`](Self::next_in_lane) answered
    /// `None`, whose event it ends otherwise.
    #[inline(always)]
    pub fn next_into<S: EventSink>(&mut self, timeout: Option<u64>, sink: &mut S) -> Result<Polled<S::Made>, Error> {
        let mut until = None;
        loop {
            if !self.connections.has_turn() {
                if let Some((index, len)) = self.connections.engine_mut().driver_mut().next_received() {
                    if let Some(made) = self.connections.turns().receive(index, len, sink) {
                        return Ok(Polled::Conn(made));
                    }
                } else if let Some(polled) = self.next_of_none(timeout, &mut until)? {
                    return Ok(polled);
                }
            }
            if self.connections.has_turn()
                && let Some(polled) = self.pull(sink)
            {
                return Ok(polled);
            }
        }
    }

    /// The next event of the connection whose turn it is. When it rests its turn is finished, which ends it or shows that it has more
    /// to say.
    #[inline(always)]
    fn pull<S: EventSink>(&mut self, sink: &mut S) -> Option<Polled<S::Made>> {
        match self.connections.turns().pull(sink) {
            Pull::Event(made) => Some(Polled::Conn(made)),
            Pull::Over => None,
            Pull::Rest => self.finish_turn().map(Polled::Own),
            Pull::Seen => self.show_seen(sink).map(Polled::Conn),
        }
    }

    /// Hands out an event that means something to the server as well, if it is one for the owner.
    #[cold]
    fn show_seen<S: EventSink>(&mut self, sink: &mut S) -> Option<S::Made> {
        let event = self.rest().look_at_seen()?;
        self.connections.show(event, sink)
    }

    #[inline(never)]
    fn finish_turn(&mut self) -> Option<Event> {
        self.rest().finish_turn()
    }

    /// What there is to do where nothing was received.
    #[inline(always)]
    fn next_of_none<T>(&mut self, timeout: Option<u64>, until: &mut Option<u64>) -> Result<Option<Polled<T>>, Error> {
        let is_exhausted = self.connections.engine().driver().is_exhausted();
        if !is_exhausted || self.connections.slots().has_due() || self.mail.has_posts() {
            return Ok(self.next_rare()?.map(Polled::Own));
        }
        Ok(match self.wait(timeout, until)? {
            Waited::Batch => None,
            Waited::Timeout => Some(Polled::Timeout),
            Waited::Done => Some(Polled::Done),
        })
    }

    #[inline(never)]
    fn next_rare(&mut self) -> Result<Option<Event>, Error> {
        self.rest().next().map_err(|error| self.fail(error))
    }

    #[inline(never)]
    fn wait(&mut self, timeout: Option<u64>, until: &mut Option<u64>) -> Result<Waited, Error> {
        self.rest().wait(timeout, until).map_err(|error| self.fail(error))
    }
}

#[cfg(test)]
mod tests;
