//! What arrived at a connection and is to be reported later.

use std::io;

/// Octets, perhaps the end after them, or a failure. Copied out of the ring's buffers, which serve everybody: connections that
/// pause must not use them up. At most one buffer for each connection.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub octets: Vec<u8>,
    pub ended: bool,
    /// Told whether its owner receives or not.
    pub failure: Option<io::Error>,
}

impl Kept {
    /// A copy of octets; `None`: there is no memory.
    pub fn octets(from: &[u8]) -> Option<Self> {
        let mut octets = Vec::new();
        octets.try_reserve_exact(from.len()).ok()?;
        octets.extend_from_slice(from);
        Some(Self { octets, ..Self::default() })
    }
}
