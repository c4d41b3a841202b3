//! One connection by its slot: handles its input, and tells the driver what to do next.
//!
//! A view for one step. Uses the slots and the [`Engine`]; never makes an event, and does not decide whose turn is
//! next. The fast ways of a turn bypass it.

use super::engine::Engine;
use super::finished::Finished;
use super::long_file::LongFile;
use super::output::Output;
use super::records;
use super::send_wait::SendWait;
use super::slots::{Slots, flag};
use super::stall::Stall;
use super::time::NEVER;
use crate::conn::bits;
use crate::error::Error;
use crate::io::driver::{Cancel, Closing, Submission};
use std::io;

/// Octets that a connection sends in one turn, plus a full queue, before it yields to others.
const SENT_MAX: u64 = 64 << 10;

/// The connection of a slot.
pub(super) struct Connection<'a> {
    slots: &'a mut Slots,
    engine: &'a mut Engine,
    index: u32,
}

impl<'a> Connection<'a> {
    pub fn new(slots: &'a mut Slots, engine: &'a mut Engine, index: u32) -> Self {
        Self { slots, engine, index }
    }

    /// Octets were received. Returns whether they are lent to the connection.
    pub fn received(self, len: usize) -> bool {
        self.engine.stats_mut().octets_in += len as u64;
        let live = self.slots.get_mut(self.index).live.as_mut();
        live.is_some_and(|live| self.engine.lend(live, len))
    }

    /// A record without application data was received.
    pub fn record_received(self, kind: u8) {
        if let Some(live) = self.slots.get_mut(self.index).live.as_mut() {
            self.engine.receive_record(live, kind);
        }
    }

    /// The peer ended its side, or the connection failed.
    pub fn input_ended(self, result: io::Result<usize>) {
        let slot = self.slots.get_mut(self.index);
        slot.set(flag::READING, false);
        let Some(live) = slot.live.as_mut() else { return };
        let now = self.engine.now();
        let ws = self.engine.workspace_mut();
        match result {
            Ok(_) => live.conn.receive_eof(ws, true, now),
            Err(error) => records::receive_failed(&mut live.conn, ws, &error, now),
        }
    }

    /// The end of a connection that is paused. Its input is still read in its turn, except after a request whose
    /// response cannot be delivered any more.
    pub fn hung_up(self, both: bool) {
        let Some(live) = self.slots.get_mut(self.index).live.as_mut() else { return };
        if both && live.conn.owes_answer() {
            self.engine.abort(live);
        } else {
            live.conn.announce_end(self.engine.now());
        }
    }

    /// The timer expired, and deadlines up to `due` are over. If it was early, it is set again at the end of the turn.
    pub fn expire(self, due: u64) {
        LongFile::new(self.slots, self.engine, self.index).send_more();
        let now = self.engine.now();
        let Some(live) = self.slots.get_mut(self.index).live.as_mut() else { return };
        if live.conn.deadline(self.engine.workspace(), now) <= due {
            live.conn.tick(self.engine.workspace_mut(), now);
            self.engine.stats_mut().timeouts += 1;
        }
        self.slots.make_due(self.index);
    }

