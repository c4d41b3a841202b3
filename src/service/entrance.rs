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
    /// Fails with `Nomem`.
    pub fn new(config: &Config, conn: Rc<conn::Config>, engine: &Engine) -> Result<Self, Error> {
        let arrivals = Arrivals::new(engine.workspace().heap(), config.memory_max, conn.clocks.head_ms, engine.now())?;
        let connections_max = config.connections_max;
        Ok(Self { arrivals, conn, connections_max, is_closed: false })
    }

    /// Adds the next listener, to which as many sockets may owe a PROXY header as may wait in its backlog. Fails with `Nomem`.
    pub fn add_listener(&mut self, backlog: u32) -> Result<(), Error> {
        self.arrivals.add_listener(if backlog == 0 { Socket::BACKLOG } else { backlog })
    }

    /// Whether there is no place for another connection. Those that owe a PROXY header take none; with a complete one they
    /// wait for the next.
    pub fn is_full(&self, slots: &Slots) -> bool {
        slots.live() + self.arrivals.complete() >= self.connections_max
    }

    fn check_room(&self, slots: &Slots) -> Result<(), Error> {
        if self.is_full(slots) { Err(FULL.at(0)) } else { Ok(()) }
    }

    /// A connection has ended: those that wait for its place are next.
    #[inline]
    pub fn use_places(&mut self, slots: &Slots, engine: &mut Engine) {
        if self.arrivals.complete() > 0 {
            self.arrivals.use_places(self.connections_max.saturating_sub(slots.live()), engine);
        }
    }

    /// A listener has accepted a socket. `Some`: there is a connection in this slot, as with
    /// [`arrival_ready`](Self::arrival_ready); otherwise it is an arrival. On failure it is closed.
    pub fn accepted(
        &mut self,
        socket: Socket,
        listener: u32,
        security: Security,
        slots: &mut Slots,
        engine: &mut Engine,
    ) -> Result<Option<(u32, Header)>, Error> {
        let incoming = Incoming { socket, security, at: engine.now() };
        if !incoming.security.has_proxy_header() {
            return self.open(incoming, slots, engine).map(|index| Some((index, Ok(None))));
        }
        if self.is_closed {
            // It has asked for nothing yet, as those that a drain ends.
            return Err(CLOSED.at(0));
        }
        self.arrivals.add(incoming, listener, ARRIVAL, engine)?;
        Ok(if self.arrivals.are_too_many(listener) { self.end_longest(listener, slots, engine) } else { None })
    }

    /// Whether [`free_descriptor`](Self::free_descriptor) has something to end.
    pub fn is_owed(&self) -> bool {
        self.arrivals.most_owed().is_some()
    }

    /// There are no descriptors left: of the listener to which most owe a header, the one that owes it longest ends. `Some`:
    /// its header has come meanwhile.
    #[cold]
    pub fn free_descriptor(&mut self, slots: &mut Slots, engine: &mut Engine) -> Option<(u32, Header)> {
        let listener = self.arrivals.most_owed()?;
        self.end_longest(listener, slots, engine)
    }

    fn end_longest(&mut self, listener: u32, slots: &mut Slots, engine: &mut Engine) -> Option<(u32, Header)> {
        let has_place = !self.is_full(slots);
        let arrived = self.arrivals.end_longest(listener, has_place, engine)?;
        self.open_arrived(arrived, slots, engine)
    }

    /// Something came for an arrival. `Some`: it is the connection in this slot, of which the header told this. A
    /// connection with a bad header has to end with that error, before anything else happens to it.
    pub fn arrival_ready(&mut self, token: u32, slots: &mut Slots, engine: &mut Engine) -> Option<(u32, Header)> {
        let index = token & !ARRIVAL;
        // One that waits for a place is read only when there is one for it.
        let is_next = self.arrivals.is_complete(index) && slots.live() < self.connections_max;
        let has_place = is_next || !self.is_full(slots);
        let arrived = self.arrivals.read(index, has_place, engine)?;
        self.open_arrived(arrived, slots, engine)
    }

    /// There is a place for it.
    fn open_arrived(&mut self, arrived: Arrived, slots: &mut Slots, engine: &mut Engine) -> Option<(u32, Header)> {
        let Arrived { mut incoming, header } = arrived;
        if header.is_err() {
            // Nothing is answered, no alert of TLS either.
            incoming.security = Security::default();
        }
        let opened = self.take_place(incoming, slots, engine);
        engine.stats_mut().refused += u64::from(opened.is_err());
        Some((opened.ok()?, header))
    }

    /// Opens a new connection, if there is a place. On failure the socket is closed.
    pub fn open(&mut self, incoming: Incoming, slots: &mut Slots, engine: &mut Engine) -> Result<u32, Error> {
        self.check_room(slots)?;
        self.take_place(incoming, slots, engine)
    }

    /// Opens a new connection. On failure the socket is closed.
    fn take_place(&mut self, incoming: Incoming, slots: &mut Slots, engine: &mut Engine) -> Result<u32, Error> {
        let Incoming { socket, security, at } = incoming;
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
