//! The turns of connections: from received octets, or a call on a connection, until it has no more events.
//!
//! Owns the slots, the engine, and the current turn. In a turn events are pulled one by one; when there are none, the
//! output is sent once, the timer is set, and the driver is told what to wait for. Does not choose the next connection
//! and closes no slot: it returns the one to close.

use super::connection::Connection;
use super::current::Current;
use super::engine::{Engine, LastPiece};
use super::event::EventSink;
use super::fast_turn::FastTurn;
use super::finished::Finished;
use super::held_send::HeldSend;
use super::id::Id;
use super::pull::Pull;
use super::send::SendResult;
use super::slots::{Live, Slots, flag};
use super::stall::Stall;
use super::turn_sink::TurnSink;
use crate::conn::{self, Conn, Workspace};
use crate::error::Error;

/// The slots, and the current turn.
pub(super) struct Turns {
    current: Current,
    /// The turn of short messages.
    fast_turn: FastTurn,
    /// Detects a turn without progress.
    stall: Stall,
    /// A pulled event that also concerns the server.
    server_event: Option<conn::Event>,
    engine: Engine,
    slots: Slots,
}

impl Turns {
    /// No turn.
    pub fn new(slots: Slots, engine: Engine, fast_turn: FastTurn) -> Self {
        Self { current: Current::NONE, fast_turn, stall: Stall::default(), server_event: None, engine, slots }
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

    /// Both, for opening a connection.
    pub fn slots_and_engine(&mut self) -> (&mut Slots, &mut Engine) {
        (&mut self.slots, &mut self.engine)
    }

    /// The turn of short messages.
    #[inline(always)]
    pub fn fast_turn_mut(&mut self) -> &mut FastTurn {
        &mut self.fast_turn
    }

    /// The slot whose turn it is, or [`NONE`](super::slots::NONE).
    #[inline(always)]
    pub fn index(&self) -> u32 {
        self.current.index
    }

    /// The connection of a slot.
    pub fn at(&mut self, index: u32) -> Connection<'_> {
        Connection::new(&mut self.slots, &mut self.engine, index)
    }

    /// The connection with this id, its slot, and the engine; fails with `Gone`.
    #[inline(always)]
    pub fn live_of(&mut self, id: Id) -> Result<(u32, &mut Live, &mut Engine), Error> {
        let (index, live) = self.slots.live_of(id)?;
        Ok((index, live, &mut self.engine))
    }

    /// Schedules a turn for a connection, unless it has its turn now.
    #[inline(always)]
    pub fn make_due(&mut self, index: u32) {
        if index != self.current.index {
            self.slots.make_due(index);
        }
    }

    /// Starts the turn of a connection; `lent`: the driver's received octets are lent to it.
    pub fn start(&mut self, index: u32, lent: bool) {
        self.current = Current { index, id: self.slots.id(index), lent };
    }

    /// Whether a turn of short messages is open.
    #[inline(always)]
    pub fn has_fast_turn(&self) -> bool {
        self.fast_turn.is_open()
    }

    /// The fast way: the next event of the turn of short messages, which is open, or of the next turn.
    #[inline(always)]
    pub fn next_fast<S: EventSink>(&mut self, sink: &mut S) -> Option<S::Output> {
        debug_assert!(self.has_fast_turn());
        if self.fast_turn.has_input() {
            return self.continue_fast(sink);
        }
        if let Err(sent) = self.fast_turn.send(&mut self.engine) {
            self.end_fast_turn();
            let _: Option<Pull<()>> = sent.map(|sent| self.not_sent(sent));
            return None;
        }
        debug_assert!(self.is_ready_for_fast_turn());
        let Some((index, len)) = self.engine.driver_mut().native().and_then(|mut driver| driver.next_received()) else {
            self.current.end();
            return None;
        };
        self.receive(index, len, sink)
    }

    /// Whether the connection whose turn it is has nothing to do but to receive.
    fn is_ready_for_fast_turn(&self) -> bool {
        let conn = self.slots.conn(self.current.index);
        conn.is_some_and(|conn| conn.shown(self.engine.workspace()).is_ready_for_fast_turn())
    }

    #[inline(always)]
    fn continue_fast<S: EventSink>(&mut self, sink: &mut S) -> Option<S::Output> {
        let made = self.fast_turn.next(self.engine.driver_mut().received(), sink);
        if made.is_none() {
            self.end_fast_turn();
        }
        made
    }