    /// The output of the connection.
    #[inline(always)]
    pub fn output(&mut self) -> Output<'_> {
        Output::new(self.slots, self.engine, self.index)
    }

    /// The socket is closed, and nothing of it is held.
    pub fn closed(mut self) {
        self.slots.get_mut(self.index).set(flag::CLOSING, false);
        self.output().let_go();
    }

    /// The owner aborts the connection: its end is not an error. Tries once more to send the queue.
    pub fn close(mut self) {
        self.output().flush();
        self.slots.get_mut(self.index).set(flag::CLOSED, true);
    }

    /// Ends the connection with this error, without a word to the peer.
    pub fn fail(self, error: Error) {
        if let Some(live) = self.slots.get_mut(self.index).live.as_mut() {
            live.conn.ending(self.engine.workspace_mut()).close_now_for(error);
        }
        self.slots.make_due(self.index);
    }

    /// Ends the turn of the connection, unless it has more events: sends its output and sets its timer.
    pub fn finish_turn(mut self, stall: &mut Stall) -> Finished {
        let sent_before = self.engine.stats().octets_out;
        self.output().send_in_turn();
        let slot = self.slots.get_mut(self.index);
        let is_reading = slot.has(flag::READING);
        let Some(live) = slot.live.as_mut() else {
            debug_assert!(false, "a slot whose turn it is holds a connection");
            return Finished::Done;
        };
        let state = live.conn.state(self.engine.workspace());
        if state & bits::EVENTS != 0 {
            let sent = self.engine.stats().octets_out - sent_before;
            return self.continue_turn(state, sent, stall);
        }
        stall.clear();
        if state & (bits::CLOSE | bits::SHUTDOWN_WRITE) != 0 || (state & bits::WANT_READ != 0) != is_reading {
            return self.update_directions(state);
        }
        self.engine.set_timer(self.index, live);
        Finished::Done
    }

    /// The connection has more events, and its turn continues. If it has sent much, others that are ready go first, or
    /// it would delay them for as long as its peer reads. If it repeats this without progress, it is ended.
    fn continue_turn(mut self, state: u32, sent: u64, stall: &mut Stall) -> Finished {
        let is_long = sent > SENT_MAX && state & (bits::CLOSE | bits::SHUTDOWN_WRITE) == 0;
        if is_long && self.yield_turn(state & bits::WANT_READ != 0) {
            stall.clear();
            return Finished::Done;
        }
        if !stall.is_over(self.engine.stats()) {
            return Finished::HasEvents;
        }
        stall.clear();
        let Some(live) = self.slots.get_mut(self.index).live.as_mut() else { return Finished::Done };
        if live.conn.ending_error() == Some(Stall::ERROR) {
            // Not even its end is reported.
            return Finished::Closed;
        }
        self.engine.stats_mut().stalled += 1;
        live.conn.ending(self.engine.workspace_mut()).close_now_for(Stall::ERROR);
        Finished::HasEvents
    }

    /// Yields to all others; returns whether the turn continues afterwards.
    fn yield_turn(&mut self, wants_read: bool) -> bool {
        let slot = self.slots.get_mut(self.index);
        // A send that waits leads to the next turn by itself.
        let is_waiting = slot.send_wait() != SendWait::Nothing;
        let Some(live) = slot.live.as_mut() else { return false };
        if !is_waiting && self.engine.driver_mut().submit(live.key, Submission::Room).is_err() {
            return false;
        }
        self.engine.set_timer(self.index, live);
        if !is_waiting {
            slot.set_send_wait(SendWait::Turn);
        }
        self.set_reading(wants_read);
        true
    }

    /// Handles rare changes: the directions of a connection, or its end.
    fn update_directions(mut self, state: u32) -> Finished {
        if state & bits::CLOSE != 0 {
            return self.end();
        }
        if state & bits::SHUTDOWN_WRITE != 0 {
            self.shut_write();
        }
        let look = self.check_last_message();
        self.set_reading(state & bits::WANT_READ != 0 && look == NEVER);
        let now = self.engine.now();
        if let Some(live) = self.slots.get_mut(self.index).live.as_mut() {
            let deadline = live.conn.deadline(self.engine.workspace(), now);
            self.engine.time_mut().expire_by(self.index, deadline.min(look));
        }
        Finished::Done
    }

    /// The connection has ended. While the driver reads its output, only its socket is closed.
    fn end(&mut self) -> Finished {
        let slot = self.slots.get_mut(self.index);
        let is_read = slot.send_wait() == SendWait::Held && !slot.has(flag::CLOSING);
        if let Some(live) = slot.live.as_mut().filter(|_| is_read) {
            match self.engine.close(self.index, live) {
                Closing::Pending => slot.set(flag::CLOSING, true),
                Closing::Done => self.output().let_go(),
            }
        }
        if self.slots.get(self.index).has(flag::CLOSING) {
            return Finished::Done;
        }
        if self.has_last_events() { Finished::HasEvents } else { Finished::Closed }
    }

    /// Nothing will read the queue. Returns whether that releases anything, which is reported before the end.
    fn has_last_events(&mut self) -> bool {
        let Some(live) = self.slots.get_mut(self.index).live.as_mut() else { return false };
        self.engine.abort(live);
        live.conn.state(self.engine.workspace()) & bits::EVENTS != 0
    }

    /// If the peer sends after its last request and does not read the response: when to check again; otherwise
    /// [`NEVER`]. The response waits in the socket as in the queue, and no more is read meanwhile (H1-LIM-09).
    fn check_last_message(&mut self) -> u64 {
        let (now, driver) = (self.engine.now(), self.engine.driver());
        let Some(live) = self.slots.get_mut(self.index).live.as_mut() else { return NEVER };
        let is_stuck =
            live.conn.has_dropped_a_lend() && driver.socket(live.key).is_ok_and(|socket| socket.unsent() > 0);
        if is_stuck { live.conn.put_off_linger(now) } else { NEVER }
    }

    fn shut_write(&mut self) {
        let slot = self.slots.get_mut(self.index);
        if slot.has(flag::SHUT) {
            return;
        }
        slot.set(flag::SHUT, true);
        if let Some(live) = &slot.live {
            // Fails if the peer is gone, which receiving reports.
            let _ = self.engine.driver().socket(live.key).and_then(|socket| socket.shutdown_write());
        }
    }

    /// Starts or stops receiving.
    fn set_reading(&mut self, wanted: bool) {
        let slot = self.slots.get_mut(self.index);
        if slot.has(flag::READING) == wanted {
            return;
        }
        slot.set(flag::READING, wanted);
        let Some(live) = slot.live.as_mut() else { return };
        let submission = if wanted { Submission::Receive } else { Submission::Cancel(Cancel::Receive) };
        if self.engine.driver_mut().submit(live.key, submission).is_err() {
            self.engine.abort(live);
            self.slots.make_due(self.index);
        }
    }
}
