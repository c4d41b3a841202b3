//! The short way of a server's messages: nearly every one is short, whole in the lend, and nothing else is on.

use crate::conn::Conn;
use crate::conn::bits;
use crate::conn::event::{Event, Rest, Span, Window};
use crate::conn::workspace::Workspace;
use crate::error::Error;
use crate::narrow::place;
use crate::websocket::machine::hear_whole;

/// What a [lane](Conn::open_lane) goes by.
#[derive(Clone, Copy, Debug)]
pub struct Lane {
    /// The most octets of a message.
    pub message_max: u64,
    /// The most octets of answers.
    pub room: usize,
    /// Whether messages that may be compressed are to be.
    pub deflates: bool,
}

impl Conn {
    /// [`Conn::next`] of a WebSocket.
    #[inline(always)]
    pub(in crate::conn) fn next_frame(
        &mut self,
        ws: &mut Workspace,
        lent: &mut [u8],
    ) -> Result<Result<Event, Rest>, Error> {
        if !self.waits_plainly() || self.is_full() {
            return self.next_in_full(ws, lent);
        }
        let (base, bytes) = self.recv.rest_of_lend_mut(lent);
        if bytes.is_empty() {
            self.recv.end_lend();
            return Ok(Err(Rest::Idle));
        }
        let limits = &self.config.messages;
        let Some(heard) = hear_whole::<true>(bytes, limits.message_max.min(limits.frame_max)) else {
            return self.next_in_full(ws, lent);
        };
        self.recv.consume(Window::Lent, heard.used);
        self.timers.heard_message();
        let span = Span { window: Window::Lent, offset: base + place(heard.offset), len: place(heard.len) };
        Ok(Ok(Event::Message { span, text: heard.text, first: true, last: true }))
    }

    /// Whether the next frame may be a message for the owner that takes nothing else into account.
    #[inline(always)]
    fn waits_plainly(&self) -> bool {
        let Some(socket) = self.machine.kept() else { return false };
        let is_plain = self.lifecycle.is_plain() && self.queue.is_plain() && !self.recv.is_held();
        is_plain && socket.machine.hears_plainly() && !self.config.whole_messages
    }

    /// Whether short messages may pass beside the connection: heard by [`hear_whole`] from the next lend, answered with frames of
    /// whole messages that wait elsewhere, and nothing else done with the connection until the lane is left, or closed. The
    /// answers are then sent: no lane is opened while anything else is on.
    #[inline(always)]
    pub fn open_lane(&self, lent: usize) -> Option<Lane> {
        if !self.waits_plainly() || !self.timers.waits_for_frame() || self.recv.is_lent() {
            return None;
        }
        let socket = self.machine.kept().filter(|socket| socket.machine.says_plainly())?;
        let (limits, messages) = (&self.config.limits, &self.config.messages);
        if self.queue.queued() != 0 || lent > limits.lend_max as usize {
            return None;
        }
        let message_max = messages.message_max.min(messages.frame_max);
        Some(Lane { message_max, room: limits.high_water as usize, deflates: socket.machine.deflates() })
    }

    /// A message was heard in the lane. The deadline is only ever put off.
    #[inline(always)]
    pub fn heard_in_lane(&mut self, now: u64) {
        self.timers.advance(now);
        self.timers.heard_message();
    }

    /// The lend of the lane goes on as one of `len` octets, of which `used` are used up, and the answers are queued. Fails with
    /// `Nomem`. The answers, which were accepted, are lost then, so the connection ends and its owner is told why.
    pub fn leave_lane(&mut self, ws: &mut Workspace, len: usize, used: usize, answers: &[u8]) -> Result<(), Error> {
        self.recv.lend(len);
        self.recv.consume(Window::Lent, used);
        self.queue.append(&mut ws.blocks, answers).inspect_err(|&error| self.close_by_reset_for(ws, error))
    }

    /// Whether the connection stands as it did when the lane was opened.
    pub fn is_lane_closed(&self, ws: &Workspace) -> bool {
        self.timers.waits_for_frame() && self.state_in_full(ws) == bits::WANT_READ
    }
}

#[cfg(test)]
mod tests;
