//! After the events: what was made is sent, and the driver is told what to wait for.

use super::send::send;
use super::slots::flag;
use super::time::NEVER;
use super::{Event, NONE, Server};
use crate::conn::bits;
use crate::io::driver::{Cancel, Sent, Submission};
use std::io;

/// Octets that a connection sends in one turn before others have theirs, and a full queue more.
const SENT_MAX: u64 = 64 << 10;

impl Server {
    /// What became of the last piece of a turn, as the driver says, where it did not take all of it.
    #[cold]
    pub(super) fn sent_not_all(&mut self, sent: io::Result<Sent>) -> Option<Event> {
        self.keep_unsent(sent);
        self.settle()
    }

    /// The same; the turn goes on.
    #[cold]
    pub(super) fn keep_unsent(&mut self, sent: io::Result<Sent>) {
        match sent {
            Ok(Sent::Done(taken) | Sent::Queued(taken)) => self.sent_some(taken),
            Err(_) => self.send_failed(),
        }
    }

    fn sent_some(&mut self, taken: usize) {
        let slot = self.slots.get_mut(self.turn);
        slot.set(flag::BLOCKED, true);
        if let Some(live) = slot.live.as_mut() {
            self.stats.octets_out += taken as u64;
            let sent = live.conn.sent(&mut self.ws, taken, self.time.now);
            debug_assert!(sent.is_ok(), "no more is sent than was queued");
        }
    }

    fn send_failed(&mut self) {
        if let Some(live) = self.slots.get_mut(self.turn).live.as_mut() {
            live.conn.abort(&mut self.ws, self.time.now);
        }
    }

    /// Ends the turn of a connection, unless it has more events: what it made is sent, and its timer is set.
    #[inline(never)]
    pub(super) fn settle(&mut self) -> Option<Event> {
        self.relieve();
        let (index, now) = (self.turn, self.time.now);
        self.lent = false;
        let slot = self.slots.get_mut(index);
        let is_blocked = slot.has(flag::BLOCKED);
        let is_reading = slot.has(flag::READING);
        let Some(live) = slot.live.as_mut() else { return self.end_turn() };
        if live.conn.wants_kernel() && !is_blocked {
            self.offload.take(live, &mut self.driver, &mut self.ws, now, &mut self.stats);
        }
        let sent_before = self.stats.octets_out;
        if live.conn.queued() > 0 && !is_blocked {
            let is_blocked = send(live, &mut self.driver, &mut self.ws, now, &mut self.stats);
            slot.set(flag::BLOCKED, is_blocked);
        }
        let Some(live) = slot.live.as_mut() else { return self.end_turn() };
        let state = live.conn.state(&self.ws);
        if state & bits::EVENTS != 0 {
            return self.go_on_in_turn(index, state, self.stats.octets_out - sent_before);
        }
        self.stall.clear();
        self.turn = NONE;
        if state & (bits::CLOSE | bits::SHUTDOWN_WRITE) != 0 || (state & bits::WANT_READ != 0) != is_reading {
            return self.turn_around(index, state);
        }
        let deadline = live.conn.deadline(&self.ws, now);
        self.time.expire_by(index, deadline);
        None
    }

    /// A connection has more events, and its turn goes on. One that has sent much goes on behind the others that are ready: it would keep
    /// them waiting for as long as its peer reads.
    #[inline]
    fn go_on_in_turn(&mut self, index: u32, state: u32, sent: u64) -> Option<Event> {
        let is_long = sent > SENT_MAX && state & (bits::CLOSE | bits::SHUTDOWN_WRITE) == 0;
        if is_long && self.let_others(index, state) {
            return None;
        }
        self.go_on()
    }

    /// Ends the turn until the driver has asked all others; whether it did.
    fn let_others(&mut self, index: u32, state: u32) -> bool {
        let Some(live) = self.slots.get_mut(index).live.as_mut() else { return false };
        if self.driver.submit(live.key, Submission::Room).is_err() {
            return false;
        }
        let deadline = live.conn.deadline(&self.ws, self.time.now);
        self.time.expire_by(index, deadline);
        self.slots.get_mut(index).set(flag::BLOCKED, true);
        self.stall.clear();
        self.turn = NONE;
        self.read_or_not(index, state & bits::WANT_READ != 0);
        true
    }

