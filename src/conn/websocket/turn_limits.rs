//! What a turn of short messages keeps to.

/// The limits of a [`MessageTurn`](super::MessageTurn), which hold until it ends.
#[derive(Clone, Copy, Debug)]
pub struct TurnLimits {
    /// The most octets of a message.
    pub message_max: u64,
    /// The most octets of answers.
    pub room: usize,
    /// Whether messages that may be compressed are to be.
    pub deflates: bool,
}
