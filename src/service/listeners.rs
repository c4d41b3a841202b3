//! Listeners: where a server listens, and the security of each listener's connections.
//!
//! Uses the slots and the [`Engine`] passed to each call; makes no event, and reads from no connection.

use super::engine::Engine;
use super::listening::Listening;
use super::security::Security;
use super::slots::{Slots, flag};
use super::time::NEVER;
use crate::conn;
use crate::error::{Code, Error, Fault};
use crate::io::address::Address;
use crate::io::fault;
use crate::io::socket::{AcceptError, Listener, Socket, SocketOptions, adopt_accepted, adopt_listener};
use crate::memory::NO_MEMORY;
use std::io;
use std::os::fd::OwnedFd;
use std::rc::Rc;

static DRAINING: Fault = Fault::new(Code::State, 0, c"", c"the server is being drained");
static FULL: Fault = Fault::new(Code::Limit, 0, c"", c"there are connections_max connections already");
static NO_LISTENER: Fault = Fault::new(Code::Argument, 0, c"", c"there is no such listener");

/// The token bit of a listener.
const LISTENER: u32 = 1 << 31;
/// Pause of accepting when descriptors or memory are exhausted; a connection that closes ends it sooner.
const RETRY_MS: u64 = 100;

/// All listeners of a server.
pub(super) struct Listeners {
    all: Vec<Listening>,
    options: SocketOptions,
    /// The config of every connection.
    conn: Rc<conn::Config>,
    /// Maximum number of connections.
    connections_max: u32,
    /// When to accept again.
    accept_at: u64,
    /// No listeners may be added any more.
    is_closed: bool,
}

impl Listeners {
    /// No listeners.
    pub fn new(options: SocketOptions, conn: Rc<conn::Config>, connections_max: u32) -> Self {
        Self { all: Vec::new(), options, conn, connections_max, accept_at: NEVER, is_closed: false }
    }

    /// Binds a listener and accepts on it; the server's options fill in what `options` leaves unset. Fails with
    /// `Argument`, `Nomem` and `System`, and with `State` after [`close`](Self::close).
    pub fn bind(
        &mut self,
        address: &[u8],
        options: &SocketOptions,
        security: Security,
        slots: &Slots,
        engine: &mut Engine,
    ) -> Result<(), Error> {
        self.check_open()?;
        let address = Address::parse(address)?;
        let backlog = if options.backlog == 0 { self.options.backlog } else { options.backlog };
        let reuse_port = options.reuse_port || self.options.reuse_port;
        let options = SocketOptions { backlog, reuse_port, ..*options };
        let listener = Listener::bind(&address, &options).map_err(|error| fault(&error))?;
        self.add(listener, security, slots, engine)
    }

    /// Accepts on a socket bound elsewhere. Fails like [`bind`](Self::bind), and then closes it.
    pub fn adopt(
        &mut self,
        fd: OwnedFd,
        options: &SocketOptions,
        security: Security,
        slots: &Slots,
        engine: &mut Engine,
    ) -> Result<(), Error> {
        self.check_open()?;
        let listener = adopt_listener(fd, options).map_err(|error| fault(&error))?;
        self.add(listener, security, slots, engine)
    }

    fn check_open(&self) -> Result<(), Error> {
        if self.is_closed { Err(DRAINING.at(0)) } else { Ok(()) }
    }

    fn add(&mut self, listener: Listener, security: Security, slots: &Slots, engine: &mut Engine) -> Result<(), Error> {
        let system = |error: io::Error| fault(&error);
        self.all.try_reserve(1).map_err(|_| NO_MEMORY)?;
        let (socket, file) = listener.into_parts();
        let address = socket.local_address().map_err(system)?;
        let token = LISTENER | crate::narrow::place(self.all.len());
        let key = engine.driver_mut().attach(socket, token).map_err(system)?;
        self.all.push(Listening::new(key, address, security, file));
        self.accept_again(slots, engine);
        Ok(())
    }

    /// Whether completions with this token are those of a listener.
    pub fn is_token(token: u32) -> bool {
        token & LISTENER != 0
    }

    /// The address of a listener, in the order in which they were bound.
    pub fn address(&self, listener: usize) -> Result<Address, Error> {
        let open = self.all.get(listener).filter(|listening| listening.is_open());
        open.map(|listening| listening.address).ok_or(NO_LISTENER.at(0))
    }

