//! What is read and dropped behind a final response or an error: one count of it, and one bound in every phase (H1-LIM-09).
//!
//! `drain_max` holds for all of it together: content behind an early response, octets that come while what is queued leaves, and
//! those behind our half-close. While output waits, as little as possible is read: one lend, so that the peer's end is seen.

use super::next::Look;
use super::{Conn, Phase, Workspace};

impl Conn {
    /// Octets were dropped, or are about to be.
    pub(super) fn note_dropped(&mut self, octets: usize) {
        self.dropped = self.dropped.saturating_add(u32::try_from(octets).unwrap_or(u32::MAX));
        self.clock.heard_lingering();
    }

    /// Octets of records came: while the connection is being closed they count, whatever they hold.
    #[cfg(feature = "tls")]
    pub(super) fn note_records(&mut self, octets: usize) {
        if self.standing.phase != Phase::Open {
            self.note_dropped(octets);
        }
    }

    /// Whether more was dropped than `drain_max`.
    pub(super) fn has_dropped_enough(&self) -> bool {
        self.dropped > self.config.limits.drain_max
    }

    /// Whether input is worth reading while what is queued leaves.
    pub(super) fn reads_while_flushing(&self) -> bool {
        let limits = &self.config.limits;
        self.dropped < limits.lend_max.min(limits.drain_max)
    }

    /// Lingering: whether as much was dropped already as is read while output waits. An owner that can see that the peer does not take our
    /// last message, though the transport has all of it, reads no more until it does.
    pub fn has_dropped_a_lend(&self) -> bool {
        self.standing.phase == Phase::Lingering && !self.reads_while_flushing()
    }

    /// Lingering: nothing is read for now, so that the peer is not silent. The wait as a whole goes on. Answers when the owner should look
    /// again: a peer that stays like that is looked at about 25 times in the default `drain_ms`.
    pub fn put_off_linger(&mut self, now: u64) -> u64 {
        self.clock.advance(now);
        self.clock.heard_lingering();
        self.clock.next_look(&self.config.clocks, now)
    }

    /// Input while the connection is being closed (H1-CONN-07).
    #[inline(never)]
    pub(super) fn discard(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Look {
        loop {
            let (window, _, bytes) = self.input.window(&mut ws.held, lent);
            let len = bytes.len();
            if len == 0 {
                break;
            }
            self.input.consume(window, len);
            self.input.trim(&mut ws.held);
            // Records were counted when they came.
            if !self.seals() {
                self.note_dropped(len);
            }
        }
        if self.is_flooded() {
            self.shut(ws);
        }
        Look::Starved
    }

    /// Whether a closing connection has read all it ever will. While output waits, two lends more are not held against the peer: the
    /// one that went over the limit, and one that was on its way when reading stopped.
    fn is_flooded(&self) -> bool {
        let limits = &self.config.limits;
        match self.standing.phase {
            Phase::Flushing => self.dropped > limits.drain_max.saturating_add(limits.lend_max.saturating_mul(2)),
            Phase::Lingering => self.has_dropped_enough(),
            Phase::Open | Phase::Closed => false,
        }
    }
}
