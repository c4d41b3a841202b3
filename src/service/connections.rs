//! The connections of a server: their turns, their topics, what PROXY headers told of them, and the limit on their memory.
//!
//! [`Connections::call`] runs calls by id. Does not listen or wait, and knows nothing of the messages waiting for slow
//! connections.

use super::arrivals::Header;
use super::config::Config;
use super::connection::Connection;
use super::engine::Engine;
use super::event::{Event, EventKind, EventSink, EventView};
use super::fast_turn::FastTurn;
use super::id::{Id, next_tag};
use super::pressure::Pressure;
use super::slots::{NONE, Slots, flag};
use super::told::Told;
use super::topics::Topics;
use super::turns::Turns;
use crate::conn::{self, Conn, Workspace};
use crate::error::Error;
use crate::io::driver::{self, Closing, Driver};
use crate::memory::Heap;

/// All connections.
pub(super) struct Connections {
    turns: Turns,
    topics: Topics,
    told: Told,
    pressure: Pressure,
    is_draining: bool,
}

impl Connections {
    /// No connections. Fails with `Nomem`.
    pub fn new(config: &Config, driver: Driver) -> Result<Self, Error> {
        let heap = Heap::new(config.memory_max);
        let slots = Slots::new(&heap, next_tag());
        let topics = Topics::new(&heap, config.topics_conn_max);
        let told = Told::new(&heap);
        let mut ws = Workspace::new(heap, config.held_max);
        ws.limit_messages(config.messages_max);
        let fast_turn = FastTurn::new(&mut ws)?;
        let engine = Engine::new(driver, ws, config.conn.clocks.longest_of_server().into());
        let turns = Turns::new(slots, engine, fast_turn);
        Ok(Self { turns, topics, told, pressure: Pressure::new(config.memory_max), is_draining: false })
    }

    #[inline(always)]
    pub fn turns(&mut self) -> &mut Turns {
        &mut self.turns
    }

    #[inline(always)]
    pub fn slots(&self) -> &Slots {
        self.turns.slots()
    }

    #[inline(always)]
    pub fn engine(&self) -> &Engine {
        self.turns.engine()
    }

    #[inline(always)]
    pub fn engine_mut(&mut self) -> &mut Engine {
        self.turns.engine_mut()
    }

    pub fn topics(&mut self) -> &mut Topics {
        &mut self.topics
    }

    /// The endpoints that PROXY headers told.
    pub fn told(&self) -> &Told {
        &self.told
    }

    /// Applies what a PROXY header said to the new connection of a slot. A bad header ends it before it has read an octet,
    /// and so does memory that runs out: its peer would be taken for another one.
    pub fn apply_header(&mut self, index: u32, header: Header) {
        let applied = header.and_then(|told| told.map_or(Ok(()), |endpoints| self.told.set(index, &endpoints)));
        let _ = applied.map_err(|error| self.at(index).fail(error));
    }

    /// Whether a turn of short messages is open.
    #[inline(always)]
    pub fn has_fast_turn(&self) -> bool {
        self.turns.has_fast_turn()
    }

    /// Whether a turn is in progress.
    #[inline(always)]
    pub fn has_turn(&self) -> bool {
        self.turns.index() != NONE
    }

    /// Whether any of them has something to do now: received, in its turn, or by a call.
    pub fn have_work(&self) -> bool {
        self.has_turn() || self.slots().has_due() || self.engine().driver().has_work()
    }

    /// Whether the server is draining.
    pub fn is_draining(&self) -> bool {
        self.is_draining
    }

    /// Whether the server is draining and has no connections left.
    pub fn is_drained(&self) -> bool {
        self.is_draining && self.slots().live() == 0
    }

    /// Starts a drain; returns whether it had started before.
    pub fn start_draining(&mut self) -> bool {
        core::mem::replace(&mut self.is_draining, true)
    }

