//! What a kernel finds wrong with a record that it received.

use super::alert;
use super::engine::faults::{LONG_RECORD, NOT_DECRYPTED};
use crate::error::Fault;
use crate::tls::record::NOT_TLS;

/// What a kernel finds wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordError {
    /// It does not decrypt.
    Undecryptable,
    /// It is longer than one may be.
    Long,
    /// It is none of this version.
    NoRecord,
}

impl RecordError {
    /// The fault that ends the session, and the alert that tells the peer.
    pub(super) fn fault_and_alert(self) -> (&'static Fault, u8) {
        match self {
            Self::Undecryptable => (&NOT_DECRYPTED, alert::BAD_RECORD_MAC),
            Self::Long => (&LONG_RECORD, alert::RECORD_OVERFLOW),
            Self::NoRecord => (&NOT_TLS, alert::DECODE_ERROR),
        }
    }
}
