//! What is kept of one lend for the next: a record that was cut, and the records of a handshake message that goes on.

use crate::error::{Code, Error, Fault};
use crate::memory::{Heap, NO_MEMORY, Vec};
use crate::tls::record::RECORD_MAX;

/// A handshake message has at most 64 KiB (rustls refuses longer ones); in records of a sensible size it fits, with the
/// record that completes it.
const PENDING_MAX: usize = (1 << 16) + 2 * RECORD_MAX;

static LONG: Fault =
    Fault::new(Code::TooLarge, 0, c"TLS-07", c"a TLS handshake message is spread over too many records");

/// Octets that wait for the next lend, in memory that is only there while they are.
pub(super) struct PartialRecord {
    octets: Vec<u8>,
    /// How many of them, at the front, rustls has seen and keeps.
    processed: usize,
}

impl PartialRecord {
    pub fn new(heap: &Heap) -> Self {
        Self { octets: Vec::new_in(heap.clone()), processed: 0 }
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }

    /// The record that is not whole yet.
    pub fn record(&self) -> &[u8] {
        &self.octets[self.processed..]
    }

    /// What rustls has seen and keeps.
    pub fn processed_mut(&mut self) -> &mut [u8] {
        &mut self.octets[..self.processed]
    }

    /// Everything.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// Everything, to be rewritten in place.
    pub fn octets_mut(&mut self) -> &mut [u8] {
        &mut self.octets
    }

    pub fn len(&self) -> usize {
        self.octets.len()
    }

    /// Octets of memory.
    pub fn memory(&self) -> usize {
        self.octets.capacity()
    }

    /// Keeps `octets`, the first `seen` of which rustls has seen; a record of `record` octets is to come. Nothing is kept yet.
    pub fn begin(&mut self, octets: &[u8], processed: usize, record: usize) -> Result<(), Error> {
        if octets.is_empty() {
            return Ok(());
        }
        self.processed = processed;
        self.append(octets, record)
    }

    /// Keeps `octets` behind what is kept; a record of `record` octets is to come. It is the peer that says how long the record is, so the
    /// memory is twice what came at most, and not more than the record takes (H1-LIM-07).
    pub fn append(&mut self, octets: &[u8], record: usize) -> Result<(), Error> {
        let len = self.octets.len() + octets.len();
        if len > PENDING_MAX {
            return Err(LONG.at(0));
        }
        if len > self.octets.capacity() {
            let wanted = len.max((self.processed + record).min(2 * len));
            self.octets.try_reserve_exact(wanted - self.octets.len()).map_err(|_| NO_MEMORY)?;
        }
        let start = self.octets.len();
        // One fill and one copy; `extend_from_slice` goes octet by octet in this vector.
        self.octets.resize(len, 0);
        self.octets[start..].copy_from_slice(octets);
        Ok(())
    }

    /// rustls has seen everything, and keeps the last `kept` octets.
    pub fn mark_processed(&mut self, pending: usize) {
        let used = self.octets.len() - pending;
        self.octets.drain(..used);
        self.processed = pending;
        if pending == 0 {
            self.release();
        }
    }

    /// The first `len` octets alone, with their memory; nothing is kept any more.
    pub fn take(&mut self, len: usize) -> Vec<u8> {
        let empty = Vec::new_in(self.octets.allocator().clone());
        let mut octets = core::mem::replace(&mut self.octets, empty);
        octets.truncate(len);
        self.processed = 0;
        octets
    }

    /// Gives the memory back.
    pub fn release(&mut self) {
        self.take(0);
    }
}
