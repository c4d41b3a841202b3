//! What became of a record that was opened.

/// One record, or the part of a handshake message that it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::tls::session) struct OpenedRecord {
    /// Octets of plaintext.
    pub plain: usize,
    /// Octets at the end of the range that are to be shown again.
    pub pending: usize,
    /// The peer's close_notify came.
    pub is_closed: bool,
}
