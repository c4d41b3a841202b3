//! Arrivals: accepted sockets that still owe a PROXY header.
//!
//! An arrival is no connection yet: it has no slot, no id and no event. Its header decides: then it leaves with its socket
//! ([`Arrived`]), and the octets behind the header are still in that. It ends without a word if the peer ends before its
//! first octet, if the clock runs out, and in a drain.
//!
//! Owns the arrivals, their clock, and the budget for incomplete headers. Uses the [`Engine`] passed to each call; makes
//! no connection.

mod arrival;
mod arrived;
mod step;

use super::engine::Engine;
use super::incoming::Incoming;
use super::time::NEVER;
use crate::error::Error;
use crate::io::driver::{Interest, Submission};
use crate::io::fault;
use crate::io::timer::Wheel;
use crate::memory::{Heap, NO_MEMORY, Vec};
use crate::narrow::place;
use arrival::Arrival;
use step::Step;

pub(super) use arrived::{Arrived, Header};

/// The share of all memory that incomplete headers may take. A header that comes whole takes none.
const HELD_SHARE: usize = 64;

/// All arrivals.
pub(super) struct Arrivals {
    all: Vec<Option<Arrival>>,
    /// Places in `all` without one.
    free: Vec<u32>,
    heap: Heap,
    wheel: Wheel,
    /// No arrival expires earlier.
    expire_at: u64,
    /// How long a header may take; 0: any time.
    wait_ms: u64,
    /// Octets of incomplete headers, and how many there may be.
    held: usize,
    held_max: usize,
}

impl Arrivals {
    /// None. A header may take `wait_ms`; incomplete ones a part of `memory_max`.
    pub fn new(heap: &Heap, memory_max: usize, wait_ms: u32, now: u64) -> Self {
        Self {
            all: Vec::new_in(heap.clone()),
            free: Vec::new_in(heap.clone()),
            heap: heap.clone(),
            wheel: Wheel::new(now),
            expire_at: NEVER,
            wait_ms: wait_ms.into(),
            held: 0,
            held_max: memory_max / HELD_SHARE,
        }
    }

    /// The number of arrivals.
    pub fn len(&self) -> u32 {
        place(self.all.len() - self.free.len())
    }

    /// Waits for the header of a socket. `tag` is added to its place for the token of the driver. On failure the socket is
    /// closed.
    pub fn add(&mut self, incoming: Incoming, tag: u32, engine: &mut Engine) -> Result<(), Error> {
        let (index, Incoming { socket, security, at }) = (self.vacant()?, incoming);
        let key = engine.driver_mut().attach(socket, tag | index).map_err(|error| fault(&error))?;
        if let Err(error) = engine.driver_mut().submit(key, Submission::Poll(Interest::READABLE)) {
            engine.close_socket(key);
            return Err(fault(&error));
        }
        self.free.pop();
        self.all[index as usize] = Some(Arrival::new(key, security, at, &self.heap));
        if self.wait_ms > 0 {
            let deadline = at.saturating_add(self.wait_ms);
            let armed = self.wheel.arm(index, deadline);
            debug_assert!(armed.is_ok(), "reserved with the place");
            self.expire_at = self.expire_at.min(engine.time().postpone(deadline));
        }
        Ok(())
    }

    /// The last free place, which stays free, with room for its timer.
    fn vacant(&mut self) -> Result<u32, Error> {
        if let Some(&index) = self.free.last() {
            return Ok(index);
        }
        let index = place(self.all.len());
        self.all.try_reserve(1).map_err(|_| NO_MEMORY)?;
        // As many as there are places, so that giving one back cannot fail.
        self.free.try_reserve(self.all.len() + 1).map_err(|_| NO_MEMORY)?;
        self.wheel.reserve(index + 1)?;
        self.all.push(None);
        self.free.push(index);
        Ok(index)
    }

    /// Reads what has come for the arrival at `index`. `Some`: its header is decided, and it has left.
    pub fn read(&mut self, index: u32, engine: &mut Engine) -> Option<Arrived> {
        let arrival = self.all.get_mut(index as usize)?.as_mut()?;
        let (held, received, room) = (arrival.held(), arrival.octets_in(), self.held_max - self.held);
        let step = arrival.read(engine.driver(), room);
        engine.stats_mut().octets_in += arrival.octets_in() - received;
        match step {
            Step::Waits => {
                self.held += arrival.held() - held;
                let polled = engine.driver_mut().submit(arrival.key(), Submission::Poll(Interest::READABLE));
                if polled.is_err() {
                    self.end(index, engine);
                }
                None
            }
            Step::Ended => {
                self.end(index, engine);
                None
            }
            Step::NoRoom => {
                engine.stats_mut().refused += 1;
                self.end(index, engine);
                None
            }
            Step::Decided(header) => {
                let arrival = self.remove(index)?;
                let socket = engine.driver_mut().detach(arrival.key()).ok().flatten()?;
                Some(Arrived { incoming: arrival.into_incoming(socket), header })
            }
        }
    }

    /// Closes the socket of an arrival, which nobody is told.
    fn end(&mut self, index: u32, engine: &mut Engine) {
        if let Some(arrival) = self.remove(index) {
            engine.close_socket(arrival.key());
        }
    }

    fn remove(&mut self, index: u32) -> Option<Arrival> {
        let arrival = self.all.get_mut(index as usize)?.take()?;
        self.wheel.disarm(index);
        self.free.push(index);
        self.held -= arrival.held();
        Some(arrival)
    }

    /// When [`expire`](Self::expire) has something to do.
    #[inline(always)]
    pub fn next(&self) -> u64 {
        self.expire_at
    }

    /// Ends those whose clock ran out until `at`, and counts them.
    pub fn expire(&mut self, at: u64, engine: &mut Engine) {
        let due = engine.time().due(at);
        while let Some(index) = self.wheel.expire(due) {
            engine.stats_mut().timeouts += 1;
            self.end(index, engine);
        }
        self.expire_at = self.wheel.next_deadline().map_or(NEVER, |deadline| engine.time().postpone(deadline));
    }

    /// Ends all.
    pub fn clear(&mut self, engine: &mut Engine) {
        (0..place(self.all.len())).for_each(|index| self.end(index, engine));
        self.expire_at = NEVER;
    }
}
