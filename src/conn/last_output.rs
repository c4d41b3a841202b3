//! The last output of a turn: one stretch, behind which nothing is on. `docs/pairs.md` lists the full ways.

use super::bits;
use super::deadline::Deadline;
use super::parts::Parts;
use super::state::State;
use super::workspace::Workspace;

/// All output of a connection at rest, as [`Shown::last_piece`](super::shown::Shown::last_piece) shows it.
pub struct LastOutput<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> LastOutput<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// [`Conn::sent_all`](super::Conn::sent_all).
    #[inline(always)]
    pub fn sent(self, now: u64) -> u64 {
        self.parts.queue.sent_only_piece(&mut self.ws.blocks);
        let deadline = self.parts.timers.on_idle(now, &self.parts.config.clocks);
        debug_assert_eq!(Deadline::of(self.parts, self.ws).in_full(now), deadline);
        debug_assert_eq!(State::of(self.parts, self.ws).state_in_full() & !bits::IDLE, bits::WANT_READ);
        deadline
    }

    /// The transport reads it from now on: [`Conn::hold_output`](super::Conn::hold_output) and
    /// [`Conn::deadline`](super::Conn::deadline) in one. It is below the high-water mark, so the state is `WANT_READ` and
    /// `WANT_WRITE` then, and `IDLE` without a WebSocket.
    pub fn hold(self, now: u64) -> u64 {
        debug_assert!(!self.parts.is_full());
        let deadline = Deadline::of(self.parts, self.ws).behind_output(now);
        debug_assert_eq!(Deadline::of(self.parts, self.ws).in_full(now), deadline);
        let state = State::of(self.parts, self.ws);
        debug_assert_eq!(state.state_in_full() & !(bits::IDLE | bits::WANT_WRITE), bits::WANT_READ);
        self.parts.queue.set_held(true);
        deadline
    }

    /// The transport reads the output no more, of which it sent `n` octets: if these are all there is and still nothing else is
    /// on, [`Conn::let_go`](super::Conn::let_go) and [`Self::sent`]. `None`: only the former.
    pub fn let_go(self, n: usize, now: u64) -> Option<u64> {
        self.parts.output_mut().set_held(false);
        let parts = &self.parts;
        let is_over = parts.is_at_rest() && n == parts.queue.queued() && !parts.recv.is_evicted(&self.ws.held);
        (is_over && parts.queue.has_only_piece(&self.ws.blocks)).then(|| self.sent(now))
    }
}

#[cfg(test)]
mod tests;