    /// Ends the fast way if it is this connection's.
    #[inline(always)]
    pub fn end_fast_turn_of(&mut self, id: Id) {
        if self.fast_turn.id() == id {
            self.end_fast_turn();
        }
    }

    /// Ends the fast way, if it is open, because of another call on the connection: the turn continues with the connection
    /// itself.
    #[cold]
    pub fn end_fast_turn(&mut self) {
        if self.fast_turn.is_open()
            && let Some(live) = self.slots.get_mut(self.fast_turn.id().slot()).live.as_mut()
        {
            self.fast_turn.hand_back(live, &mut self.engine);
        }
    }

    /// One of the pointers that were stored for live connections, once each.
    pub fn take_user(&mut self) -> Option<*mut core::ffi::c_void> {
        self.end_fast_turn();
        self.slots.take_user()
    }

    /// Starts a turn with received octets: by the fast way, if they begin with a short message.
    #[inline(always)]
    pub fn receive<S: EventSink>(&mut self, index: u32, len: usize, sink: &mut S) -> Option<S::Output> {
        self.current.index = index;
        self.engine.stats_mut().octets_in += len as u64;
        let tag = self.slots.tag();
        let (slot, user) = self.slots.get_with_user(index);
        let (id, is_plain) = (Id::new(tag, index, slot.generation()), slot.has_only(flag::READING));
        self.current.id = id;
        let live = slot.live.as_mut()?;
        if live.conn.is_websocket()
            && is_plain
            && let Some(limits) = live.conn.fast_messages(self.engine.workspace_mut()).limits(len)
        {
            let now = self.engine.now();
            let octets = self.engine.driver_mut().received();
            if let Some(part) = self.fast_turn.open((id, user, live.key), limits, octets) {
                live.conn.on_fast_message(now);
                self.current.lent = true;
                return Some(sink.message(id, user, octets, &part));
            }
        }
        self.current.lent = self.engine.lend(live, len);
        None
    }

    /// The next event of the connection whose turn it is.
    #[inline(always)]
    pub fn pull<S: EventSink>(&mut self, sink: &mut S) -> Pull<S::Output> {
        let (index, id) = (self.current.index, self.current.id);
        let (slot, user) = self.slots.get_with_user(index);
        let is_plain = slot.has_only(flag::READING);
        let Some(live) = slot.live.as_mut() else { return Pull::NotReady };
        let (ws, lent, stats) = self.engine.lent(self.current.lent);
        let sink = TurnSink { id, user, stats, server_event: &mut self.server_event, sink };
        match live.conn.next_into(ws, lent, sink) {
            Ok(Ok(pulled)) => pulled,
            // The fast way to end a turn: all output is one piece, and nothing else is in progress.
            Ok(Err(conn::NotReady::Idle)) if is_plain => match self.engine.send_last(index, live) {
                LastPiece::Sent => {
                    self.current.end();
                    Pull::Over
                }
                LastPiece::None => Pull::NotReady,
                LastPiece::Unsent(sent) => self.not_sent(sent),
            },
            // Without memory the connection is closed, which the end of the turn handles.
            Ok(Err(_)) | Err(_) => Pull::NotReady,
        }
    }

    /// The driver did not send all of the output of the connection whose turn it is. If it holds all of it, the turn is over.
    #[cold]
    #[inline(never)]
    fn not_sent<T>(&mut self, sent: SendResult) -> Pull<T> {
        let index = self.current.index;
        if HeldSend::new(&mut self.slots, &mut self.engine, index).begin(&sent) {
            self.current.end();
            return Pull::Over;
        }
        self.at(index).output().record(sent);
        Pull::NotReady
    }

    /// The event that also concerns the server, and the slot of its connection.
    pub fn take_server_event(&mut self) -> Option<(u32, conn::Event)> {
        Some((self.current.index, self.server_event.take()?))
    }

    /// The connection whose turn it is, and what its heads and spans refer to.
    pub fn shown(&mut self) -> Option<(&Conn, &Workspace, &[u8])> {
        let conn = self.slots.conn(self.current.index)?;
        let (ws, lent, _) = self.engine.lent(self.current.lent);
        Some((conn, ws, lent))
    }

    /// Ends the turn, unless the connection has more events. Returns the slot to close, if the connection has ended.
    pub fn finish(&mut self) -> Option<u32> {
        let index = self.current.index;
        self.current.end();
        match Connection::new(&mut self.slots, &mut self.engine, index).finish_turn(&mut self.stall) {
            Finished::Done => None,
            Finished::Closed => Some(index),
            Finished::HasEvents => {
                self.current.index = index;
                None
            }
        }
    }
}
