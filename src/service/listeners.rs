//! Listening and accepting: where a server listens, and what is spoken on the connections of each listener.
//!
//! Uses the slots and the [`Engine`], which are lent to each call; never makes an event, and never reads from a connection.

use super::engine::Engine;
use super::slots::{Slots, flag};
use super::time::NEVER;
use crate::conn::{self, Conn};
use crate::error::{Code, Error, Fault};
use crate::io::address::Address;
use crate::io::driver::{Cancel, Key, Submission};
use crate::io::fault;
use crate::io::socket::{AcceptError, ListenOptions, Listener, Socket, SocketFile};
use crate::memory::NO_MEMORY;
#[cfg(feature = "tls")]
use crate::tls::{Role, TlsConfig};
use std::io;
use std::rc::Rc;

static DRAINING: Fault = Fault::new(Code::State, 0, c"", c"the server is being drained");
#[cfg(feature = "tls")]
static OTHER_ROLE: Fault = Fault::new(Code::Argument, 0, c"", c"the TLS config is a client's");
static NO_LISTENER: Fault = Fault::new(Code::Argument, 0, c"", c"there is no such listener");

/// The bit of a token that makes it a listener's.
const LISTENER: u32 = 1 << 31;
/// How long accepting rests when descriptors or memory are used up; a connection that closes ends it sooner.
const REST_MS: u64 = 100;

struct Listening {
    key: Key,
    address: Address,
    accepting: bool,
    /// What its connections are secured with.
    #[cfg(feature = "tls")]
    tls: Option<TlsConfig>,
    /// Removes the file of a Unix domain socket when it listens no more.
    _file: Option<SocketFile>,
}

/// All listeners of a server.
pub(super) struct Listeners {
    all: Vec<Listening>,
    options: ListenOptions,
    /// What every connection is made with.
    conn: Rc<conn::Config>,
    /// The most connections at a time.
    connections_max: u32,
    /// When accepting is tried again.
    accept_at: u64,
    /// There will be none any more.
    is_closed: bool,
}

impl Listeners {
    /// None yet.
    pub fn new(options: ListenOptions, conn: Rc<conn::Config>, connections_max: u32) -> Self {
        Self { all: Vec::new(), options, conn, connections_max, accept_at: NEVER, is_closed: false }
    }

    /// Binds one more and accepts on it. Fails with `Argument`, `Nomem` and `System`, and with `State` once all
    /// were given up.
    pub fn bind(&mut self, address: &[u8], slots: &Slots, engine: &mut Engine) -> Result<(), Error> {
        if self.is_closed {
            return Err(DRAINING.at(0));
        }
        let system = |error: io::Error| fault(&error);
        let address = Address::parse(address)?;
        self.all.try_reserve(1).map_err(|_| NO_MEMORY)?;
        let (socket, file) = Listener::bind(&address, &self.options).map_err(system)?.into_parts();
        if !address.is_unix() {
            // Linux lets accepted connections inherit it, which spares a call for each of them.
            socket.set_no_delay(true).map_err(system)?;
        }
        let address = socket.local_address().map_err(system)?;
        let token = LISTENER | crate::narrow::place(self.all.len());
        let key = engine.driver_mut().attach(socket, token).map_err(system)?;
        self.all.push(Listening {
            key,
            address,
            accepting: false,
            #[cfg(feature = "tls")]
            tls: None,
            _file: file,
        });
        self.accept_again(slots, engine);
        Ok(())
    }

    /// As [`bind`](Self::bind), for connections over TLS. Fails with `Argument` also for a client's config.
    #[cfg(feature = "tls")]
    pub fn bind_tls(
        &mut self,
        address: &[u8],
        config: &TlsConfig,
        slots: &Slots,
        engine: &mut Engine,
    ) -> Result<(), Error> {
        if config.role() != Role::Server {
            return Err(OTHER_ROLE.at(0));
        }
        self.bind(address, slots, engine)?;
        if let Some(listening) = self.all.last_mut() {
            listening.tls = Some(config.clone());
        }
        Ok(())
    }

