//! The states of the two sides of an open WebSocket and all transitions, as a table.
//!
//! Every transition is here. The file does not know our role or which side is ours: both use the same table. A cue that
//! is not allowed is misuse on our side, and is ignored on the peer's (WS-CLOSE-05, -06).

/// The state of one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Side {
    /// It may send frames.
    Open = 0,
    /// It has sent its Close; no frame follows (RFC 6455 §5.5.1).
    Closed = 1,
    /// It ended without a Close, or violated the protocol.
    Failed = 2,
}

/// An input to one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Cue {
    /// A frame of a message.
    Data = 0,
    /// A Ping or a Pong.
    Control = 1,
    /// A Close.
    Close = 2,
    /// A protocol violation, or the end of the transport.
    Fail = 3,
}

const SIDES: usize = 3;
const CUES: usize = 4;

use Side::{Closed, Failed, Open};

const NO: Option<Side> = None;

/// `STEPS[side][cue]`: the side after the cue, or `None` where the cue is not allowed.
#[rustfmt::skip]
static STEPS: [[Option<Side>; CUES]; SIDES] = [
    // Data       Control     Close         Fail
    [Some(Open),  Some(Open), Some(Closed), Some(Failed)], // Open
    [NO,          NO,         NO,           Some(Closed)], // Closed
    [NO,          NO,         NO,           Some(Failed)], // Failed
];

impl Side {
    /// The side after `cue`, or `None` where the cue is not allowed here.
    pub const fn after(self, cue: Cue) -> Option<Side> {
        STEPS[self as usize][cue as usize]
    }
}
