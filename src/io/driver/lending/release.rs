//! What an owner learns of zero-copy sends.

/// The oldest sends that had lent octets and were not released before: these are free again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// How many.
    pub sends: usize,
    /// The system has copied octets of them after all.
    pub is_copied: bool,
}