    #[cold]
    pub(super) fn end_turn(&mut self) -> Option<Event> {
        debug_assert!(false, "a slot whose turn it is holds a connection");
        self.turn = NONE;
        None
    }

    /// What changes once in a while: the direction of a connection, or whether there is one.
    fn turn_around(&mut self, index: u32, state: u32) -> Option<Event> {
        if state & bits::CLOSE != 0 {
            return if self.has_last_events(index) { None } else { self.close_slot(index) };
        }
        if state & bits::SHUTDOWN_WRITE != 0 {
            self.shut_write(index);
        }
        let look = self.look_at_last_message(index);
        self.read_or_not(index, state & bits::WANT_READ != 0 && look == NEVER);
        let live = self.slots.get_mut(index).live.as_mut()?;
        let deadline = live.conn.deadline(&self.ws, self.time.now);
        self.time.expire_by(index, deadline.min(look));
        None
    }

    /// Where a peer that sends behind its last request does not take the response: when to look again. Else [`NEVER`]. The response waits in
    /// the socket as it would in the queue, and no more is read meanwhile (H1-LIM-09).
    fn look_at_last_message(&mut self, index: u32) -> u64 {
        let Some(live) = self.slots.get_mut(index).live.as_mut() else { return NEVER };
        let is_stuck =
            live.conn.has_dropped_a_lend() && self.driver.socket(live.key).is_ok_and(|socket| socket.unsent() > 0);
        if is_stuck { live.conn.put_off_linger(self.time.now) } else { NEVER }
    }

    /// Nothing reads what is still queued; whether that releases anything, which is told before the end.
    fn has_last_events(&mut self, index: u32) -> bool {
        let Some(live) = self.slots.get_mut(index).live.as_mut() else { return false };
        live.conn.abort(&mut self.ws, self.time.now);
        let has_events = live.conn.state(&self.ws) & bits::EVENTS != 0;
        if has_events {
            self.turn = index;
        }
        has_events
    }

    fn shut_write(&mut self, index: u32) {
        let slot = self.slots.get_mut(index);
        if slot.has(flag::SHUT) {
            return;
        }
        slot.set(flag::SHUT, true);
        if let Some(live) = &slot.live {
            // It fails where the peer is gone already; receiving will tell.
            let _ = self.driver.socket(live.key).and_then(|socket| socket.shutdown_write());
        }
    }

    fn read_or_not(&mut self, index: u32, wanted: bool) {
        let slot = self.slots.get_mut(index);
        if slot.has(flag::READING) == wanted {
            return;
        }
        slot.set(flag::READING, wanted);
        let Some(live) = slot.live.as_mut() else { return };
        let submission = if wanted { Submission::Receive } else { Submission::Cancel(Cancel::Receive) };
        if self.driver.submit(live.key, submission).is_err() {
            live.conn.abort(&mut self.ws, self.time.now);
            self.slots.make_due(index);
        }
    }

    /// Sends what a connection has, unless it waits for room.
    pub(super) fn flush_slot(&mut self, index: u32) {
        let slot = self.slots.get_mut(index);
        if slot.has(flag::BLOCKED) {
            return;
        }
        let Some(live) = slot.live.as_mut() else { return };
        let is_blocked = send(live, &mut self.driver, &mut self.ws, self.time.now, &mut self.stats);
        slot.set(flag::BLOCKED, is_blocked);
    }

    /// Sends now what was made since the last batch, for whichever connection.
    pub fn flush(&mut self) {
        self.leave_lane();
        if self.turn != NONE {
            self.flush_slot(self.turn);
        }
        let mut at = self.slots.due_after(None);
        while let Some(index) = at {
            self.flush_slot(index);
            at = self.slots.due_after(Some(index));
        }
    }
}
