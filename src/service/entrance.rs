//! How sockets become connections: at once, or as arrivals, when their PROXY header has come.
//!
//! Owns the arrivals, the config of every connection, and how many there may be. Uses the slots and the [`Engine`] passed
//! to each call; does not listen, and makes no event.

use super::arrivals::{Arrivals, Arrived, Header};
use super::config::Config;
use super::engine::Engine;
use super::incoming::Incoming;
use super::security::Security;
use super::slots::{Slots, flag};
use crate::conn;
use crate::error::{Code, Error, Fault};
use crate::io::socket::Socket;
use std::rc::Rc;

static FULL: Fault = Fault::new(Code::Limit, 0, c"", c"there are connections_max connections already");
static CLOSED: Fault = Fault::new(Code::State, 0, c"", c"the server is being drained");

/// The token bit of an arrival, to tell it from a connection of the same number.
const ARRIVAL: u32 = 1 << 30;

/// The way in.
pub(super) struct Entrance {
    arrivals: Arrivals,
    /// The config of every connection.
    conn: Rc<conn::Config>,
    /// Maximum number of connections.
    connections_max: u32,
    /// The server drains.
    is_closed: bool,
}

impl Entrance {
    pub fn new(config: &Config, conn: Rc<conn::Config>, engine: &Engine) -> Self {
        let arrivals = Arrivals::new(engine.workspace().heap(), config.memory_max, conn.clocks.head_ms, engine.now());
        Self { arrivals, conn, connections_max: config.connections_max, is_closed: false }
    }

    /// Whether there is no room. Arrivals take that of the connections that they will be.
    pub fn is_full(&self, slots: &Slots) -> bool {
        slots.live() + self.arrivals.len() >= self.connections_max
    }

    fn check_room(&self, slots: &Slots) -> Result<(), Error> {
        if self.is_full(slots) { Err(FULL.at(0)) } else { Ok(()) }
    }

    /// A socket was accepted. `Some`: it is the connection in this slot; otherwise it is an arrival. On failure it is
    /// closed.
    pub fn accepted(
        &mut self,
        socket: Socket,
        security: Security,
        slots: &mut Slots,
        engine: &mut Engine,
    ) -> Result<Option<u32>, Error> {
        let incoming = Incoming { socket, security, at: engine.now() };
        if !incoming.security.has_proxy_header() {
            return self.open(incoming, slots, engine).map(Some);
        }
        self.check_room(slots)?;
        // It has asked for nothing yet, as those that a drain ends.
        if self.is_closed { Err(CLOSED.at(0)) } else { self.arrivals.add(incoming, ARRIVAL, engine).map(|()| None) }
    }

    /// Something came for an arrival. `Some`: it is the connection in this slot, of which the header told this. A
    /// connection with a bad header has to end with that error, before anything else happens to it.
    pub fn arrival_ready(&mut self, token: u32, slots: &mut Slots, engine: &mut Engine) -> Option<(u32, Header)> {
        let Arrived { mut incoming, header } = self.arrivals.read(token & !ARRIVAL, engine)?;
        if header.is_err() {
            // Nothing is answered, no alert of TLS either.
            incoming.security = Security::default();
        }
        let opened = self.open(incoming, slots, engine);
        engine.stats_mut().refused += u64::from(opened.is_err());
        Some((opened.ok()?, header))
    }

    /// Opens a new connection. On failure the socket is closed.
    pub fn open(&mut self, incoming: Incoming, slots: &mut Slots, engine: &mut Engine) -> Result<u32, Error> {
        let Incoming { socket, security, at } = incoming;
        self.check_room(slots)?;
        let index = slots.vacant()?;
        engine.time_mut().reserve(slots.len())?;
        let mut live = engine.open(socket, index, |ws| security.connection(&self.conn, ws, at))?;
        if self.is_closed {
            // It was accepted before a drain began, and asks once.
            live.conn.ending(engine.workspace_mut()).make_last();
        }
        // Its clock may have run out before: what is there already is read first all the same.
        let (deadline, now) = (live.conn.deadline(engine.workspace(), engine.now()), engine.now());
        engine.time_mut().expire_by(index, deadline.max(now + 1));
        slots.fill(index, live);
        slots.get_mut(index).set(flag::READING, true);
        Ok(index)
    }

    /// The number of arrivals.
    pub fn arrivals(&self) -> u32 {
        self.arrivals.len()
    }

    /// When [`expire`](Self::expire) has something to do.
    pub fn next(&self) -> u64 {
        self.arrivals.next()
    }

    /// Ends arrivals that were due at `at`.
    pub fn expire(&mut self, at: u64, engine: &mut Engine) {
        if self.arrivals.next() <= at {
            self.arrivals.expire(at, engine);
        }
    }

    /// The server drains: arrivals end.
    pub fn close(&mut self, engine: &mut Engine) {
        self.is_closed = true;
        self.arrivals.clear(engine);
    }
}
