//! Waits for the peer's octets, and their limits.

use crate::guard::Clocks;

/// One wait at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Wait {
    Nothing,
    /// The clock is stopped.
    Stopped,
    /// A head; never extended.
    Head,
    /// Client: the first octet of a response head.
    Response,
    /// The next message on a persistent connection.
    Idle,
    /// Content.
    Body,
    /// Client: `100 Continue`.
    Continue,
    /// The end of the peer, after ours: short while it is silent, and limited whatever it sends (H1-LIM-09).
    Linger,
    /// A frame, on a WebSocket.
    Frame,
    /// A frame, after our Ping.
    Pong,
    /// The peer's Close, or the end of its transport, after ours.
    Close,
}

impl Wait {
    /// The limit without an octet; 0: none.
    #[inline(always)]
    pub fn ms(self, clocks: &Clocks) -> u32 {
        match self {
            Self::Nothing | Self::Stopped => 0,
            Self::Head => clocks.head_ms,
            Self::Response => clocks.response_ms,
            Self::Idle => clocks.idle_ms,
            Self::Body => clocks.body_ms,
            Self::Continue => clocks.continue_ms,
            Self::Linger => clocks.linger_ms,
            Self::Frame => clocks.ping_ms,
            Self::Pong => clocks.pong_ms,
            Self::Close => clocks.close_ms,
        }
    }
}
