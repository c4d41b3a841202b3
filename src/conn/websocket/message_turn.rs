//! A turn of short messages, by the fast way.
//!
//! Most messages are short, complete in what was received and answered at once, with nothing else done on their
//! connection meanwhile. Then the connection is used once, by [`FastMessages::limits`](super::FastMessages::limits); messages are read
//! in place, and the output is collected here and sent in one go. For anything else,
//! [`FastMessages::take_back`](super::FastMessages::take_back) hands the rest of the input and the output to the connection. A turn does
//! nothing that the calls of the connection would not do.
//!
//! An answer that was accepted is never lost for want of memory: a block is reserved for those of a turn, and a turn
//! without one accepts none.

use super::turn_limits::TurnLimits;
use crate::conn::workspace::{Blocks, Index, NONE, Workspace};
use crate::error::Error;
use crate::memory::Vec;
use crate::websocket::close::PAYLOAD_MAX;
use crate::websocket::machine::{MessagePart, SHORT_HEADER, recv_fast, write_fast};

/// Size of the output buffer, which suffices for most turns.
const ROOM: usize = 4096;

/// A turn of short messages, open or not.
pub struct MessageTurn {
    /// Octets received (0: the turn is not open), and octets used.
    received: usize,
    used: usize,
    /// Room for answers; none without a reserve.
    answers: Vec<u8>,
    /// Octets of `answers` in use.
    filled: usize,
    /// The block that the answers go to where there is no other one, or `NONE`.
    reserve: Index,
    limits: TurnLimits,
}

impl MessageTurn {
    /// Limits that admit nothing.
    const NOTHING: TurnLimits = TurnLimits { message_max: 0, room: 0, deflates: false };

    /// A turn of connections of this workspace that is not open. Allocates its output buffer and its reserve.
    pub fn new(ws: &mut Workspace) -> Result<Self, Error> {
        let answers = ws.heap().vec(ROOM)?;
        let mut turn = Self { received: 0, used: 0, answers, filled: 0, reserve: NONE, limits: Self::NOTHING };
        turn.renew_reserve(&mut ws.blocks)?;
        Ok(turn)
    }

    /// Reserves a block again, where there is memory for one.
    #[cold]
    pub(super) fn renew_reserve(&mut self, blocks: &mut Blocks) -> Result<(), Error> {
        if self.reserve == NONE {
            self.reserve = blocks.take(ROOM)?.0;
            self.answers.resize(ROOM, 0);
        }
        Ok(())
    }

    /// The reserved block with the output in it; none is accepted until there is another one.
    #[cold]
    pub(super) fn use_reserve(&mut self, blocks: &mut Blocks) -> Index {
        let output = &self.answers[..self.filled];
        blocks.get_mut(self.reserve).extend(output.len()).copy_from_slice(output);
        self.answers.clear();
        self.filled = 0;
        core::mem::replace(&mut self.reserve, NONE)
    }

    /// Whether it is open.
    #[inline(always)]
    pub fn is_open(&self) -> bool {
        self.received != 0
    }

    /// Whether input is left.
    #[inline(always)]
    pub fn has_input(&self) -> bool {
        self.used != self.received
    }

    /// Opens the turn with the first message of the received octets. `None`: there is no short message, and the turn
    /// stays closed.
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

    /// Closes the turn; its output was sent or queued.
    #[inline(always)]
    pub fn close(&mut self) {
        (self.received, self.filled, self.limits.room) = (0, 0, 0);
    }

    /// The next message, if it is short.
    #[inline(always)]
    pub fn next(&mut self, octets: &mut [u8]) -> Option<MessagePart> {
        let message = recv_fast::<true>(octets.get_mut(self.used..)?, self.limits.message_max)?;
        self.used += message.used;
        Some(MessagePart { offset: self.used - message.len, ..message })
    }

    /// Adds a whole message to the output, if it is sent unchanged; `false`: nothing was done, as always if the turn is
    /// not open.
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

    /// The output.
    #[inline(always)]
    pub fn output(&self) -> &[u8] {
        &self.answers[..self.filled]
    }

    /// Octets received, and octets used.
    pub(super) fn input(&self) -> (usize, usize) {
        (self.received, self.used)
    }
}
