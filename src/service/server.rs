//! The server: its parts, and the pull of events.
//!
//! Each part owns its fields; operations on several parts are views made by lending them. The pull is here: received
//! octets start a turn, and events are pulled from the connection whose turn it is. Everything else is in
//! [`ServerLoop`].

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
use super::pull::Pull;
use super::security::Security;
use super::server_loop::{ServerLoop, Waited, has_no_connections, next_time};
use super::sockets::Sockets;
use super::stats::Stats;
use crate::conn::{Conn, Workspace};
use crate::error::Error;
use crate::io::address::Address;
use crate::io::driver::Driver;
use crate::io::fault;
#[cfg(feature = "tls")]
use crate::io::ktls::Kernel;
use crate::io::socket::SocketOptions;
#[cfg(feature = "tls")]
use crate::tls::TlsConfig;

/// A server. One thread at a time.
pub struct Server {
    connections: Connections,
    mail: Mail,
    listeners: Listeners,
    drain: Drain,
    /// The last error that concerns no connection.
    failed: Option<Error>,
}

impl Server {
    /// A server without listeners. Allocates; fails with `Argument`, `Nomem` and `System`.
    pub fn new(config: &Config) -> Result<Self, Error> {
        Self::with_driver(config, Driver::new(&config.of_driver()))
    }

    /// The same, with a driver of the caller's: made on that of a loop ([`Driver::new_on`]) by the
    /// config's [`of_driver`](Config::of_driver), the server can be its guest
    /// ([`Hosting::host`](crate::io::event_loop::Hosting::host)).
    pub fn with_driver(config: &Config, driver: std::io::Result<Driver>) -> Result<Self, Error> {
        config.check()?;
        let driver = driver.map_err(|error| fault(&error))?;
        let mut connections = Connections::new(config, driver)?;
        let conn = connections.engine_mut().workspace_mut().intern(&config.conn)?;
        let waker = connections.engine().driver().waker();
        let mailbox = Mailbox::new(waker, config.posts_max, config.post_octets_max, config.post_conn_max);
        let listeners = Listeners::new(config, conn, connections.engine())?;
        Ok(Self {
            connections,
            mail: Mail::new(mailbox, config),
            listeners,
            drain: Drain::new(config.drain_spread_ms.into()),
            failed: None,
        })
    }

    /// Adds a listener: `127.0.0.1:0`, `[::1]:80`, `*:8080`, `unix:/path`. Fails with `Argument`, `Nomem`, `System`,
    /// and with `State` once the server drains; [`failed`](Self::failed) has the reason.
    pub fn listen(&mut self, address: &[u8]) -> Result<(), Error> {
        self.sockets().listen(address, &SocketOptions::default(), Security::default())
    }

    /// Like [`listen`](Self::listen), with TLS. Each connection uses the material that `config` has when it is
    /// accepted. Also fails with `Argument` for a client's config.
    #[cfg(feature = "tls")]
    pub fn listen_tls(&mut self, address: &[u8], config: &TlsConfig) -> Result<(), Error> {
        let security = Security::tls(config).map_err(|error| self.fail(error))?;
        self.sockets().listen(address, &SocketOptions::default(), security)
    }

