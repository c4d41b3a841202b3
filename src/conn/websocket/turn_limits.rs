//! The limits of a turn of short messages.

/// The limits of a [`MessageTurn`](super::MessageTurn), which hold until it ends.
#[derive(Clone, Copy, Debug)]
pub struct TurnLimits {
    /// Maximum length of a message.
    pub message_max: u64,
    /// Maximum octets of output.
    pub room: usize,
    /// Whether compression was agreed.
    pub deflates: bool,
}
