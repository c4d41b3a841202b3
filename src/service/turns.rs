//! The turns of connections: from octets received, or from something that was done for a connection, until it has no more events.
//!
//! Owns the slots, what connections are served with, and the present turn. In a turn events are pulled one by one; when the connection
//! rests, what it made is sent once, its timer is set and the driver is told what to wait for. Never picks the connection whose turn is
//! next, and never closes a slot: it names the one that is to be closed.

use super::connection::Connection;
use super::engine::{Engine, LastPiece};
use super::event::{EventSink, EventView};
use super::finished::Finished;
use super::id::Id;
use super::lane::Lane;
use super::slots::{Live, NONE, Slots, flag};
use super::stall::Stall;
use crate::conn::{self, Conn, Workspace};
use crate::error::Error;

/// The connections in their slots, and whose turn it is.
pub(super) struct Turns {
    /// The slot whose turn it is, or [`NONE`].
    index: u32,
    /// Whether what the driver received last is lent to that connection.
    lent: bool,
    /// The short messages of the turn.
    lane: Lane,
    /// Whether the turn goes on.
    stall: Stall,
    /// An event that was pulled and means something to the server as well.
    seen: Option<conn::Event>,
    engine: Engine,
    slots: Slots,
}

/// What a pull has brought.
pub(super) enum Pull<T> {
    /// An event: what was made of it.
    Event(T),
    /// An event that means something to the server as well: [`Turns::take_seen`] has it.
    Seen,
    /// The connection rests: [`Turns::finish`] is next.
    Rest,
    /// The turn is over.
    Over,
}

impl Turns {
    /// Nobody's turn.
    pub fn new(slots: Slots, engine: Engine, lane: Lane) -> Self {
        Self { index: NONE, lent: false, lane, stall: Stall::default(), seen: None, engine, slots }
    }

    #[inline(always)]
    pub fn slots(&self) -> &Slots {
        &self.slots
    }

    #[inline(always)]
    pub fn slots_mut(&mut self) -> &mut Slots {
        &mut self.slots
    }

    #[inline(always)]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    #[inline(always)]
    pub fn engine_mut(&mut self) -> &mut Engine {
        &mut self.engine
    }

    /// Both, for what takes a new connection in.
    pub fn slots_and_engine(&mut self) -> (&mut Slots, &mut Engine) {
        (&mut self.slots, &mut self.engine)
    }

    /// The short messages of the turn.
    #[inline(always)]
    pub fn lane_mut(&mut self) -> &mut Lane {
        &mut self.lane
    }

    /// The slot whose turn it is, or [`NONE`].
    #[inline(always)]
    pub fn index(&self) -> u32 {
        self.index
    }

