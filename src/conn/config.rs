//! What all connections of one kind have in common; shared, never changed.

use crate::guard::{Clocks, Limits, MessageLimits};
use crate::http1::machine::Role;
use crate::websocket::extension::DeflateConfig;

/// The configuration of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// Which side we are.
    pub role: Role,
    /// [`policy`](crate::http1::machine::policy) bits.
    pub flags: u32,
    /// Sizes and counts.
    pub limits: Limits,
    /// Times.
    pub clocks: Clocks,
    /// Sizes and counts of WebSocket messages.
    pub messages: MessageLimits,
    /// Terms of permessage-deflate; off by default.
    pub deflate: DeflateConfig,
    /// Messages are delivered whole: parts are held until the last has come, up to `messages.message_max`.
    pub whole_messages: bool,
    /// Client: how many requests may wait for their responses (H1-CONN-13).
    pub pipeline_max: u8,
}

impl Config {
    /// The defaults for one role.
    pub const fn new(role: Role) -> Self {
        Self {
            role,
            flags: 0,
            limits: Limits::DEFAULT,
            clocks: Clocks::DEFAULT,
            messages: MessageLimits::DEFAULT,
            deflate: DeflateConfig::DEFAULT,
            whole_messages: false,
            pipeline_max: 1,
        }
    }

    /// Whether a `policy` bit is set.
    pub const fn has(&self, bit: u32) -> bool {
        self.flags & bit != 0
    }
}
