//! Control frames to send.

use crate::websocket::close::PAYLOAD_MAX;
use crate::websocket::frame::{HEADER_MAX, Header, encode};
use crate::websocket::mask::mask_into;

/// A control frame.
pub struct ControlFrame {
    octets: [u8; HEADER_MAX + PAYLOAD_MAX],
    len: usize,
}

impl ControlFrame {
    /// `payload` has the length in the header.
    pub fn new(header: &Header, payload: &[u8]) -> Self {
        let mut octets = [0; HEADER_MAX + PAYLOAD_MAX];
        let mut head = [0; HEADER_MAX];
        let at = encode(header, &mut head);
        let len = at + payload.len();
        octets[..at].copy_from_slice(&head[..at]);
        // Without a mask the key is zero.
        mask_into(payload, &mut octets[at..len], header.key, 0);
        Self { octets, len }
    }

    /// The octets of the frame.
    pub fn as_bytes(&self) -> &[u8] {
        &self.octets[..self.len]
    }
}
