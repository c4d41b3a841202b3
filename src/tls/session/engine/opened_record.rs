//! The result of opening a record.

/// One record, or the part of a handshake message in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::tls::session) struct OpenedRecord {
    /// Length of the plaintext.
    pub plain: usize,
    /// Octets at the end of the range that must be passed again.
    pub pending: usize,
    /// The peer sent close_notify.
    pub is_closed: bool,
}
