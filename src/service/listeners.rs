//! Listeners: where a server listens, and the security of each listener's connections.
//!
//! The [`Entrance`] makes connections of what they accept. Uses the slots and the [`Engine`] passed to each call; makes no event, and reads from no connection.

use super::arrivals::Header;
use super::config::Config;
use super::engine::Engine;
use super::entrance::Entrance;
use super::incoming::Incoming;
use super::listening::Listening;
use super::security::Security;
use super::slots::Slots;
use super::time::NEVER;
use crate::conn;
use crate::error::{Code, Error, Fault};
use crate::io::address::Address;
use crate::io::descriptor::OwnedSocket;
use crate::io::fault;
use crate::io::socket::{AcceptError, Listener, Socket, SocketOptions, adopt_accepted, adopt_listener};
use crate::memory::NO_MEMORY;
use crate::narrow::place;
use std::rc::Rc;

static DRAINING: Fault = Fault::new(Code::State, 0, c"", c"the server is being drained");
static NO_OPENED: Fault =
    Fault::new(Code::Argument, 0, c"", c"a connection accepted elsewhere does not begin with a PROXY header");
static NO_LISTENER: Fault = Fault::new(Code::Argument, 0, c"", c"there is no such listener");

/// The token bit of a listener.
const LISTENER: u32 = 1 << 31;
/// Pause of accepting when descriptors or memory are exhausted; a connection that closes ends it sooner.
const RETRY_MS: u64 = 100;

/// All listeners of a server.
pub(super) struct Listeners {
    all: Vec<Listening>,
    options: SocketOptions,
    entrance: Entrance,
    /// When to accept again.
    accept_at: u64,
    /// No listeners may be added any more.
    is_closed: bool,
}

impl Listeners {
    /// No listeners. Fails with `Nomem`.
    pub fn new(config: &Config, conn: Rc<conn::Config>, engine: &Engine) -> Result<Self, Error> {
        let options =
            SocketOptions { backlog: config.backlog, reuse_port: config.reuse_port, ..SocketOptions::default() };
        let entrance = Entrance::new(config, conn, engine)?;
        Ok(Self { all: Vec::new(), options, entrance, accept_at: NEVER, is_closed: false })
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
        self.add(listener, backlog, security, slots, engine)
    }

    /// Accepts on a socket bound elsewhere. Fails like [`bind`](Self::bind), and then closes it.
    pub fn adopt(
        &mut self,
        fd: OwnedSocket,
        options: &SocketOptions,
        security: Security,
        slots: &Slots,
        engine: &mut Engine,
    ) -> Result<(), Error> {
        self.check_open()?;
        let listener = adopt_listener(fd, options).map_err(|error| fault(&error))?;
        let backlog = if options.backlog == 0 { self.options.backlog } else { options.backlog };
        self.add(listener, backlog, security, slots, engine)
    }

    fn check_open(&self) -> Result<(), Error> {
        if self.is_closed { Err(DRAINING.at(0)) } else { Ok(()) }
    }

