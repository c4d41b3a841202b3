//! What is read of a peer while the connection is being closed, and dropped (H1-CONN-07, H1-LIM-09).

use super::next::Look;
use super::{Conn, Phase, Workspace};

impl Conn {
    /// Octets were dropped, or are about to be.
    pub(super) fn note_dropped(&mut self, octets: usize) {
        self.dropped.add(octets);
        self.timers.heard_lingering();
    }

    /// Octets of records came: while the connection is being closed they count, whatever they hold.
    pub(super) fn note_records(&mut self, octets: usize) {
        if !self.lifecycle.is_open() {
            self.note_dropped(octets);
        }
    }

    /// Lingering: whether as much was dropped already as is read while output waits. An owner that can see that the peer does not take our
    /// last message, though the transport has all of it, reads no more until it does.
    pub fn has_dropped_a_lend(&self) -> bool {
        self.lifecycle.phase() == Phase::Lingering && !self.dropped.is_less_than_a_lend(&self.config.limits)
    }

    /// Lingering: nothing is read for now, so that the peer is not silent. The wait as a whole goes on. Answers when the owner should look
    /// again: a peer that stays like that is looked at about 25 times in the default `drain_ms`.
    pub fn put_off_linger(&mut self, now: u64) -> u64 {
        self.timers.advance(now);
        self.timers.heard_lingering();
        self.timers.next_look(&self.config.clocks, now)
    }

    /// Input while the connection is being closed.
    #[inline(never)]
    pub(super) fn discard(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Look {
        loop {
            let (window, _, bytes) = self.recv.window(&mut ws.held, lent);
            let len = bytes.len();
            if len == 0 {
                break;
            }
            self.recv.consume(window, len);
            self.recv.trim(&mut ws.held);
            // Records were counted when they came.
            if !self.seals() {
                self.note_dropped(len);
            }
        }
        if self.dropped.is_flood(self.lifecycle.phase(), &self.config.limits) {
            self.close_now(ws);
        }
        Look::Starved
    }
}