    /// Where a listener is bound, in the order in which they were.
    pub fn address(&self, listener: usize) -> Result<Address, Error> {
        self.all.get(listener).map(|listening| listening.address).ok_or(NO_LISTENER.at(0))
    }

    /// The slot of a new connection, or `None` where there is none for now. Fails where the listener is broken.
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
                let opened = self.open(listener, socket, slots, engine);
                engine.stats_mut().refused += u64::from(opened.is_err());
                if slots.live() >= self.connections_max {
                    self.stop_accepting(engine);
                }
                Ok(opened.ok())
            }
            Err(error) => {
                if let Some(listening) = self.all.get_mut(listener) {
                    listening.accepting = false;
                }
                if let AcceptError::Fatal(error) = error {
                    return Err(fault(&error));
                }
                self.accept_at = engine.now() + REST_MS;
                Ok(None)
            }
        }
    }

    /// A slot for a new connection. On failure the socket is closed.
    fn open(&self, listener: usize, socket: Socket, slots: &mut Slots, engine: &mut Engine) -> Result<u32, Error> {
        let index = slots.vacant()?;
        engine.time_mut().reserve(slots.len())?;
        let mut live = engine.open(socket, index, |ws, now| self.connection(listener, ws, now))?;
        engine.set_timer(index, &mut live);
        slots.fill(index, live);
        slots.get_mut(index).set(flag::READING, true);
        Ok(index)
    }

    /// What is spoken on a connection of this listener.
    fn connection(&self, listener: usize, ws: &mut conn::Workspace, now: u64) -> Result<Conn, Error> {
        #[cfg(feature = "tls")]
        if let Some(config) = self.all.get(listener).and_then(|listening| listening.tls.as_ref()) {
            return Conn::over_tls(self.conn.clone(), ws, now, config, b"");
        }
        #[cfg(not(feature = "tls"))]
        let _ = (listener, ws);
        Conn::new(self.conn.clone(), now)
    }

    fn stop_accepting(&mut self, engine: &mut Engine) {
        for listening in self.all.iter_mut().filter(|listening| listening.accepting) {
            listening.accepting = false;
            let cancelled = engine.driver_mut().submit(listening.key, Submission::Cancel(Cancel::Accept));
            debug_assert!(cancelled.is_ok());
        }
    }

    /// When accepting is tried again.
    pub fn next(&self) -> u64 {
        self.accept_at
    }

    /// Tries again what it is time for.
    pub fn expire(&mut self, slots: &Slots, engine: &mut Engine) {
        if self.accept_at <= engine.now() {
            self.accept_again(slots, engine);
        }
    }

    /// A connection has ended: listeners that wait for that accept again.
    pub fn connection_ended(&mut self, slots: &Slots, engine: &mut Engine) {
        if self.all.iter().any(|listening| !listening.accepting) {
            self.accept_again(slots, engine);
        }
    }

    /// Accepts on all listeners that rest, if there is room. What the system refuses is tried again later.
    fn accept_again(&mut self, slots: &Slots, engine: &mut Engine) {
        self.accept_at = NEVER;
        if slots.live() >= self.connections_max {
            return;
        }
        for listening in self.all.iter_mut().filter(|listening| !listening.accepting) {
            listening.accepting = engine.driver_mut().submit(listening.key, Submission::Accept).is_ok();
            if !listening.accepting {
                self.accept_at = engine.now() + REST_MS;
            }
        }
    }

    /// Gives all listeners up, for good; what waits in their backlog is refused by the system.
    pub fn close(&mut self, engine: &mut Engine) {
        for listening in self.all.drain(..) {
            engine.close_socket(listening.key);
        }
        (self.accept_at, self.is_closed) = (NEVER, true);
    }
}
