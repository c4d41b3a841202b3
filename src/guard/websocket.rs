//! Limits of WebSocket messages. Every default is finite.

/// Limits of the messages a peer sends. All sizes are octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageLimits {
    /// Maximum message, inflated if compressed (beyond: close code 1009; WS-LIM-01, WS-PMD-07).
    pub message_max: u64,
    /// Maximum frame payload on the wire (beyond: close code 1009; WS-LIM-01).
    pub frame_max: u64,
    /// Maximum frames of one message (beyond: close code 1008; WS-LIM-02).
    pub fragments_max: u32,
}

impl MessageLimits {
    /// The defaults of the ledger: 16 MiB, and 10,000 frames.
    pub const DEFAULT: Self = Self { message_max: 16 << 20, frame_max: 16 << 20, fragments_max: 10_000 };

    /// Maximum message in one frame.
    #[inline(always)]
    pub fn one_frame_max(&self) -> u64 {
        self.message_max.min(self.frame_max)
    }

    /// Maximum octets of a message in memory at once.
    pub fn most_in_memory(&self) -> usize {
        usize::try_from(self.message_max).unwrap_or(usize::MAX)
    }
}

impl Default for MessageLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
