//! A queue whose octets leave it for another one, of TLS records, and count as its own until those are sent: marks, clocks and
//! closing then need not know of TLS.

use super::Output;
use crate::conn::workspace::Blocks;

impl Output {
    /// The first `n` octets have become `records` octets of the other queue.
    pub fn sealed(&mut self, blocks: &mut Blocks, n: usize, records: usize) {
        self.queued += records;
        self.sent(blocks, n);
    }

    /// The other queue has grown by so many octets.
    pub fn count(&mut self, octets: usize) {
        self.queued += octets;
    }

    /// So many octets of the other queue have been sent.
    pub fn uncount(&mut self, octets: usize) {
        self.queued -= octets;
    }
}
