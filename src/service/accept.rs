//! Listening and accepting.

use super::slots::{Live, flag};
use super::time::NEVER;
use super::{Event, EventKind, Server};
use crate::conn::Conn;
use crate::error::{Code, Error, Fault};
use crate::io::address::Address;
use crate::io::driver::{Cancel, Key, Submission};
use crate::io::fault;
use crate::io::socket::{AcceptError, ListenOptions, Listener, Socket, SocketFile};
use crate::memory::NO_MEMORY;
#[cfg(feature = "tls")]
use crate::tls::{Role, TlsConfig};
use std::io;

static DRAINING: Fault = Fault::new(Code::State, 0, c"", c"the server is being drained");
#[cfg(feature = "tls")]
static OTHER_ROLE: Fault = Fault::new(Code::Argument, 0, c"", c"the TLS config is a client's");
static NO_LISTENER: Fault = Fault::new(Code::Argument, 0, c"", c"there is no such listener");

/// The bit of a token that makes it a listener's.
pub(super) const LISTENER: u32 = 1 << 31;
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
#[derive(Default)]
pub(super) struct Listeners(Vec<Listening>);

impl Server {
    /// Listens on `address` as well: `127.0.0.1:0`, `[::1]:80`, `*:8080`, `unix:/path`. Fails with `Argument`, `Nomem`,
    /// `System`, and with `State` once the server drains; [`failed`](Self::failed) keeps the reason.
    pub fn listen(&mut self, address: &[u8]) -> Result<(), Error> {
        self.bind(address).map_err(|error| self.fail(error))
    }

    fn bind(&mut self, address: &[u8]) -> Result<(), Error> {
        if self.is_draining {
            return Err(DRAINING.at(0));
        }
        let system = |error: io::Error| fault(&error);
        let options = ListenOptions { backlog: self.config.backlog, reuse_port: self.config.reuse_port };
        let address = Address::parse(address)?;
        self.listeners.0.try_reserve(1).map_err(|_| NO_MEMORY)?;
        let (socket, file) = Listener::bind(&address, &options).map_err(system)?.into_parts();
        if !address.is_unix() {
            // Linux lets accepted connections inherit it, which spares a call for each of them.
            socket.set_no_delay(true).map_err(system)?;
        }
        let address = socket.local_address().map_err(system)?;
        let token = LISTENER | crate::narrow::place(self.listeners.0.len());
        let key = self.driver.attach(socket, token).map_err(system)?;
        self.listeners.0.push(Listening {
            key,
            address,
            accepting: false,
            #[cfg(feature = "tls")]
            tls: None,
            _file: file,
        });
        self.accept_again();
        Ok(())
    }

    /// As [`listen`](Self::listen), for connections over TLS, each with the material that `config` has when it is accepted. Fails with
    /// `Argument` also for a client's config.
    #[cfg(feature = "tls")]
    pub fn listen_tls(&mut self, address: &[u8], config: &TlsConfig) -> Result<(), Error> {
        if config.role() != Role::Server {
            return Err(self.fail(OTHER_ROLE.at(0)));
        }
        self.listen(address)?;
        if let Some(listening) = self.listeners.0.last_mut() {
            listening.tls = Some(config.clone());
        }
        Ok(())
    }

    /// Where a listener is bound, in the order of the calls of [`listen`](Self::listen).
    pub fn address(&self, listener: usize) -> Result<Address, Error> {
        self.listeners.0.get(listener).map(|listening| listening.address).ok_or(NO_LISTENER.at(0))
    }

    /// A connection, or why there is none.
    pub(super) fn accepted(
        &mut self,
        listener: usize,
        result: Result<Socket, AcceptError>,
    ) -> Result<Option<Event>, Error> {
        match result {
            Ok(socket) => {
                self.stats.accepted += 1;
                let opened = self.open(listener, socket);
                self.stats.refused += u64::from(opened.is_err());
                if self.slots.live() >= self.config.connections_max {
                    self.stop_accepting();
                }
                Ok(opened.ok().map(|index| self.event(index, EventKind::Opened)))
            }
            Err(error) => {
                if let Some(listening) = self.listeners.0.get_mut(listener) {
                    listening.accepting = false;
                }
                if let AcceptError::Fatal(error) = error {
                    return Err(self.fail(fault(&error)));
                }
                self.time.accept_at = self.time.now + REST_MS;
                Ok(None)
            }
        }
    }

    /// A slot for a new connection. On failure the socket is closed.
    fn open(&mut self, listener: usize, socket: Socket) -> Result<u32, Error> {
        let index = self.slots.vacant()?;
        self.time.wheel.reserve(self.slots.len())?;
        let key = self.driver.attach(socket, index).map_err(|error| fault(&error))?;
        // The connection comes last, so that there is nothing to take back from it.
        let received = self.driver.submit(key, Submission::Receive).map_err(|error| fault(&error));
        let mut conn = received.and_then(|()| self.connection(listener)).inspect_err(|_| {
            let closed = self.driver.submit(key, Submission::Close);
            debug_assert!(closed.is_ok());
        })?;
        let deadline = conn.deadline(&self.ws, self.time.now);
        self.slots.fill(index, Live { conn, key });
        self.slots.get_mut(index).set(flag::READING, true);
        self.time.expire_by(index, deadline);
        Ok(index)
    }

    /// What is spoken on a connection of this listener.
    fn connection(&mut self, listener: usize) -> Result<Conn, Error> {
        #[cfg(feature = "tls")]
        if let Some(config) = self.listeners.0.get(listener).and_then(|listening| listening.tls.as_ref()) {
            return Conn::over_tls(self.conn.clone(), &mut self.ws, self.time.now, config, b"");
        }
        #[cfg(not(feature = "tls"))]
        let _ = listener;
        Conn::new(self.conn.clone(), self.time.now)
    }

    fn stop_accepting(&mut self) {
        for listening in self.listeners.0.iter_mut().filter(|listening| listening.accepting) {
            listening.accepting = false;
            let cancelled = self.driver.submit(listening.key, Submission::Cancel(Cancel::Accept));
            debug_assert!(cancelled.is_ok());
        }
    }

    /// Accepts on all listeners that rest, if there is room. What the system refuses is tried again later.
    pub(super) fn accept_again(&mut self) {
        self.time.accept_at = NEVER;
        if self.slots.live() >= self.config.connections_max {
            return;
        }
        for listening in self.listeners.0.iter_mut().filter(|listening| !listening.accepting) {
            listening.accepting = self.driver.submit(listening.key, Submission::Accept).is_ok();
            if !listening.accepting {
                self.time.accept_at = self.time.now + REST_MS;
            }
        }
    }

    /// Whether a listener waits for something to be closed.
    pub(super) fn has_resting_listener(&self) -> bool {
        self.listeners.0.iter().any(|listening| !listening.accepting)
    }

    /// Gives the listeners up; what waits in their backlog is refused by the system.
    pub(super) fn stop_listening(&mut self) {
        for listening in self.listeners.0.drain(..) {
            let closed = self.driver.submit(listening.key, Submission::Close);
            debug_assert!(closed.is_ok());
        }
        self.time.accept_at = NEVER;
    }
}
