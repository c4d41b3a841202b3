//! What short messages that pass beside a connection go by.

/// What a lane goes by.
#[derive(Clone, Copy, Debug)]
pub struct Lane {
    /// The most octets of a message.
    pub message_max: u64,
    /// The most octets of answers.
    pub room: usize,
    /// Whether messages that may be compressed are to be.
    pub deflates: bool,
}
