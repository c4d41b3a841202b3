//! What an owner learns of zero-copy sends.

use crate::io::driver::Sent;

/// The answer to a zero-copy send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZeroCopy {
    /// As of any send.
    pub sent: Sent,
    /// The octets are lent: they keep address and content until they are [released](super::super::Event::Released). Otherwise
    /// they were copied, as by any send.
    pub is_lent: bool,
}

/// The oldest sends that had lent octets and were not released before: these are free again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// How many.
    pub sends: usize,
    /// The system has copied octets of them after all.
    pub is_copied: bool,
}