    fn add(
        &mut self,
        listener: Listener,
        backlog: u32,
        security: Security,
        slots: &Slots,
        engine: &mut Engine,
    ) -> Result<(), Error> {
        self.all.try_reserve(1).map_err(|_| NO_MEMORY)?;
        let token = LISTENER | place(self.all.len());
        let mut listening = Listening::new(listener, token, security, engine).map_err(|error| fault(&error))?;
        self.entrance.add_listener(backlog).inspect_err(|_| listening.close(engine))?;
        self.all.push(listening);
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

    /// Accepts a connection; `None` if there is none now, or it has to begin with a PROXY header. What the header of a
    /// connection told comes with its slot. Fails if the listener is broken.
    pub fn accept(
        &mut self,
        token: u32,
        result: Result<Socket, AcceptError>,
        slots: &mut Slots,
        engine: &mut Engine,
    ) -> Result<Option<(u32, Header)>, Error> {
        let listener = token & !LISTENER;
        let opened = match result {
            Ok(socket) => {
                engine.stats_mut().accepted += 1;
                let security = self.all.get(listener as usize).map(|listening| listening.security.clone());
                let opened = self.entrance.accepted(socket, listener, security.unwrap_or_default(), slots, engine);
                engine.stats_mut().refused += u64::from(opened.is_err());
                opened.unwrap_or_default()
            }
            Err(error) => {
                if let Some(listening) = self.all.get_mut(listener as usize) {
                    listening.is_accepting = false;
                }
                if let AcceptError::Fatal(error) = error {
                    return Err(fault(&error));
                }
                // Descriptors or memory are exhausted. One that owes a PROXY header makes room at once.
                self.accept_at = engine.now() + if self.entrance.is_owed() { 0 } else { RETRY_MS };
                self.entrance.free_descriptor(slots, engine)
            }
        };
        self.stop_accepting_if_full(slots, engine);
        Ok(opened)
    }

    /// Something came for a socket that owes a PROXY header: see [`Entrance::arrival_ready`].
    pub fn arrival_ready(&mut self, token: u32, slots: &mut Slots, engine: &mut Engine) -> Option<(u32, Header)> {
        let ready = self.entrance.arrival_ready(token, slots, engine);
        match ready {
            Some(_) => self.stop_accepting_if_full(slots, engine),
            // It may have been about to take a place.
            None => self.connection_ended(slots, engine),
        }
        ready
    }

    /// Takes a connection accepted elsewhere. Fails with `Limit` at the maximum, with `State` after
    /// [`close`](Self::close), with `Argument` if it should begin with a PROXY header, with `Nomem` and `System`; the
    /// socket is closed then.
    pub fn open_accepted(
        &mut self,
        fd: OwnedSocket,
        security: &Security,
        slots: &mut Slots,
        engine: &mut Engine,
    ) -> Result<u32, Error> {
        self.check_open()?;
        if security.has_proxy_header() {
            return Err(NO_OPENED.at(0));
        }
        let socket = adopt_accepted(fd).map_err(|error| fault(&error))?;
        let incoming = Incoming { socket, security: security.clone(), at: engine.now() };
        let index = self.entrance.open(incoming, slots, engine)?;
        engine.stats_mut().accepted += 1;
        self.stop_accepting_if_full(slots, engine);
        Ok(index)
    }

    fn stop_accepting_if_full(&mut self, slots: &Slots, engine: &mut Engine) {
        if self.entrance.is_full(slots) {
            for listening in self.all.iter_mut().filter(|listening| listening.is_accepting) {
                listening.pause(engine);
            }
        }
    }

    /// The number of sockets without a connection: listeners, and those that owe a PROXY header.
    pub fn sockets(&self) -> usize {
        self.all.len() + self.entrance.arrivals() as usize
    }

    /// When something is due: to accept again, or the end of a wait for a PROXY header.
    pub fn next(&self) -> u64 {
        self.accept_at.min(self.entrance.next())
    }

    /// Ends the waits for PROXY headers that were due at `at`. Accepts again if it is time, or if there is room now.
    pub fn expire(&mut self, at: u64, slots: &Slots, engine: &mut Engine) {
        self.entrance.expire(at, engine);
        if self.accept_at <= engine.now() {
            self.accept_again(slots, engine);
        }
    }

    /// A connection has ended: its place is for those whose PROXY header is complete, and listeners that wait for one accept
    /// again.
    pub fn connection_ended(&mut self, slots: &Slots, engine: &mut Engine) {
        self.entrance.use_places(slots, engine);
        if self.all.iter().any(|listening| !listening.is_accepting) {
            self.accept_again(slots, engine);
        }
    }

    /// Resumes all paused listeners, if there is room. Errors are retried later.
    fn accept_again(&mut self, slots: &Slots, engine: &mut Engine) {
        self.accept_at = NEVER;
        if self.is_closed || self.entrance.is_full(slots) {
            return;
        }
        for listening in self.all.iter_mut().filter(|listening| !listening.is_accepting) {
            listening.accept(engine);
            if !listening.is_accepting {
                self.accept_at = engine.now() + RETRY_MS;
            }
        }
    }

    /// Closes all listeners for good; the system refuses their backlog. Sockets that still owe a PROXY header end.
    /// Connections that the driver has accepted before still come.
    pub fn close(&mut self, engine: &mut Engine) {
        (self.accept_at, self.is_closed) = (NEVER, true);
        self.entrance.close(engine);
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
