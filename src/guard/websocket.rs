//! The sizes and counts of WebSocket messages. Every default is finite.

/// Limits of the messages a peer sends. All sizes are octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageLimits {
    /// The longest message, inflated where it was compressed (over it: close code 1009; WS-LIM-01, WS-PMD-07).
    pub message_max: u64,
    /// The longest frame, as it is on the wire (over it: close code 1009; WS-LIM-01).
    pub frame_max: u64,
    /// The most frames of one message (over it: close code 1008; WS-LIM-02).
    pub fragments_max: u32,
}

impl MessageLimits {
    /// The defaults of the ledger: 16 MiB, and 10,000 frames.
    pub const DEFAULT: Self = Self { message_max: 16 << 20, frame_max: 16 << 20, fragments_max: 10_000 };

    /// The most octets of a message that are ever in memory together.
    pub fn most_in_memory(&self) -> usize {
        usize::try_from(self.message_max).unwrap_or(usize::MAX)
    }
}

impl Default for MessageLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
