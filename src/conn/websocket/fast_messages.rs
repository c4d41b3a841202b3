//! The short way of a server's messages: nearly every one is short, whole in the lend, and nothing else is on.

use super::message_turn::MessageTurn;
use super::turn_limits::TurnLimits;
use crate::conn::ending::Ending;
use crate::conn::event::Window;
use crate::conn::parts::Parts;
use crate::conn::workspace::Workspace;
use crate::error::Error;
use crate::websocket::close::PAYLOAD_MAX;
use crate::websocket::machine::{MessagePart, SHORT_HEADER, recv_fast, write_fast};

/// What a look for a short message led to.
pub enum Next {
    /// It lies in the lend like this.
    Message(MessagePart),
    /// There is none: the lend is used up, and over.
    Drained,
    /// There is none: the full way has to look, and nothing was done.
    Other,
}

/// A WebSocket in a turn of short messages.
pub struct FastMessages<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> FastMessages<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// The next message, where nothing else has to be looked at.
    #[inline(always)]
    pub fn next(&mut self, lent: &mut [u8]) -> Next {
        if !self.may_recv_fast() || self.parts.is_full() {
            return Next::Other;
        }
        let (base, bytes) = self.parts.recv.rest_of_lend_mut(lent);
        if bytes.is_empty() {
            self.parts.recv.end_lend();
            return Next::Drained;
        }
        let limits = &self.parts.config.messages;
        let Some(part) = recv_fast::<true>(bytes, limits.message_max.min(limits.frame_max)) else {
            return Next::Other;
        };
        self.parts.recv.consume(Window::Lent, part.used);
        self.parts.timers.on_message();
        Next::Message(MessagePart { offset: base as usize + part.offset, ..part })
    }

    /// Queues a whole message where it is a short one, and nothing has to be decided about it. `false`: nothing was done.
    #[inline(always)]
    pub fn send(&mut self, text: bool, compressed: bool, octets: &[u8]) -> bool {
        let Some(socket) = self.parts.protocol.websocket() else { return false };
        let outgoing = socket.machine.outgoing();
        let is_plain = !(compressed && outgoing.deflates()) && outgoing.may_send_fast();
        if octets.len() > PAYLOAD_MAX || !is_plain || self.parts.is_full() {
            return false;
        }
        let len = SHORT_HEADER + octets.len();
        let Ok(frame) = self.parts.queue.extend(&mut self.ws.blocks, len) else { return false };
        let is_written = write_fast(text, octets, frame);
        if !is_written {
            self.parts.queue.retract(&mut self.ws.blocks, len);
        }
        is_written
    }

    /// Ends a turn: what is left of its octets is lent to the connection, and its answers are queued. Fails with `Nomem`. The answers,
    /// which were accepted, are lost then, so the connection ends by a reset and its owner is told why.
    pub fn take_back(&mut self, turn: &mut MessageTurn) -> Result<(), Error> {
        let (received, used) = turn.input();
        self.parts.recv.lend(received);
        self.parts.recv.consume(Window::Lent, used);
        let queued = self.parts.queue.append(&mut self.ws.blocks, turn.output());
        turn.close();
        queued.inspect_err(|&error| {
            Ending::of(self.parts, self.ws).close_now_for(error);
            self.parts.sides.cut_off();
        })
    }

    /// Whether the next frame may be a message for the owner that takes nothing else into account.
    #[inline(always)]
    fn may_recv_fast(&self) -> bool {
        let Some(socket) = self.parts.protocol.websocket() else { return false };
        let is_plain = self.parts.lifecycle.is_plain() && self.parts.queue.is_plain() && !self.parts.recv.is_held();
        is_plain && socket.machine.may_recv_fast()
    }

    /// What a [`MessageTurn`] keeps to that is opened now with `lent` octets; `None`: something else is on, and none may be opened. Nothing else
    /// is done with the connection until the turn is closed, its answers being sent, or [left](Self::take_back).
    #[inline(always)]
    pub fn limits(&self, lent: usize) -> Option<TurnLimits> {
        if !self.may_recv_fast() || !self.parts.timers.waits_for_frame() || self.parts.recv.is_lent() {
            return None;
        }
        let socket = self.parts.protocol.websocket().filter(|socket| socket.machine.outgoing().may_send_fast())?;
        let (limits, messages) = (&self.parts.config.limits, &self.parts.config.messages);
        if self.parts.queue.queued() != 0 || lent > limits.lend_max as usize {
            return None;
        }
        let message_max = messages.message_max.min(messages.frame_max);
        Some(TurnLimits {
            message_max,
            room: limits.high_water as usize,
            deflates: socket.machine.outgoing().deflates(),
        })
    }
}

#[cfg(test)]
mod tests;
