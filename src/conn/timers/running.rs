//! Facts that the clocks need about a connection. They are passed in, so no clock reads a connection.

use super::millis32::{Millis32, NEVER};
use super::wait::Wait;
use crate::guard::Clocks;
use crate::http1::machine::state::Side;
use crate::http1::machine::{Sides, flag};

/// Which clocks run now.
#[derive(Clone, Copy)]
pub struct Running {
    /// It is the peer's turn to send.
    pub peer: bool,
    /// Server: a complete request waits for its final response to begin.
    pub answer: bool,
    /// Server: the owner was told that the peer of that request has ended.
    pub peer_ended: bool,
    /// The start of a TLS handshake in progress.
    pub handshake: Option<Millis32>,
    /// The connection has not ended.
    pub any: bool,
}

impl Running {
    /// How long the response may take to begin; 0: as the application likes. Behind a peer that has ended that is always limited, since nobody
    /// may be there to wait for it.
    pub fn answer_ms(self, clocks: &Clocks) -> u32 {
        if clocks.answer_ms == 0 && self.peer_ended { clocks.idle_ms } else { clocks.answer_ms }
    }

    /// A handshake has its own clock, which nothing extends; no other clock for the peer's octets runs then.
    pub fn handshake_deadline(self, clocks: &Clocks, now: u64) -> u64 {
        self.handshake.map_or(NEVER, |begun| begun.plus(clocks.handshake_ms, now))
    }
}

/// The state of an exchange, as far as it determines the next wait.
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
    /// The state of the two sides.
    #[inline(always)]
    pub fn of(sides: &Sides) -> Self {
        Self { ours: sides.our_side(), theirs: sides.peer_side(), expects: sides.has(flag::EXPECT) }
    }

    /// Client: what is waited for next, once our message or the peer's is complete; `None`: what was before.
    pub fn wait_of_client(self, wait: Wait) -> Option<Wait> {
        match (self.ours, self.theirs) {
            (Side::Done, Side::Await) if !matches!(wait, Wait::Head | Wait::Response) => Some(Wait::Response),
            (_, Side::Idle) => Some(Wait::Nothing),
            // The peer's message is complete and ours is not: the next one is expected after ours.
            (Side::Body, Side::Await | Side::Done) => Some(self.wait_before_ours_ends()),
            _ => None,
        }
    }

    /// Client: what is waited for behind an interim response.
    pub fn wait_after_interim(self) -> Wait {
        if self.ours == Side::Body { self.wait_before_ours_ends() } else { Wait::Response }
    }

    fn wait_before_ours_ends(self) -> Wait {
        if self.expects { Wait::Continue } else { Wait::Nothing }
    }

    /// Whether both sides are between messages.
    #[inline(always)]
    pub fn is_idle(self) -> bool {
        self.ours == Side::Idle && self.theirs == Side::Idle
    }
}
