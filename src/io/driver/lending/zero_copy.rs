//! The answer to a zero-copy send.

use crate::io::driver::Sent;
use std::io;

/// The answer to a zero-copy send.
#[derive(Debug)]
pub struct ZeroCopy {
    /// As of any send.
    pub sent: io::Result<Sent>,
    /// The octets are lent, perhaps also by a send that failed: they keep address and content until they are
    /// [released](super::super::Event::Released). Otherwise they were copied, as by any send.
    pub is_lent: bool,
}

impl ZeroCopy {
    /// Of a send that lends nothing.
    pub(in crate::io::driver) fn copied(sent: io::Result<Sent>) -> Self {
        Self { sent, is_lent: false }
    }
}
