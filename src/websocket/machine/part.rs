//! A part of a message to send, and its planned frame.

use super::bits::COMPRESSED;
use crate::websocket::frame::{Header, RSV1, opcode};
use crate::websocket::utf8::Utf8;

/// How a part continues its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The message is text. The same for all its parts.
    pub text: bool,
    /// The part begins the message.
    pub first: bool,
    /// The part ends the message.
    pub last: bool,
    /// Compress the message. Only the first part counts.
    pub compressed: bool,
}

impl Part {
    /// The header with the fields of the first octet.
    #[inline(always)]
    pub(super) fn header(self, compressed: bool) -> Header {
        let opcode = match (self.first, self.text) {
            (false, _) => opcode::CONTINUATION,
            (true, true) => opcode::TEXT,
            (true, false) => opcode::BINARY,
        };
        let rsv = if compressed && self.first { RSV1 } else { 0 };
        Header { opcode, fin: self.last, rsv, ..Header::default() }
    }

    /// A whole message.
    pub const fn whole(text: bool) -> Self {
        Self { text, first: true, last: true, compressed: false }
    }
}

/// The plan for a part. Nothing has changed until [`commit`](super::Outgoing::commit).
#[derive(Clone, Copy, Debug)]
pub struct PlannedFrame {
    /// The header with the fields of the first octet.
    pub(super) header: Header,
    pub(super) utf8: Utf8,
    pub(super) bits: u16,
}

impl PlannedFrame {
    /// The header of the frame with `len` payload octets, masked with `key` if there is one.
    #[inline]
    pub fn header(&self, len: usize, key: Option<[u8; 4]>) -> Header {
        framed(self.header, len, key)
    }

    /// Whether the payload is to be compressed.
    pub fn is_compressed(&self) -> bool {
        self.bits & COMPRESSED != 0
    }
}

#[inline(always)]
pub(super) fn framed(header: Header, len: usize, key: Option<[u8; 4]>) -> Header {
    Header { payload_len: len as u64, masked: key.is_some(), key: key.unwrap_or_default(), ..header }
}
