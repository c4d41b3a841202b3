//! The answer to a zero-copy send.

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
