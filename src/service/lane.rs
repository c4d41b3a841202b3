//! The turn of short messages that is open, and whose it is.
//!
//! The messages are [`MessageTurn`]'s. Whatever else is done with that connection leaves the lane first: what is left of the octets is
//! lent to it, the answers are queued, and the turn goes on as others do.

use super::engine::Engine;
use super::event::EventSink;
use super::id::Id;
use super::slots::Live;
use crate::conn::{MessageTurn, TurnLimits};
use crate::error::Error;
use crate::io::driver::{Key, Sent};
use crate::memory::Heap;
use crate::websocket::machine::MessagePart;
use core::ffi::c_void;
use std::io;

/// The lane, open or not.
pub(super) struct Lane {
    id: Id,
    user: *mut c_void,
    key: Key,
    turn: MessageTurn,
}

impl Lane {
    pub fn new(heap: &Heap) -> Result<Self, Error> {
        Ok(Self { id: Id::NONE, user: core::ptr::null_mut(), key: Key::NONE, turn: MessageTurn::new(heap)? })
    }

    #[inline(always)]
    pub fn is_open(&self) -> bool {
        self.turn.is_open()
    }

    /// Whether octets are left that no message was read of.
    #[inline(always)]
    pub fn has_input(&self) -> bool {
        self.turn.has_input()
    }

    /// The connection of the lane.
    #[inline(always)]
    pub fn id(&self) -> Id {
        self.id
    }

    /// Opens the lane with the first message of the octets that were received for a connection; `None`: that is no short message, and the
    /// lane stays closed.
    #[inline(always)]
    pub fn open(
        &mut self,
        (id, user, key): (Id, *mut c_void, Key),
        limits: TurnLimits,
        octets: &mut [u8],
    ) -> Option<MessagePart> {
        (self.id, self.user, self.key) = (id, user, key);
        self.turn.open(limits, octets)
    }

    /// Takes a whole message for a connection, where that is the lane's, and the message one to go as it is; `false`: nothing was
    /// done.
    #[inline(always)]
    pub fn answer(&mut self, id: Id, text: bool, compressed: bool, octets: &[u8]) -> bool {
        self.id == id && self.turn.send(text, compressed, octets)
    }

    /// What is made of the next message of the octets that were received; `None`: what is left is no short one.
    #[inline(always)]
    pub fn next<S: EventSink>(&mut self, octets: &mut [u8], sink: &mut S) -> Option<S::Made> {
        let message = self.turn.next(octets)?;
        Some(sink.message(self.id, self.user, octets, &message))
    }

    /// Sends the answers and closes the lane; an error: what became of them, where the driver did not take all.
    #[inline(always)]
    pub fn send(&mut self, engine: &mut Engine) -> Result<(), io::Result<Sent>> {
        let output = self.turn.output();
        if !output.is_empty() {
            let sent = engine.driver_mut().send_one(self.key, output);
            if !matches!(sent, Ok(Sent::Done(_))) {
                return Err(sent);
            }
            engine.stats_mut().octets_out += output.len() as u64;
        }
        self.turn.close();
        Ok(())
    }

    /// Closes the lane: what is left of the octets is lent to its connection, and the answers are queued; whether they are. Without
    /// memory for them the connection has ended.
    pub fn leave(&mut self, live: &mut Live, engine: &mut Engine) -> bool {
        live.conn.turn(engine.workspace_mut()).leave(&mut self.turn).is_ok()
    }
}
