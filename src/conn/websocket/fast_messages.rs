//! The fast way of a server's messages: nearly all are short and whole in the lend, with nothing else in progress.

use super::message_turn::MessageTurn;
use super::turn_limits::TurnLimits;
use crate::conn::event::Window;
use crate::conn::parts::Parts;
use crate::conn::workspace::Workspace;
use crate::websocket::close::PAYLOAD_MAX;
use crate::websocket::machine::{MessagePart, SHORT_HEADER, recv_fast, write_fast};

/// The outcome of receiving a short message.
pub enum Next {
    /// A message at this place of the lend.
    Message(MessagePart),
    /// The lend is used up, and over.
    Drained,
    /// Use the full way; nothing was done.
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

    /// The next message, if it is short and nothing else is in progress.
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
        let Some(part) = recv_fast::<true>(bytes, self.parts.config.messages.one_frame_max()) else {
            return Next::Other;
        };
        self.parts.recv.consume(Window::Lent, part.used);
        self.parts.timers.on_message();
        Next::Message(MessagePart { offset: base as usize + part.offset, ..part })
    }

    /// Queues a whole message if it is short and needs no further decision. `false`: nothing was done.
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

    /// Ends a turn: what is left of its octets is lent to the connection, and its answers are queued. They were accepted, so where there
    /// is no memory for them they go out in the block that was reserved.
    pub fn take_back(&mut self, turn: &mut MessageTurn) {
        let (received, used) = turn.input();
        self.parts.recv.lend(received);
        self.parts.recv.consume(Window::Lent, used);
        if self.parts.queue.append(&mut self.ws.blocks, turn.output()).is_err() {
            let reserve = turn.use_reserve(&mut self.ws.blocks);
            self.parts.queue.attach(&mut self.ws.blocks, reserve);
        }
        turn.close();
        // Without one no answers are accepted beside the connection, until a later turn finds the memory.
        let _ = turn.renew_reserve(&mut self.ws.blocks);
    }

    /// Whether the next frame may be delivered as a message with no other checks.
    #[inline(always)]
    fn may_recv_fast(&self) -> bool {
        let Some(socket) = self.parts.protocol.websocket() else { return false };
        self.parts.is_plain() && !self.parts.recv.is_held() && socket.machine.may_recv_fast()
    }

    /// The limits of a [`MessageTurn`] opened now with `lent` octets; `None`: something else is in progress, and none
    /// may be opened. The connection must not be used until the turn is closed, with its output sent, or [taken
    /// back](Self::take_back).
    #[inline(always)]
    pub fn limits(&self, lent: usize) -> Option<TurnLimits> {
        if !self.may_recv_fast() || !self.parts.timers.waits_for_frame() || self.parts.recv.is_lent() {
            return None;
        }
        let socket = self.parts.protocol.websocket().filter(|socket| socket.machine.outgoing().may_send_fast())?;
        let limits = &self.parts.config.limits;
        if self.parts.queue.queued() != 0 || lent > limits.lend_max as usize {
            return None;
        }
        Some(TurnLimits {
            message_max: self.parts.config.messages.one_frame_max(),
            room: limits.high_water as usize,
            deflates: socket.machine.outgoing().deflates(),
        })
    }
}

#[cfg(test)]
mod tests;
