//! What arrived at a connection whose owner does not receive.

/// Octets, and perhaps the end after them. Copied out of the ring's buffers, which serve everybody: connections that pause must
/// not use them up.
#[derive(Debug)]
pub(super) struct Kept {
    pub octets: Vec<u8>,
    pub ended: bool,
}

impl Kept {
    /// A copy of octets; `None`: there is no memory.
    pub fn octets(from: &[u8]) -> Option<Self> {
        let mut octets = Vec::new();
        octets.try_reserve_exact(from.len()).ok()?;
        octets.extend_from_slice(from);
        Some(Self { octets, ended: false })
    }

    /// The end alone.
    pub fn end() -> Self {
        Self { octets: Vec::new(), ended: true }
    }
}
