//! A turn of short messages, beside the connection: nearly every message of a WebSocket is short, whole in what was received and
//! answered at once, and nothing else is done with its connection meanwhile. Then the connection is looked at when the turn
//! begins; messages are heard where they were received and answers gathered here, to be sent when it ends.
//!
//! Whatever else is done with that connection leaves the lane first: what is left of the octets is lent to it, the answers are
//! queued, and the turn goes on as others do. So a lane only ever does less than [`Server::next`] and calls by id would, and
//! nothing different.

use super::complete::lend;
use super::slots::flag;
use super::{EventSink, Id, NONE, Server};
use crate::conn;
use crate::error::Error;
use crate::io::driver::{Key, Sent};
use crate::memory::{Heap, Vec};
use crate::websocket::close::PAYLOAD_MAX;
use crate::websocket::frame::first_of_whole;
use crate::websocket::machine::{Heard, hear_whole};
use crate::websocket::mask::copy_seen;
use core::ffi::c_void;

/// Octets of answers: more than nearly every turn has, and sent in one go.
const ROOM: usize = 4096;

/// The lane, open or not.
pub(super) struct Lane {
    id: Id,
    user: *mut c_void,
    key: Key,
    /// Octets received, and how many of them are used up. Without any no lane is open.
    received: usize,
    used: usize,
    answers: Vec<u8>,
    /// Octets of `answers` in use, and the most there may be: 0 where no lane is open.
    filled: usize,
    terms: conn::Lane,
}

impl Lane {
    /// No lane is open.
    const CLOSED: conn::Lane = conn::Lane { message_max: 0, room: 0, deflates: false };

    pub fn new(heap: &Heap) -> Result<Self, Error> {
        let mut answers = heap.vec(ROOM)?;
        answers.resize(ROOM, 0);
        let (id, user, key) = (Id::NONE, core::ptr::null_mut(), Key::NONE);
        Ok(Self { id, user, key, received: 0, used: 0, answers, filled: 0, terms: Self::CLOSED })
    }

    #[inline(always)]
    fn is_open(&self) -> bool {
        self.received != 0
    }

    #[inline(always)]
    fn close(&mut self) {
        (self.received, self.filled, self.terms.room) = (0, 0, 0);
    }

    /// The next message, where it is a short one; all of `octets` were received.
    #[inline(always)]
    fn hear(&mut self, octets: &mut [u8]) -> Option<Heard> {
        let heard = hear_whole::<true>(octets.get_mut(self.used..)?, self.terms.message_max)?;
        self.used += heard.used;
        Some(Heard { offset: self.used - heard.len, ..heard })
    }

    /// Takes a whole message for a connection, where that is the lane's, and the message one to go as it is; `false`: nothing was
    /// done.
    #[inline(always)]
    pub fn answer(&mut self, id: Id, text: bool, compressed: bool, octets: &[u8]) -> bool {
        let is_plain = !(compressed && self.terms.deflates) && octets.len() <= PAYLOAD_MAX;
        let end = self.filled + 2 + octets.len();
        if self.id != id || !is_plain || end > self.terms.room {
            return false;
        }
        let Some([first, len, payload @ ..]) = self.answers.get_mut(self.filled..end) else { return false };
        (*first, *len) = (first_of_whole(text), crate::narrow::octet(octets.len()));
        let is_ascii = copy_seen(octets, payload);
        if text && !is_ascii {
            return false;
        }
        self.filled = end;
        true
    }
}

impl Server {
    /// The next event, where it is a message in the lane, or in one that can be opened: nearly always, for a server of messages.
    /// `None`: [`next_into`](Self::next_into) has to. Ends the event before.
    #[inline(always)]
    pub fn next_in_lane<S: EventSink>(&mut self, show: &mut S) -> Option<S::Made> {
        self.inbox.end_event();
        if self.lane.is_open() {
            if self.lane.used != self.lane.received {
                return self.go_on_in_lane(show);
            }
            if !self.send_answers() {
                return None;
            }
        }
        let (token, received) = if self.turn == NONE { self.driver.next_received()? } else { return None };
        self.begin_turn(token, received, show)
    }

    /// The turn of a connection begins with octets received: with the first message of a lane, if one can be opened.
    #[inline(always)]
    pub(super) fn begin_turn<S: EventSink>(&mut self, index: u32, received: usize, show: &mut S) -> Option<S::Made> {
        self.turn = index;
        self.stats.octets_in += received as u64;
        let tag = self.slots.tag();
        let (slot, user) = self.slots.get_with_user(index);
        let (generation, is_plain) = (slot.generation(), slot.has_only(flag::READING));
        let live = slot.live.as_mut()?;
        if live.conn.is_websocket()
            && is_plain
            && let Some(terms) = live.conn.open_lane(received)
        {
            let id = Id::new(tag, index, generation);
            let lane = &mut self.lane;
            (lane.id, lane.user, lane.key, lane.used, lane.terms) = (id, user, live.key, 0, terms);
            let octets = self.driver.received();
            if let Some(heard) = lane.hear(octets) {
                lane.received = received;
                live.conn.heard_in_lane(self.time.now);
                self.lent = true;
                return Some(show.message(id, user, octets, &heard));
            }
            lane.close();
        }
        self.lent = lend(live, &mut self.ws, received, self.time.now);
        None
    }

    #[inline(never)]
    fn go_on_in_lane<S: EventSink>(&mut self, show: &mut S) -> Option<S::Made> {
        let octets = self.driver.received();
        match self.lane.hear(octets) {
            Some(heard) => Some(show.message(self.lane.id, self.lane.user, octets, &heard)),
            None => {
                self.leave_lane();
                None
            }
        }
    }

    /// Ends the turn of the lane; `false`: the turn goes on without it.
    #[inline(always)]
    fn send_answers(&mut self) -> bool {
        let Lane { key, filled, .. } = self.lane;
        if filled != 0 {
            let sent = self.driver.send_one(key, &self.lane.answers[..filled]);
            if !matches!(sent, Ok(Sent::Done(_))) {
                self.leave_lane();
                self.keep_unsent(sent);
                return false;
            }
            self.stats.octets_out += filled as u64;
        }
        debug_assert!(self.slots.get(self.turn).live.as_ref().is_some_and(|live| live.conn.is_lane_closed(&self.ws)));
        self.lane.close();
        (self.turn, self.lent) = (NONE, false);
        true
    }

    /// As [`leave_lane`](Self::leave_lane), if it is that of this connection.
    #[inline(always)]
    pub(super) fn leave_lane_of(&mut self, id: Id) {
        if self.lane.id == id {
            self.leave_lane();
        }
    }

    /// Something else is done with the connection of the lane: the turn goes on with the connection itself.
    #[cold]
    pub(super) fn leave_lane(&mut self) {
        if !self.lane.is_open() {
            return;
        }
        let Lane { received, used, filled, .. } = self.lane;
        if let Some(live) = self.slots.get_mut(self.turn).live.as_mut() {
            let left = live.conn.leave_lane(&mut self.ws, received, used, &self.lane.answers[..filled]);
            if left.is_err() {
                // Answers that were accepted would be missing from the stream.
                live.conn.abort(&mut self.ws, self.time.now);
            }
        }
        self.lane.close();
    }
}
