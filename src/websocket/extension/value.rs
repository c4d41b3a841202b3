//! A field value of bounded length.

/// The value of one Sec-WebSocket-Extensions field, stored inline.
#[derive(Clone, Copy, Debug)]
pub struct FieldValue {
    text: [u8; MAX],
    len: u8,
}

/// permessage-deflate with all parameters at their longest.
const MAX: usize = b"permessage-deflate; server_no_context_takeover; client_no_context_takeover\
    ; server_max_window_bits=15; client_max_window_bits=15"
    .len();

impl FieldValue {
    pub(super) fn new(name: &[u8]) -> Self {
        let mut value = Self { text: [0; MAX], len: 0 };
        value.push(name);
        value
    }

    pub(super) fn push(&mut self, text: &[u8]) {
        let start = usize::from(self.len);
        self.text[start..start + text.len()].copy_from_slice(text);
        self.len += crate::narrow::octet(text.len());
    }

    /// A number below 100.
    pub(super) fn push_number(&mut self, number: u8) {
        if number >= 10 {
            self.push(&[b'0' + number / 10]);
        }
        self.push(&[b'0' + number % 10]);
    }

    /// The octets of the value.
    pub fn as_bytes(&self) -> &[u8] {
        &self.text[..usize::from(self.len)]
    }
}
