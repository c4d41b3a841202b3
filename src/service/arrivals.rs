//! Arrivals: accepted sockets that still owe a PROXY header.
//!
//! An arrival is no connection yet: it has no slot, no id and no event. Its header decides: then it leaves with its socket
//! ([`Arrived`]), and the octets behind the header are still in that. If there is no place for a connection then, it waits
//! for one, and owes nothing any more. It ends without a word if the peer ends before its first octet, if the clock runs
//! out, and in a drain.
//!
//! Each listener has places for those that owe, and all of them share a budget for incomplete headers. A newcomer is never
//! refused for a debtor: when the places are taken, the one of that listener that owes longest ends; when the budget is
//! used up, the one that holds octets longest. It is read once more before, for its header may have come meanwhile.
//!
//! Owns the arrivals, their clock, and the budget for incomplete headers. Uses the [`Engine`] passed to each call; makes
//! no connection.

mod arrival;
mod arrived;
mod debts;
mod lines;
mod step;

use super::engine::Engine;
use super::incoming::Incoming;
use super::time::NEVER;
use crate::error::Error;
use crate::io::driver::{Cancel, Interest, Submission};
use crate::io::fault;
use crate::io::timer::Wheel;
use crate::memory::{Heap, NO_MEMORY, Vec};
use crate::narrow::place;
use arrival::Arrival;
use debts::Debts;
use step::Step;

pub(super) use arrived::{Arrived, Header};

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
    debts: Debts,
}

impl Arrivals {
    /// None. A header may take `wait_ms`; incomplete ones a part of `memory_max`. Fails with `Nomem`.
    pub fn new(heap: &Heap, memory_max: usize, wait_ms: u32, now: u64) -> Result<Self, Error> {
        Ok(Self {
            all: Vec::new_in(heap.clone()),
            free: Vec::new_in(heap.clone()),
            heap: heap.clone(),
            wheel: Wheel::new(now),
            expire_at: NEVER,
            wait_ms: wait_ms.into(),
            debts: Debts::new(heap, memory_max)?,
        })
    }

    /// Adds a listener, to which `places` sockets may owe their header; they are numbered in order. Fails with `Nomem`.
    pub fn add_listener(&mut self, places: u32) -> Result<(), Error> {
        self.debts.add_listener(places)
    }

    /// The number of arrivals.
    pub fn len(&self) -> u32 {
        place(self.all.len() - self.free.len())
    }

    /// Whether more owe a header to a listener than have places.
    pub fn are_too_many(&self, listener: u32) -> bool {
        self.debts.are_too_many(listener)
    }

    /// The listener to which most owe a header, if any do.
    pub fn most_owed(&self) -> Option<u32> {
        self.debts.most_owed()
    }

    /// The number of those whose header is complete.
    pub fn complete(&self) -> u32 {
        self.debts.complete()
    }

    /// Whether the header of an arrival is complete.
    pub fn is_complete(&self, index: u32) -> bool {
        self.all.get(index as usize).and_then(Option::as_ref).is_some_and(Arrival::is_complete)
    }

    /// Waits for the header that a socket owes to its listener. `tag` is added to its place for the token of the driver. On
    /// failure the socket is closed.
    pub fn add(&mut self, incoming: Incoming, listener: u32, tag: u32, engine: &mut Engine) -> Result<(), Error> {
        let (index, Incoming { socket, security, at }) = (self.vacant()?, incoming);
        let key = engine.driver_mut().attach(socket, tag | index).map_err(|error| fault(&error))?;
        if let Err(error) = engine.driver_mut().submit(key, Submission::Poll(Interest::READABLE)) {
            engine.close_socket(key);
            return Err(fault(&error));
        }
        self.free.pop();
        self.all[index as usize] = Some(Arrival::new(key, security, at, &self.heap));
        self.debts.begin(index, listener);
        if self.wait_ms > 0 {
            let deadline = at.saturating_add(self.wait_ms);
            let armed = self.wheel.arm(index, deadline);
            debug_assert!(armed.is_ok(), "reserved with the place");
            self.expire_at = self.expire_at.min(engine.time().postpone(deadline));
        }
        Ok(())
    }

    /// The last free place, which stays free, with room for its timer and in the lines.
    fn vacant(&mut self) -> Result<u32, Error> {
        if let Some(&index) = self.free.last() {
            return Ok(index);
        }
        let (index, len) = (place(self.all.len()), self.all.len() + 1);
        self.all.try_reserve(1).map_err(|_| NO_MEMORY)?;
        // As many as there are places, so that giving one back cannot fail.
        self.free.try_reserve(len).map_err(|_| NO_MEMORY)?;
        self.wheel.reserve(index + 1)?;
        self.debts.reserve(len)?;
        self.all.push(None);
        self.free.push(index);
        Ok(index)
    }

