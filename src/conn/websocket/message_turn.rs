//! A turn of short messages, beside the connection.
//!
//! Nearly every message is short, whole in what was received and answered at once, and nothing else is done with its connection
//! meanwhile. Then the connection is looked at once, by [`Turn::limits`](super::Turn::limits); messages are read where they were received, and
//! answers gathered here to be sent in one go. Where anything else is to be done, [`Turn::leave`](super::Turn::leave) hands the rest of the octets
//! and the answers to the connection. So a turn does less than the calls of the connection would, and nothing different.

use super::turn_limits::TurnLimits;
use crate::error::Error;
use crate::memory::{Heap, Vec};
use crate::websocket::close::PAYLOAD_MAX;
use crate::websocket::machine::{MessagePart, SHORT_HEADER, recv_fast, write_fast};

/// Octets of answers: more than nearly every turn has.
const ROOM: usize = 4096;

/// The short messages of a turn, open or not.
pub struct MessageTurn {
    /// Octets received, and how many of them are used up. Without any the turn is not open.
    received: usize,
    used: usize,
    answers: Vec<u8>,
    /// Octets of `answers` in use.
    filled: usize,
    limits: TurnLimits,
}

impl MessageTurn {
    /// What no message and no answer keeps to.
    const NOTHING: TurnLimits = TurnLimits { message_max: 0, room: 0, deflates: false };

    /// A turn that is not open. Allocates room for its answers.
    pub fn new(heap: &Heap) -> Result<Self, Error> {
        let mut answers = heap.vec(ROOM)?;
        answers.resize(ROOM, 0);
        Ok(Self { received: 0, used: 0, answers, filled: 0, limits: Self::NOTHING })
    }

    /// Whether it is open.
    #[inline(always)]
    pub fn is_open(&self) -> bool {
        self.received != 0
    }

    /// Whether octets are left that no message was read of.
    #[inline(always)]
    pub fn has_input(&self) -> bool {
        self.used != self.received
    }

    /// Opens the turn with the first message of the octets that were received. `None`: that is no short message, and the turn stays closed.
    #[inline(always)]
    pub fn open(&mut self, limits: TurnLimits, octets: &mut [u8]) -> Option<MessagePart> {
        (self.used, self.limits) = (0, limits);
        let message = self.next(octets);
        match message {
            Some(_) => self.received = octets.len(),
            None => self.close(),
        }
        message
    }

    /// The turn is over; its answers are sent or queued.
    #[inline(always)]
    pub fn close(&mut self) {
        (self.received, self.filled, self.limits.room) = (0, 0, 0);
    }

    /// The next message of the octets that were received, where it is a short one.
    #[inline(always)]
    pub fn next(&mut self, octets: &mut [u8]) -> Option<MessagePart> {
        let message = recv_fast::<true>(octets.get_mut(self.used..)?, self.limits.message_max)?;
        self.used += message.used;
        Some(MessagePart { offset: self.used - message.len, ..message })
    }

    /// Takes a whole message to be sent, where it is one that goes as it is; `false`: nothing was done, as always where the turn is not
    /// open.
    #[inline(always)]
    pub fn send(&mut self, text: bool, compressed: bool, octets: &[u8]) -> bool {
        let is_plain = !(compressed && self.limits.deflates) && octets.len() <= PAYLOAD_MAX;
        let end = self.filled + SHORT_HEADER + octets.len();
        if !is_plain || end > self.limits.room {
            return false;
        }
        let Some(frame) = self.answers.get_mut(self.filled..end) else { return false };
        if !write_fast(text, octets, frame) {
            return false;
        }
        self.filled = end;
        true
    }

    /// The answers.
    #[inline(always)]
    pub fn output(&self) -> &[u8] {
        &self.answers[..self.filled]
    }

    /// Octets received, and how many of them are used up.
    pub(super) fn input(&self) -> (usize, usize) {
        (self.received, self.used)
    }
}