    /// Listeners with their own options, and sockets made elsewhere.
    pub fn sockets(&mut self) -> Sockets<'_> {
        Sockets::new(&mut self.connections, &mut self.listeners, &mut self.failed)
    }

    /// Replaces the system for the TLS records of this server's connections, for tests on systems without kernel TLS.
    /// Call it before any connection is accepted.
    #[cfg(feature = "tls")]
    pub fn set_kernel(&mut self, kernel: Box<dyn Kernel>) {
        self.connections.engine_mut().set_kernel(kernel);
    }

    /// The address of a listener, in the order of the calls of [`listen`](Self::listen).
    pub fn address(&self, listener: usize) -> Result<Address, Error> {
        self.listeners.address(listener)
    }

    /// A handle for other threads and signal handlers; it outlives the server.
    pub fn mailbox(&self) -> Mailbox {
        self.mail.inbox().mailbox()
    }

    /// Joins a group: what is published on one of its servers, by the owner or a mailbox, is published on all. Call it
    /// once; it lasts until the server ends. Fails with `State` if the server is in another group, and with `Nomem`.
    pub fn join(&mut self, group: &Group) -> Result<(), Error> {
        self.mail.join(group)
    }

    /// What drives the server. Its [handle](Driver::handle) is readable when [`next`](Self::next) has something to do.
    pub fn driver(&self) -> &Driver {
        self.connections.engine().driver()
    }

    /// When [`next`](Self::next) has something to do even if the handle is not readable: 0 for at once, `u64::MAX` for
    /// never; otherwise in milliseconds of the monotonic clock.
    pub fn deadline(&self) -> u64 {
        let is_over = has_no_connections(&self.connections, &self.listeners);
        let is_busy = is_over || self.mail.has_posts() || self.connections.have_work();
        if is_busy { 0 } else { next_time(&self.connections, &self.listeners, &self.drain) }
    }

    /// The connection of the last event, its workspace, and its lent octets, which heads and spans of the event refer
    /// to. Valid until the next call of `next`.
    pub fn shown(&mut self) -> Option<(&Conn, &Workspace, &[u8])> {
        self.connections.turns().shown()
    }

    /// The octets of the last [`EventKind::Post`](super::EventKind::Post), until `next` is called again.
    pub fn posted(&self) -> &[u8] {
        self.mail.inbox().shown()
    }

    /// The last error that concerns no connection: of [`listen`](Self::listen) or [`next`](Self::next).
    pub fn failed(&self) -> Option<Error> {
        self.failed
    }

    /// Stores an error that concerns no connection.
    #[cold]
    fn fail(&mut self, error: Error) -> Error {
        self.failed = Some(error);
        error
    }

    /// The counters.
    pub fn stats(&self) -> Stats {
        self.connections.engine().totals(self.connections.slots().live())
    }

    /// Takes one of the pointers that [`Calls::set_user`] stored for live connections. Each is returned once, and later
    /// events of its connection have none. For an owner that drops the server before its connections have ended.
    pub fn take_user(&mut self) -> Option<*mut core::ffi::c_void> {
        self.connections.turns().take_user()
    }

    /// A connection, to be looked at; fails with `Gone`.
    pub fn conn(&self, id: super::id::Id) -> Result<&Conn, Error> {
        self.connections.slots().conn_of(id)
    }

    /// Calls on connections, by id.
    #[inline(always)]
    pub fn calls(&mut self) -> Calls<'_> {
        Calls::new(&mut self.connections)
    }

    /// Messages to connections and topics.
    pub fn messages(&mut self) -> Messages<'_> {
        self.mail.messages(&mut self.connections)
    }

    /// The view for everything besides the fast way.
    fn server_loop(&mut self) -> ServerLoop<'_> {
        ServerLoop::new(&mut self.connections, &mut self.mail, &mut self.listeners, &mut self.drain)
    }

    /// Stops listening, closes idle connections, lets others finish their exchange, closes WebSockets (1001) spread
    /// over [`drain_spread_ms`](super::Config::drain_spread_ms) or half of `within_ms` if that is less, and cuts off
    /// the rest after `within_ms`. [`next`](Self::next) returns `Done` then. Repeated calls can only shorten the time.
    pub fn drain(&mut self, within_ms: u64) {
        self.server_loop().drain(within_ms);
    }

    /// Sends the output of all connections now.
    pub fn flush(&mut self) {
        self.connections.flush();
    }

    /// The next event, `Timeout` after `timeout` milliseconds (`None`: never), or `Done` when the server is drained.
    /// Ends the previous event: its head and octets are invalid.
    ///
    /// An error is a system error of a listener or of the wait. The server can continue.
    pub fn next(&mut self, timeout: Option<u64>) -> Result<Next, Error> {
        let fast = if self.has_fast_turn() { self.next_fast(&mut ByValue) } else { None };
        match fast {
            Some(event) => Ok(Next::Event(event)),
            None => self.next_into(timeout, &mut ByValue).map(Next::from),
        }
    }

    /// Whether a turn of short messages is open: call [`next_fast`](Self::next_fast) first.
    pub fn has_fast_turn(&self) -> bool {
        self.connections.has_fast_turn()
    }

    /// The fast way of [`next_into`](Self::next_into): the next event, if it is a short message. `None`: call
    /// [`next_into`](Self::next_into). The previous event, a message of that turn, ends.
    #[inline(always)]
    pub fn next_fast<S: EventSink>(&mut self, sink: &mut S) -> Option<S::Output> {
        self.connections.turns().next_fast(sink)
    }

    /// Like [`next`](Self::next), but passes an event of a connection to `sink` in place. Call it when no turn of short
    /// messages is [open](Self::has_fast_turn), or [`next_fast`](Self::next_fast) returned `None`. Ends the previous
    /// event.
    #[inline(always)]
    pub fn next_into<S: EventSink>(&mut self, timeout: Option<u64>, sink: &mut S) -> Result<Polled<S::Output>, Error> {
        self.mail.inbox_mut().end_event();
        let mut until = None;
        loop {
            if !self.connections.has_turn() {
                if let Some((index, len)) = self.connections.engine_mut().driver_mut().next_received() {
                    if let Some(made) = self.connections.turns().receive(index, len, sink) {
                        return Ok(Polled::Conn(made));
                    }
                } else if let Some(polled) = self.next_without_input(timeout, &mut until)? {
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

    /// The next event of the connection whose turn it is. Without one, the turn is finished.
    #[inline(always)]
    fn pull<S: EventSink>(&mut self, sink: &mut S) -> Option<Polled<S::Output>> {
        match self.connections.turns().pull(sink) {
            Pull::Event(made) => Some(Polled::Conn(made)),
            Pull::Over => None,
            Pull::NotReady => self.server_loop().finish_turn().map(Polled::Own),
            Pull::ForServer => self.convert_server_event(sink).map(Polled::Conn),
        }
    }

    /// Delivers an event that also concerns the server, if it is one for the owner.
    #[cold]
    fn convert_server_event<S: EventSink>(&mut self, sink: &mut S) -> Option<S::Output> {
        let event = self.server_loop().handle_server_event()?;
        self.connections.convert(event, sink)
    }

    /// What to do when nothing was received.
    #[inline(always)]
    fn next_without_input<T>(
        &mut self,
        timeout: Option<u64>,
        until: &mut Option<u64>,
    ) -> Result<Option<Polled<T>>, Error> {
        let is_exhausted = self.connections.engine().driver().is_exhausted();
        if !is_exhausted || self.connections.slots().has_due() || self.mail.has_posts() {
            return Ok(self.next_other()?.map(Polled::Own));
        }
        Ok(match self.wait(timeout, until)? {
            Waited::Batch => None,
            Waited::Timeout => Some(Polled::Timeout),
            Waited::Done => Some(Polled::Done),
        })
    }

    #[inline(never)]
    fn next_other(&mut self) -> Result<Option<Event>, Error> {
        self.server_loop().next().map_err(|error| self.fail(error))
    }

    #[inline(never)]
    fn wait(&mut self, timeout: Option<u64>, until: &mut Option<u64>) -> Result<Waited, Error> {
        self.server_loop().wait(timeout, until).map_err(|error| self.fail(error))
    }
}

#[cfg(test)]
mod tests;