    /// Accepts a connection; `None` if there is none now. Fails if the listener is broken.
    pub fn accept(
        &mut self,
        token: u32,
        result: Result<Socket, AcceptError>,
        slots: &mut Slots,
        engine: &mut Engine,
    ) -> Result<Option<u32>, Error> {
        let listener = (token & !LISTENER) as usize;
        match result {
            Ok(socket) => {
                engine.stats_mut().accepted += 1;
                let security = self.all.get(listener).map(|listening| listening.security.clone());
                let opened = self.open(&security.unwrap_or_default(), socket, slots, engine);
                engine.stats_mut().refused += u64::from(opened.is_err());
                Ok(opened.ok())
            }
            Err(error) => {
                if let Some(listening) = self.all.get_mut(listener) {
                    listening.is_accepting = false;
                }
                if let AcceptError::Fatal(error) = error {
                    return Err(fault(&error));
                }
                self.accept_at = engine.now() + RETRY_MS;
                Ok(None)
            }
        }
    }

    /// Takes a connection accepted elsewhere. Fails with `Limit` at the maximum, with `State` after
    /// [`close`](Self::close), with `Nomem` and `System`; the socket is closed then.
    pub fn open_accepted(
        &mut self,
        fd: OwnedFd,
        security: &Security,
        slots: &mut Slots,
        engine: &mut Engine,
    ) -> Result<u32, Error> {
        self.check_open()?;
        let socket = adopt_accepted(fd).map_err(|error| fault(&error))?;
        let index = self.open(security, socket, slots, engine)?;
        engine.stats_mut().accepted += 1;
        Ok(index)
    }

    /// Opens a new connection; at the maximum, accepting stops. On failure the socket is closed.
    fn open(
        &mut self,
        security: &Security,
        socket: Socket,
        slots: &mut Slots,
        engine: &mut Engine,
    ) -> Result<u32, Error> {
        if slots.live() >= self.connections_max {
            return Err(FULL.at(0));
        }
        let index = slots.vacant()?;
        engine.time_mut().reserve(slots.len())?;
        let mut live = engine.open(socket, index, |ws, now| security.connection(&self.conn, ws, now))?;
        if self.is_closed {
            // It was accepted before a drain began, and asks once.
            live.conn.ending(engine.workspace_mut()).make_last();
        }
        engine.set_timer(index, &mut live);
        slots.fill(index, live);
        slots.get_mut(index).set(flag::READING, true);
        if slots.live() >= self.connections_max {
            self.stop_accepting(engine);
        }
        Ok(index)
    }

    fn stop_accepting(&mut self, engine: &mut Engine) {
        self.all.iter_mut().filter(|listening| listening.is_accepting).for_each(|listening| listening.pause(engine));
    }

    /// The number of listeners.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// When to accept again.
    pub fn next(&self) -> u64 {
        self.accept_at
    }

    /// Accepts again if it is time.
    pub fn expire(&mut self, slots: &Slots, engine: &mut Engine) {
        if self.accept_at <= engine.now() {
            self.accept_again(slots, engine);
        }
    }

    /// A connection has ended: listeners that wait for that accept again.
    pub fn connection_ended(&mut self, slots: &Slots, engine: &mut Engine) {
        if self.all.iter().any(|listening| !listening.is_accepting) {
            self.accept_again(slots, engine);
        }
    }

    /// Resumes all paused listeners, if there is room. Errors are retried later.
    fn accept_again(&mut self, slots: &Slots, engine: &mut Engine) {
        self.accept_at = NEVER;
        if self.is_closed || slots.live() >= self.connections_max {
            return;
        }
        for listening in self.all.iter_mut().filter(|listening| !listening.is_accepting) {
            listening.accept(engine);
            if !listening.is_accepting {
                self.accept_at = engine.now() + RETRY_MS;
            }
        }
    }

    /// Closes all listeners for good; the system refuses their backlog. Connections that the driver has accepted before
    /// still come.
    pub fn close(&mut self, engine: &mut Engine) {
        (self.accept_at, self.is_closed) = (NEVER, true);
        self.all.iter_mut().filter(|listening| listening.is_open()).for_each(|listening| listening.close(engine));
    }

    /// Whether connections may still come from closed listeners.
    pub fn are_closing(&self) -> bool {
        self.all.iter().any(|listening| listening.is_closing)
    }

    /// The last completion of a closed listener.
    pub fn closed(&mut self, token: u32) {
        if let Some(listening) = self.all.get_mut((token & !LISTENER) as usize) {
            listening.is_closing = false;
        }
    }
}