    /// The connection of a slot.
    pub fn at(&mut self, index: u32) -> Connection<'_> {
        Connection::new(&mut self.slots, &mut self.engine, index)
    }

    /// The connection of this name, its slot, and what it is served with; fails with `Gone`.
    #[inline(always)]
    pub fn live_of(&mut self, id: Id) -> Result<(u32, &mut Live, &mut Engine), Error> {
        let (index, live) = self.slots.live_of(id)?;
        Ok((index, live, &mut self.engine))
    }

    /// Gives a connection a turn, unless it has its turn now.
    #[inline(always)]
    pub fn make_due(&mut self, index: u32) {
        if index != self.index {
            self.slots.make_due(index);
        }
    }

    /// Begins the turn of a connection; `lent`: what the driver received last is lent to it.
    pub fn start(&mut self, index: u32, lent: bool) {
        (self.index, self.lent) = (index, lent);
    }

    #[inline(always)]
    fn end(&mut self) {
        (self.index, self.lent) = (NONE, false);
    }

    /// The next event, where it is a message in the lane, or in one that can be opened.
    #[inline(always)]
    pub fn next_in_lane<S: EventSink>(&mut self, sink: &mut S) -> Option<S::Made> {
        if self.lane.is_open() {
            if self.lane.has_input() {
                return self.go_on_in_lane(sink);
            }
            if let Err(sent) = self.lane.send(&mut self.engine) {
                if self.leave_lane() {
                    self.at(self.index).keep_unsent(sent);
                }
                return None;
            }
            debug_assert!(
                self.slots.conn(self.index).is_some_and(|conn| conn.shown(self.engine.workspace()).is_lane_closed())
            );
            self.end();
        }
        let (index, len) = if self.index == NONE { self.engine.driver_mut().next_received()? } else { return None };
        self.receive(index, len, sink)
    }

    #[inline(never)]
    fn go_on_in_lane<S: EventSink>(&mut self, sink: &mut S) -> Option<S::Made> {
        let made = self.lane.next(self.engine.driver_mut().received(), sink);
        if made.is_none() {
            self.leave_lane();
        }
        made
    }

    /// Leaves the lane, if it is that of this connection.
    #[inline(always)]
    pub fn leave_lane_of(&mut self, id: Id) {
        if self.lane.id() == id {
            self.leave_lane();
        }
    }

    /// Something else is done with the connection of the lane: the turn goes on with the connection itself. Whether the lane was open
    /// and its answers are queued now.
    #[cold]
    pub fn leave_lane(&mut self) -> bool {
        if !self.lane.is_open() {
            return false;
        }
        let live = self.slots.get_mut(self.lane.id().slot()).live.as_mut();
        live.is_some_and(|live| self.lane.leave(live, &mut self.engine))
    }

    /// The turn of a connection begins with octets received: with the first message of a lane, if one can be opened.
    #[inline(always)]
    pub fn receive<S: EventSink>(&mut self, index: u32, len: usize, sink: &mut S) -> Option<S::Made> {
        self.index = index;
        self.engine.stats_mut().octets_in += len as u64;
        let tag = self.slots.tag();
        let (slot, user) = self.slots.get_with_user(index);
        let (generation, is_plain) = (slot.generation(), slot.has_only(flag::READING));
        let live = slot.live.as_mut()?;
        if live.conn.is_websocket()
            && is_plain
            && let Some(limits) = live.conn.turn(self.engine.workspace_mut()).limits(len)
        {
            let id = Id::new(tag, index, generation);
            let now = self.engine.now();
            let octets = self.engine.driver_mut().received();
            if let Some(heard) = self.lane.open((id, user, live.key), limits, octets) {
                live.conn.heard_in_lane(now);
                self.lent = true;
                return Some(sink.message(id, user, octets, &heard));
            }
        }
        self.lent = self.engine.lend(live, len);
        None
    }

    /// The next event of the connection whose turn it is.
    #[inline(always)]
    pub fn pull<S: EventSink>(&mut self, sink: &mut S) -> Pull<S::Made> {
        let (index, tag) = (self.index, self.slots.tag());
        let (slot, user) = self.slots.get_with_user(index);
        let (generation, is_plain) = (slot.generation(), slot.has_only(flag::READING));
        let Some(live) = slot.live.as_mut() else { return Pull::Rest };
        let (ws, lent, stats) = self.engine.lent(self.lent);
        match live.conn.next(ws, lent) {
            Ok(Ok(event)) => {
                stats.requests += u64::from(matches!(event, conn::Event::Request { .. }));
                if matches!(event, conn::Event::Error(_) | conn::Event::Writable) {
                    self.seen = Some(event);
                    return Pull::Seen;
                }
                let id = Id::new(tag, index, generation);
                Pull::Event(sink.show(EventView { id, user, event, shown: live.conn.shown(ws), lent }))
            }
            // The end of nearly every turn: all there is goes out in one piece, and nothing else is on.
            Ok(Err(conn::Rest::Idle)) if is_plain => match self.engine.send_last(index, live) {
                LastPiece::Sent => {
                    self.end();
                    Pull::Over
                }
                LastPiece::None => Pull::Rest,
                LastPiece::Unsent(sent) => {
                    self.at(self.index).keep_unsent(sent);
                    Pull::Rest
                }
            },
            // Without memory the connection is closed, which the end of the turn finds out.
            Ok(Err(_)) | Err(_) => Pull::Rest,
        }
    }

    /// The event that was pulled and means something to the server as well, and the slot of its connection.
    pub fn take_seen(&mut self) -> Option<(u32, conn::Event)> {
        Some((self.index, self.seen.take()?))
    }

    /// The connection whose turn it is, and what its heads and spans refer to.
    pub fn shown(&mut self) -> Option<(&Conn, &Workspace, &[u8])> {
        let conn = self.slots.conn(self.index)?;
        let (ws, lent, _) = self.engine.lent(self.lent);
        Some((conn, ws, lent))
    }

    /// Ends the turn, unless the connection has more events. The slot that is to be closed, where it has ended.
    pub fn finish(&mut self) -> Option<u32> {
        let index = self.index;
        self.end();
        match Connection::new(&mut self.slots, &mut self.engine, index).finish_turn(&mut self.stall) {
            Finished::Over => None,
            Finished::Ended => Some(index),
            Finished::GoesOn => {
                self.index = index;
                None
            }
        }
    }
}
