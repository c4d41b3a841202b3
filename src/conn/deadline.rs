//! The deadline of a connection. At the end of each turn the clock of the current wait starts, goes on or stops, depending
//! on whose turn it is; then the earliest end is taken. [`State::running`] decides whose turn it is, and
//! [`Timers`](super::timers::Timers) keeps the times.

use super::parts::Parts;
use super::state::State;
use super::timers::Running;
use super::workspace::Workspace;

/// A connection at the end of a turn.
pub struct Deadline<'a> {
    parts: &'a mut Parts,
    ws: &'a Workspace,
}

impl<'a> Deadline<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a Workspace) -> Self {
        Self { parts, ws }
    }

    /// When the first wait is over, in the owner's milliseconds; `u64::MAX`: no wait is on.
    #[inline(always)]
    pub fn at(mut self, now: u64) -> u64 {
        self.parts.timers.advance(now);
        self.parts.timers.output(self.parts.has_output(), false);
        if !State::of(self.parts, self.ws).is_peers_turn() {
            return self.in_full(now);
        }
        self.parts.timers.settle(true);
        let deadline = self.parts.timers.peer_deadline(&self.parts.config.clocks, now);
        debug_assert_eq!(self.in_full(now), deadline);
        deadline
    }

    /// The same for a connection at rest, with output below the high-water mark.
    pub fn behind_output(&mut self, now: u64) -> u64 {
        let timers = &mut self.parts.timers;
        timers.advance(now);
        timers.output(true, false);
        let peer = !timers.follows_output(self.parts.sides.role());
        timers.settle(peer);
        let running = Running { peer, answer: false, peer_ended: false, handshake: None, any: true };
        timers.deadline(&self.parts.config.clocks, running, now)
    }

    #[inline(never)]
    pub fn in_full(&mut self, now: u64) -> u64 {
        let running = self.settle();
        self.parts.timers.deadline(&self.parts.config.clocks, running, now)
    }

    /// Lets the clock run in the peer's turn and in the application's, and stops it otherwise, as of the last time.
    pub fn settle(&mut self) -> Running {
        let running = State::of(self.parts, self.ws).running();
        self.parts.timers.settle(running.peer || running.answer);
        running
    }
}
