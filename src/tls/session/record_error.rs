//! A kernel's errors about a received record.

use super::alert;
use super::engine::faults::{LONG_RECORD, NOT_DECRYPTED};
use crate::error::Fault;
use crate::tls::record::NOT_TLS;

/// A kernel's error about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordError {
    /// It does not decrypt.
    Undecryptable,
    /// It is too long.
    Long,
    /// It is not a record of this version.
    NoRecord,
}

impl RecordError {
    /// The fault that ends the session, and the alert for the peer.
    pub(super) fn fault_and_alert(self) -> (&'static Fault, u8) {
        match self {
            Self::Undecryptable => (&NOT_DECRYPTED, alert::BAD_RECORD_MAC),
            Self::Long => (&LONG_RECORD, alert::RECORD_OVERFLOW),
            Self::NoRecord => (&NOT_TLS, alert::DECODE_ERROR),
        }
    }
}
