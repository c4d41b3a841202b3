//! A turn of short messages, beside the connection: nearly every message of a WebSocket is short, whole in what was received and
//! answered at once, and nothing else is done with its connection meanwhile. Then the connection is looked at when the turn
//! begins; messages are heard where they were received and answers gathered here, to be sent when it ends.
//!
//! Whatever else is done with that connection leaves the lane first: what is left of the octets is lent to it, the answers are
//! queued, and the turn goes on as others do. So a lane only ever does less than a turn of the connection and calls by id would, and
//! nothing different.

use super::engine::Engine;
use super::event::EventSink;
use super::id::Id;
use super::slots::Live;
use crate::conn;
use crate::error::Error;
use crate::io::driver::{Key, Sent};
use crate::memory::{Heap, Vec};
use crate::websocket::close::PAYLOAD_MAX;
use crate::websocket::machine::{MessagePart, SHORT_HEADER, recv_fast, write_fast};
use core::ffi::c_void;
use std::io;

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
    pub fn is_open(&self) -> bool {
        self.received != 0
    }

    /// Whether octets are left that no message was heard of.
    #[inline(always)]
    pub fn has_input(&self) -> bool {
        self.used != self.received
    }

    /// The connection of the lane.
    #[inline(always)]
    pub fn id(&self) -> Id {
        self.id
    }

    /// Opens the lane with the first of the octets that were received for a connection; `None`: that is no short message, and the lane
    /// stays closed.
    #[inline(always)]
    pub fn open(
        &mut self,
        (id, user, key): (Id, *mut c_void, Key),
        terms: conn::Lane,
        received: usize,
        octets: &mut [u8],
    ) -> Option<MessagePart> {
        (self.id, self.user, self.key, self.used, self.terms) = (id, user, key, 0, terms);
        let heard = self.hear(octets);
        match heard {
            Some(_) => self.received = received,
            None => self.close(),
        }
        heard
    }

    #[inline(always)]
    fn close(&mut self) {
        (self.received, self.filled, self.terms.room) = (0, 0, 0);
    }

    /// The next message, where it is a short one; all of `octets` were received.
    #[inline(always)]
    fn hear(&mut self, octets: &mut [u8]) -> Option<MessagePart> {
        let heard = recv_fast::<true>(octets.get_mut(self.used..)?, self.terms.message_max)?;
        self.used += heard.used;
        Some(MessagePart { offset: self.used - heard.len, ..heard })
    }

    /// Takes a whole message for a connection, where that is the lane's, and the message one to go as it is; `false`: nothing was
    /// done.
    #[inline(always)]
    pub fn answer(&mut self, id: Id, text: bool, compressed: bool, octets: &[u8]) -> bool {
        let is_plain = !(compressed && self.terms.deflates) && octets.len() <= PAYLOAD_MAX;
        let end = self.filled + SHORT_HEADER + octets.len();
        if self.id != id || !is_plain || end > self.terms.room {
            return false;
        }
        let Some(frame) = self.answers.get_mut(self.filled..end) else { return false };
        if !write_fast(text, octets, frame) {
            return false;
        }
        self.filled = end;
        true
    }

    /// What is made of the next message of the octets that were received; `None`: what is left is no short one.
    #[inline(always)]
    pub fn next<S: EventSink>(&mut self, octets: &mut [u8], sink: &mut S) -> Option<S::Made> {
        let heard = self.hear(octets)?;
        Some(sink.message(self.id, self.user, octets, &heard))
    }

    /// Sends the answers and closes the lane; an error: what became of them, where the driver did not take all.
    #[inline(always)]
    pub fn send(&mut self, engine: &mut Engine) -> Result<(), io::Result<Sent>> {
        let filled = self.filled;
        if filled != 0 {
            let sent = engine.driver_mut().send_one(self.key, &self.answers[..filled]);
            if !matches!(sent, Ok(Sent::Done(_))) {
                return Err(sent);
            }
            engine.stats_mut().octets_out += filled as u64;
        }
        self.close();
        Ok(())
    }

    /// Closes the lane: what is left of the octets is lent to its connection, and the answers are queued; whether they are. Without
    /// memory for them the connection has ended.
    pub fn leave(&mut self, live: &mut Live, engine: &mut Engine) -> bool {
        let answers = &self.answers[..self.filled];
        let left = live.conn.turn(engine.workspace_mut()).leave_lane(self.received, self.used, answers);
        self.close();
        left.is_ok()
    }
}
