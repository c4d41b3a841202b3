//! What the clocks must know of a connection. Each of these is made in one place and passed in, so no clock looks at a connection.

use super::millis32::Millis32;
use crate::http1::machine::state::Side;
use crate::http1::machine::{Sides, flag};

/// Which clocks run now.
#[derive(Clone, Copy)]
pub struct Running {
    /// It is the peer's turn to send.
    pub peer: bool,
    /// Server: a whole request waits for its final response to begin.
    pub answer: bool,
    /// When a handshake of TLS began that is not done.
    pub handshake: Option<Millis32>,
    /// The connection has not ended.
    pub any: bool,
}

/// Where an exchange stands, as far as it decides what is waited for next.
#[derive(Clone, Copy)]
pub struct Exchange {
    /// Our side.
    pub ours: Side,
    /// The peer's.
    pub theirs: Side,
    /// Client: our content waits for `100 Continue`.
    pub expects: bool,
}

impl Exchange {
    /// As the two sides stand.
    #[inline(always)]
    pub fn of(sides: &Sides) -> Self {
        Self { ours: sides.our_side(), theirs: sides.peer_side(), expects: sides.has(flag::EXPECT) }
    }

    /// Whether both sides stand between messages.
    #[inline(always)]
    pub fn is_idle(self) -> bool {
        self.ours == Side::Idle && self.theirs == Side::Idle
    }
}
