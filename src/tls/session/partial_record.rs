//! What is stored between lends: an incomplete record, and the records of an incomplete handshake message.

use crate::error::{Code, Error, Fault};
use crate::memory::{Heap, NO_MEMORY, Vec};
use crate::tls::record::RECORD_MAX;

/// A handshake message has at most 64 KiB (a rustls limit); in records of reasonable size it fits, with the record that
/// completes it.
const PENDING_MAX: usize = (1 << 16) + 2 * RECORD_MAX;

static LONG: Fault =
    Fault::new(Code::TooLarge, 0, c"TLS-07", c"a TLS handshake message is spread over too many records");

/// Octets stored for the next lend. Has memory only while there are any.
pub(super) struct PartialRecord {
    octets: Vec<u8>,
    /// How many at the front rustls has processed and still refers to.
    processed: usize,
}

impl PartialRecord {
    pub fn new(heap: &Heap) -> Self {
        Self { octets: Vec::new_in(heap.clone()), processed: 0 }
    }

    /// Whether nothing is stored.
    pub fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }

    /// The incomplete record.
    pub fn record(&self) -> &[u8] {
        &self.octets[self.processed..]
    }

    /// The octets that rustls has processed and still refers to.
    pub fn processed_mut(&mut self) -> &mut [u8] {
        &mut self.octets[..self.processed]
    }

    /// All octets.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// All octets, mutable.
    pub fn octets_mut(&mut self) -> &mut [u8] {
        &mut self.octets
    }

    pub fn len(&self) -> usize {
        self.octets.len()
    }

    /// Memory in octets.
    pub fn memory(&self) -> usize {
        self.octets.capacity()
    }

    /// Stores `octets` when nothing is stored yet. rustls has processed the first `processed`; a record of `record`
    /// octets is expected.
    pub fn begin(&mut self, octets: &[u8], processed: usize, record: usize) -> Result<(), Error> {
        if octets.is_empty() {
            return Ok(());
        }
        self.processed = processed;
        self.append(octets, record)
    }

    /// Appends `octets`; a record of `record` octets is expected. The peer announces that length, so the memory is at
    /// most twice what arrived, and at most the record (H1-LIM-07).
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
        // A fill and a copy: `extend_from_slice` of this vector copies octet by octet.
        self.octets.resize(len, 0);
        self.octets[start..].copy_from_slice(octets);
        Ok(())
    }

    /// rustls has processed everything and refers to the last `pending` octets.
    pub fn mark_processed(&mut self, pending: usize) {
        let used = self.octets.len() - pending;
        self.octets.drain(..used);
        self.processed = pending;
        if pending == 0 {
            self.release();
        }
    }

    /// Takes the first `len` octets with their memory; nothing is stored then.
    pub fn take(&mut self, len: usize) -> Vec<u8> {
        let empty = Vec::new_in(self.octets.allocator().clone());
        let mut octets = core::mem::replace(&mut self.octets, empty);
        octets.truncate(len);
        self.processed = 0;
        octets
    }

    /// Frees the memory.
    pub fn release(&mut self) {
        self.take(0);
    }
}
