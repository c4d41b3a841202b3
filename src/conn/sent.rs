//! Handles sent output: it leaves the queue, room is reported, and closing advances.

use super::ending::Ending;
use super::http1::ExpectContinue;
use super::parts::Parts;
use super::sealing::Sealing;
use super::websocket::Control;
use super::workspace::Workspace;
use crate::error::Error;
use crate::http1::machine::NOT_NOW;

/// A connection whose output was sent.
pub struct Sent<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Sent<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// The transport accepted the first `n` octets of the output. Fails with `State` if fewer are queued.
    #[inline(always)]
    pub fn sent(&mut self, n: usize, now: u64) -> Result<(), Error> {
        if !self.is_only_piece(n) {
            return self.sent_in_full(n, now);
        }
        self.parts.timers.advance(now);
        self.parts.queue.sent_only_piece(&mut self.ws.blocks);
        self.parts.timers.output(false, true);
        Ok(())
    }

    /// Whether these octets are all of the output, in one piece, and sending them has no further effect.
    #[inline(always)]
    fn is_only_piece(&self, n: usize) -> bool {
        let is_plain = self.parts.is_plain_but_head();
        is_plain && n == self.parts.queue.queued() && self.parts.queue.has_only_piece(&self.ws.blocks)
    }

    #[inline(never)]
    pub fn sent_in_full(&mut self, n: usize, now: u64) -> Result<(), Error> {
        self.parts.timers.advance(now);
        if self.parts.lifecycle.is_secured() {
            Sealing::of(self.parts, self.ws).sent_records(n)?;
        } else if n > self.parts.queue.queued() {
            return Err(NOT_NOW);
        } else {
            self.parts.queue.sent(&mut self.ws.blocks, n);
        }
        let queued = self.parts.queue.queued();
        self.parts.timers.output(self.parts.has_output(), n > 0);
        if self.parts.queue.was_refused() && queued <= self.parts.config.limits.low_water as usize {
            let is_due = self.parts.queue.make_room();
            self.parts.lifecycle.set_writable_due(is_due);
            Control::of(self.parts, self.ws).queue_waiting_pong();
            ExpectContinue::of(self.parts, self.ws).send_waiting();
        }
        Ending::of(self.parts, self.ws).flushed();
        Ok(())
    }
}
