//! The result of [`Incoming::recv`](super::Incoming::recv).

/// One step through the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing to deliver. If `used` is 0, more input is needed; otherwise call again.
    NeedInput {
        /// Octets of the window consumed.
        used: usize,
    },
    /// Part of a message.
    Part(MessagePart),
    /// A Ping. Send a Pong with the same payload while our side is open.
    Ping {
        /// Offset of the payload in the window.
        offset: usize,
        /// Length of the payload.
        len: usize,
        /// Octets of the window consumed.
        used: usize,
    },
    /// A Pong.
    Pong {
        /// Offset of the payload in the window.
        offset: usize,
        /// Length of the payload.
        len: usize,
        /// Octets of the window consumed.
        used: usize,
    },
    /// The peer's Close. Nothing after it is read.
    Close {
        /// Its code, or [`NO_STATUS`](crate::websocket::close::NO_STATUS).
        code: u16,
        /// Offset of the reason in the window.
        offset: usize,
        /// Length of the reason.
        len: usize,
        /// Octets of the window consumed.
        used: usize,
    },
}

impl Step {
    /// Octets of the window consumed.
    pub fn used(&self) -> usize {
        match self {
            Self::Part(part) => part.used,
            Self::NeedInput { used } | Self::Ping { used, .. } | Self::Pong { used, .. } | Self::Close { used, .. } => {
                *used
            }
        }
    }
}

/// A part of a message, unmasked. Uncompressed text is valid UTF-8, but a part may end within a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessagePart {
    /// Offset in the window.
    pub offset: usize,
    /// Length; 0 only with `last`.
    pub len: usize,
    /// Octets of the window consumed.
    pub used: usize,
    /// The message is text.
    pub text: bool,
    /// The part begins its message.
    pub first: bool,
    /// The part ends its message.
    pub last: bool,
    /// The part is compressed. The caller inflates it and passes the result to
    /// [`Message::recv_inflated`](super::Message::recv_inflated).
    pub compressed: bool,
}
