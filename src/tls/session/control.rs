//! A control record, which a session passes to a kernel to seal and send.

/// The content types of control records (RFC 8446 §5.1).
pub(super) const ALERT: u8 = 21;
pub(super) const HANDSHAKE: u8 = 22;

/// A record for the kernel to seal and to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// Its type (RFC 8446 §5.1).
    pub kind: u8,
    octets: [u8; 5],
    len: u8,
}

impl Control {
    /// A record with `content` of at most five octets.
    pub(super) fn new(kind: u8, content: &[u8]) -> Self {
        let mut octets = [0; 5];
        octets[..content.len()].copy_from_slice(content);
        Self { kind, octets, len: crate::narrow::octet(content.len()) }
    }

    /// Its content.
    pub fn octets(&self) -> &[u8] {
        &self.octets[..self.len.into()]
    }
}