    /// The connection of a slot.
    pub fn at(&mut self, index: u32) -> Connection<'_> {
        self.turns.at(index)
    }

    /// An event of the server about the connection in a slot.
    pub fn event(&self, index: u32, kind: EventKind) -> Event {
        Event { id: self.slots().id(index), user: self.slots().user(index), kind }
    }

    /// Runs `body` on a connection and schedules a turn for it, unless it has its turn now. Also fails with `Gone`.
    #[inline]
    pub fn call<T>(
        &mut self,
        id: Id,
        body: impl FnOnce(&mut Conn, &mut Workspace) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.turns.end_fast_turn_of(id);
        self.reclaim_memory();
        let (index, live, engine) = self.turns.live_of(id)?;
        let result = body(&mut live.conn, engine.workspace_mut());
        self.turns.make_due(index);
        result
    }

    /// Runs `body` on all connections and schedules a turn for each.
    pub fn call_all(&mut self, body: impl Fn(&mut Conn, &mut Workspace, u64)) {
        self.turns.end_fast_turn();
        let (slots, engine) = self.turns.slots_and_engine();
        for index in 0..slots.len() {
            if let Some(live) = slots.get_mut(index).live.as_mut() {
                let now = engine.now();
                body(&mut live.conn, engine.workspace_mut(), now);
                slots.make_due(index);
            }
        }
    }

    /// Frees memory if it runs short.
    #[inline(always)]
    pub fn reclaim_memory(&mut self) {
        if self.pressure.is_short(self.engine().workspace().heap().used()) {
            self.end_largest();
        }
    }

    #[cold]
    fn end_largest(&mut self) {
        self.pressure.end_largest(&mut self.turns, &self.topics);
    }

    /// The same between two batches, when freed memory is accounted for.
    pub fn reclaim_memory_after_batch(&mut self) {
        let used = self.engine().workspace().heap().used();
        self.pressure.note(used);
        self.reclaim_memory();
    }

    /// Delivers an event of the connection whose turn it is.
    pub fn convert<S: EventSink>(&mut self, event: conn::Event, sink: &mut S) -> Option<S::Output> {
        let index = self.turns.index();
        let (id, user) = (self.slots().id(index), self.slots().user(index));
        let (conn, ws, lent) = self.turns.shown()?;
        Some(sink.convert(EventView { id, user, event, shown: conn.shown(ws), lent }))
    }

    /// Starts a connection's turn for an event of the driver, if it still exists.
    pub fn start_with(&mut self, index: u32, event: driver::Event) {
        if self.slots().get(index).live.is_none() {
            return;
        }
        let mut is_lent = false;
        match event {
            driver::Event::Received(Ok(len)) if len > 0 => is_lent = self.at(index).received(len),
            driver::Event::Received(result) => self.at(index).input_ended(result),
            driver::Event::Record(kind) => self.at(index).record_received(kind),
            driver::Event::HungUp { both } => self.at(index).hung_up(both),
            driver::Event::Sent(result) => self.at(index).output().completed(result),
            driver::Event::Closed => self.at(index).closed(),
            _ => return,
        }
        self.turns.start(index, is_lent);
    }

    /// Starts the turn of a due connection; returns whether there was one.
    pub fn start_due(&mut self) -> bool {
        let due = self.turns.slots_mut().next_due();
        due.inspect(|&index| self.turns.start(index, false)).is_some()
    }

    /// Closes the socket and frees the slot. The event is the last of the connection.
    pub fn close(&mut self, index: u32) -> Option<Event> {
        let is_by_owner = self.slots().get(index).has(flag::CLOSED);
        let event = self.event(index, EventKind::Closed(None));
        self.topics.forget(index);
        self.told.forget(index);
        let (slots, engine) = self.turns.slots_and_engine();
        let mut live = slots.empty(index)?;
        let error = live.conn.ending_error().filter(|_| !is_by_owner);
        engine.stats_mut().errors += u64::from(error.is_some());
        let closing = engine.close(index, &mut live);
        debug_assert_eq!(closing, Closing::Done, "nothing of it is held");
        live.conn.release(engine.workspace_mut());
        Some(Event { kind: EventKind::Closed(error), ..event })
    }

    /// Handles all timers that expired until `at`.
    pub fn expire(&mut self, at: u64) {
        let due = self.engine().time().due(at);
        while let Some(index) = self.engine_mut().time_mut().expire(at) {
            self.at(index).expire(due);
        }
    }

    /// Sends the output made since the last batch, now.
    pub fn flush(&mut self) {
        self.turns.end_fast_turn();
        self.engine_mut().owner_returns();
        if self.has_turn() {
            self.at(self.turns.index()).output().flush();
        }
        let mut at = self.slots().due_after(None);
        while let Some(index) = at {
            self.at(index).output().flush();
            at = self.slots().due_after(Some(index));
        }
        // If it fails, the next wait fails for the same reason.
        let _ = self.engine_mut().driver_mut().flush();
    }

    /// Sends a queue that has more than `octets` octets.
    pub fn flush_above(&mut self, id: Id, octets: usize) {
        let Some(index) = self.slots().find(id) else { return };
        if self.slots().conn(index).is_some_and(|conn| conn.queued() > octets) {
            self.at(index).output().flush();
            self.turns.slots_mut().make_due(index);
        }
    }
}
