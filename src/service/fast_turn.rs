//! The fast way for a turn of short messages of one connection.
//!
//! [`MessageTurn`] has the messages. Any other call on the connection ends the fast way first: the rest of the input is
//! lent to the connection, the output is queued, and the turn continues the full way.

use super::engine::Engine;
use super::event::EventSink;
use super::id::Id;
use super::send::SendResult;
use super::slots::Live;
use crate::conn::{MessageTurn, TurnLimits, Workspace};
use crate::error::Error;
use crate::io::driver::{Key, Sent};
use crate::websocket::machine::MessagePart;
use core::ffi::c_void;

/// The turn of short messages, if one is open.
pub(super) struct FastTurn {
    id: Id,
    user: *mut c_void,
    key: Key,
    turn: MessageTurn,
}

impl FastTurn {
    pub fn new(ws: &mut Workspace) -> Result<Self, Error> {
        Ok(Self { id: Id::NONE, user: core::ptr::null_mut(), key: Key::NONE, turn: MessageTurn::new(ws)? })
    }

    #[inline(always)]
    pub fn is_open(&self) -> bool {
        self.turn.is_open()
    }

    /// Whether input is left.
    #[inline(always)]
    pub fn has_input(&self) -> bool {
        self.turn.has_input()
    }

    /// The connection of the turn.
    #[inline(always)]
    pub fn id(&self) -> Id {
        self.id
    }

    /// Opens a turn with the first message of the received octets; `None`: there is no short message, and no turn is
    /// opened.
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

    /// Adds a whole message to the output, if it is for this connection and sent unchanged. `false`: nothing was done.
    #[inline(always)]
    pub fn answer(&mut self, id: Id, text: bool, compressed: bool, octets: &[u8]) -> bool {
        self.id == id && self.turn.send(text, compressed, octets)
    }

    /// Delivers the next message; `None`: the rest does not begin with a short message.
    #[inline(always)]
    pub fn next<S: EventSink>(&mut self, octets: &mut [u8], sink: &mut S) -> Option<S::Output> {
        let message = self.turn.next(octets)?;
        Some(sink.message(self.id, self.user, octets, &message))
    }

    /// Sends the output and closes the turn. On an error the driver did not send all of it; `None`: it was not asked, since
    /// it may hold sends, and the buffer is written again before a held send is complete.
    #[inline(always)]
    pub fn send(&mut self, engine: &mut Engine) -> Result<(), Option<SendResult>> {
        let output = self.turn.output();
        if !output.is_empty() {
            let Some(mut driver) = engine.driver_mut().native() else { return Err(None) };
            let sent = driver.send_one(self.key, output);
            if !matches!(sent, Ok(Sent::Done(_))) {
                return Err(Some(sent));
            }
            engine.stats_mut().octets_out += output.len() as u64;
        }
        self.turn.close();
        Ok(())
    }

    /// Closes the turn and hands back to the connection: lends the rest of the input and queues the output.
    pub fn hand_back(&mut self, live: &mut Live, engine: &mut Engine) {
        live.conn.fast_messages(engine.workspace_mut()).take_back(&mut self.turn);
    }
}
