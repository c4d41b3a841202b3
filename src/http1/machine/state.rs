//! The states of the two sides of a connection and all transitions, as tables.
//!
//! Only [`Sides`](super::Sides) stores sides, and it moves them only by [`Side::after`]. This file does not know our
//! role: both sides use the same table. Both start at [`Side::Idle`]; a request moves the other side to
//! [`Side::Await`].

/// The state of one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Side {
    /// Between messages.
    Idle = 0,
    /// A request arrived, and this side owes its final response.
    Await = 1,
    /// In the content of a message.
    Body = 2,
    /// The message is complete.
    Done = 3,
    /// The message is complete, and no other may follow.
    MustClose = 4,
    /// The side has ended.
    Closed = 5,
    /// The request is complete, and its offered switch is undecided.
    MightSwitch = 6,
    /// The side switched to another protocol.
    Switched = 7,
    /// The side violated the protocol.
    Failed = 8,
}

/// An input to one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Cue {
    /// A request head.
    Request = 0,
    /// The other side sent a request: this side owes a response.
    ResponseDue = 1,
    /// An interim response head.
    Interim = 2,
    /// A final response head.
    Response = 3,
    /// The end of a message.
    End = 4,
    /// The end of a request that offers a switch of protocols.
    EndOffering = 5,
    /// The switch of protocols, on both sides.
    Switch = 6,
    /// The offer was declined.
    Decline = 7,
    /// No message may follow this one.
    Last = 8,
    /// Both sides are done: the next exchange.
    NextCycle = 9,
    /// The transport of this side ended.
    Close = 10,
    /// A violation of the protocol.
    Fail = 11,
    /// The side sends nothing more, whether its message is complete or not.
    Stop = 12,
}

const SIDES: usize = 9;
const CUES: usize = 13;

use Side::{Await, Body, Closed, Done, Failed, Idle, MightSwitch, MustClose, Switched};

const NO: Option<Side> = None;

/// `STEPS[side][cue]`: the side after the cue, or `None` where the cue is not allowed.
#[rustfmt::skip]
static STEPS: [[Option<Side>; CUES]; SIDES] = [
    // Request     Asked        Interim      Response    End              EndOffering        Switch          Decline     Last             NextCycle    Close           Fail          Stop
    [Some(Body),   Some(Await), NO,          NO,         NO,              NO,                NO,             NO,         Some(MustClose), Some(Idle),  Some(Closed),   Some(Failed), Some(Closed)], // Idle
    [NO,           NO,          Some(Await), Some(Body), NO,              NO,                Some(Switched), NO,         Some(Await),     NO,          NO,             Some(Failed), Some(Closed)], // Await
    [NO,           NO,          NO,          NO,         Some(Done),      Some(MightSwitch), NO,             NO,         Some(Body),      NO,          NO,             Some(Failed), Some(Closed)], // Body
    [Some(Body),   NO,          NO,          NO,         NO,              NO,                Some(Switched), NO,         Some(MustClose), Some(Idle),  Some(Closed),   Some(Failed), Some(Closed)], // Done
    [NO,           NO,          NO,          NO,         NO,              NO,                NO,             NO,         Some(MustClose), NO,          Some(Closed),   Some(Failed), Some(Closed)], // MustClose
    [NO,           Some(Await), NO,          NO,         NO,              NO,                NO,             NO,         Some(Closed),    NO,          Some(Closed),   Some(Closed), Some(Closed)], // Closed
    [NO,           NO,          NO,          NO,         NO,              NO,                Some(Switched), Some(Done), Some(MightSwitch), NO,        NO,             Some(Failed), Some(Closed)], // MightSwitch
    [NO,           NO,          NO,          NO,         NO,              NO,                NO,             NO,         Some(Switched),  NO,          Some(Closed),   Some(Failed), Some(Closed)], // Switched
    [NO,           NO,          NO,          NO,         NO,              NO,                NO,             NO,         Some(Failed),    NO,          Some(Failed),   Some(Failed), Some(Closed)], // Failed
];

impl Side {
    /// The side after `cue`, or `None` where the cue is not allowed here.
    pub const fn after(self, cue: Cue) -> Option<Side> {
        STEPS[self as usize][cue as usize]
    }

    /// Whether the side will send no further message.
    pub const fn is_over(self) -> bool {
        matches!(self, MustClose | Closed | Failed)
    }
}
