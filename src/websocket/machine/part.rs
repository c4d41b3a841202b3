//! What is to be sent of a message, and the verdict on it.

use super::bits::COMPRESSED;
use crate::websocket::frame::{Header, RSV1, opcode};
use crate::websocket::utf8::Utf8;

/// What the caller says of octets to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The message is text; all its parts say so.
    pub text: bool,
    /// The message begins with them.
    pub first: bool,
    /// The message ends with them.
    pub last: bool,
    /// The first part decides: the message is compressed.
    pub compressed: bool,
}

impl Part {
    /// The first octet of its frame.
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

/// The verdict on a part; nothing has changed until it is [said](super::Outgoing::say).
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// The first octet of its frame, as header.
    pub(super) header: Header,
    pub(super) said: Utf8,
    pub(super) saying: u16,
}

impl Said {
    /// The header of its frame: `len` octets of payload, masked with `key` when there is one.
    #[inline]
    pub fn header(&self, len: usize, key: Option<[u8; 4]>) -> Header {
        framed(self.header, len, key)
    }

    /// Whether the payload is to be compressed.
    pub fn is_compressed(&self) -> bool {
        self.saying & COMPRESSED != 0
    }
}

#[inline(always)]
pub(super) fn framed(header: Header, len: usize, key: Option<[u8; 4]>) -> Header {
    Header { payload_len: len as u64, masked: key.is_some(), key: key.unwrap_or_default(), ..header }
}