    /// Reads what has come for the arrival at `index`. `Some`: a header is decided, and that arrival has left: this one, or
    /// one that should have ended for it. `has_place`: it may become a connection.
    pub fn read(&mut self, index: u32, has_place: bool, engine: &mut Engine) -> Option<Arrived> {
        loop {
            match self.step(index, self.debts.room(), has_place, engine)? {
                Step::Waits => break self.poll(index, engine),
                Step::Ended => break self.end(index, engine),
                Step::NoPlace => break self.wait_for_place(index, engine),
                Step::Decided(header) => return self.take(index, header, engine),
                Step::NoRoom(octets) => {
                    let Some(longest) = self.debts.longest_holding_but(index, octets) else {
                        break self.refuse(index, engine);
                    };
                    if let Some(arrived) = self.end_owing(longest, has_place, engine) {
                        // It is still readable, and has its turn again.
                        self.poll(index, engine);
                        return Some(arrived);
                    }
                }
            }
        }
        None
    }

    /// Ends the one that has owed a listener its header longest. `Some`: that has come meanwhile, and it has left.
    pub fn end_longest(&mut self, listener: u32, has_place: bool, engine: &mut Engine) -> Option<Arrived> {
        let longest = self.debts.longest(listener)?;
        self.end_owing(longest, has_place, engine)
    }

    /// Ends one that owes, so that others go on, if its header has not come meanwhile.
    fn end_owing(&mut self, index: u32, has_place: bool, engine: &mut Engine) -> Option<Arrived> {
        match self.step(index, 0, has_place, engine)? {
            Step::Decided(header) => return self.take(index, header, engine),
            Step::NoPlace => self.wait_for_place(index, engine),
            Step::Ended => self.end(index, engine),
            Step::Waits | Step::NoRoom(_) => self.refuse(index, engine),
        }
        None
    }

    /// One read, and what it takes of the budget.
    fn step(&mut self, index: u32, room: usize, has_place: bool, engine: &mut Engine) -> Option<Step> {
        let arrival = self.all.get_mut(index as usize)?.as_mut()?;
        let (held, received) = (arrival.held(), arrival.octets_in());
        let step = arrival.read(engine.driver(), room, has_place);
        engine.stats_mut().octets_in += arrival.octets_in() - received;
        self.debts.hold(index, arrival.held() - held);
        Some(step)
    }

    /// Waits until there is something to read.
    fn poll(&mut self, index: u32, engine: &mut Engine) {
        let Some(arrival) = self.all.get(index as usize).and_then(Option::as_ref) else { return };
        if engine.driver_mut().submit(arrival.key(), Submission::Poll(Interest::READABLE)).is_err() {
            self.end(index, engine);
        }
    }

    /// The header of an arrival is complete, and there is no place for a connection: it waits for one, without a clock.
    fn wait_for_place(&mut self, index: u32, engine: &mut Engine) {
        let Some(arrival) = self.all.get_mut(index as usize).and_then(Option::as_mut) else { return };
        arrival.complete(engine.now());
        // What is there would be reported again and again.
        let cancelled = engine.driver_mut().submit(arrival.key(), Submission::Cancel(Cancel::Poll));
        debug_assert!(cancelled.is_ok());
        self.wheel.disarm(index);
        self.debts.wait_for_place(index);
    }

    /// There are `places` for connections: as many of those that wait for one are read, in order.
    pub fn use_places(&mut self, places: u32, engine: &mut Engine) {
        while let Some(index) = self.debts.use_place(places) {
            self.poll(index, engine);
        }
    }

    /// An arrival with a decided header leaves.
    fn take(&mut self, index: u32, header: Header, engine: &mut Engine) -> Option<Arrived> {
        let arrival = self.remove(index)?;
        match engine.driver_mut().detach(arrival.key()) {
            Ok(socket) => Some(Arrived { incoming: arrival.into_incoming(socket?, engine.now()), header }),
            Err(_) => {
                engine.close_socket(arrival.key());
                None
            }
        }
    }

    /// Ends an arrival for lack of room.
    fn refuse(&mut self, index: u32, engine: &mut Engine) {
        engine.stats_mut().refused += 1;
        self.end(index, engine);
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
        self.debts.end(index, arrival.held());
        self.free.push(index);
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
