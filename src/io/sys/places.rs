//! Places of octets by address and length, read as the system reads them: an invalid one is an error.

use super::gather::Gather;
use super::memory;
use std::io;

/// Where the octets of one send are.
pub struct Places(Vec<(usize, usize)>);

impl Places {
    /// Those of a send, which its owner keeps in place.
    pub fn of(octets: &Gather<'_>) -> Self {
        Self(octets.places().collect())
    }

    /// Total length.
    pub fn octets(&self) -> usize {
        self.0.iter().map(|(_, len)| len).sum()
    }

    /// The first `most` octets, to be sent.
    pub fn up_to(&self, most: usize) -> Gather<'static> {
        let mut gather = Gather::new();
        let mut left = most;
        for &(address, len) in &self.0 {
            let len = len.min(left);
            if len != 0 {
                gather.push_place(address, len);
            }
            left -= len;
        }
        gather
    }

    /// A copy of the octets.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        let mut all = vec![0; self.octets()];
        let mut at = 0;
        for &(address, len) in &self.0 {
            memory::read(address, &mut all[at..at + len])?;
            at += len;
        }
        Ok(all)
    }
}
