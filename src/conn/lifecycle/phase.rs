//! The phases of a connection and all transitions, as a table.
//!
//! Only [`Lifecycle`](super::Lifecycle) stores a phase, and changes it only by [`Phase::after`].

/// The phase of a connection's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Phase {
    /// Messages are exchanged.
    Open = 0,
    /// The queue is being sent; input is discarded.
    Flushing = 1,
    /// Our side is closed; input is discarded until the peer's end, a limit or the linger clock (RFC 9112 §9.6).
    Lingering = 2,
    /// The transport can be closed.
    Closed = 3,
}

/// An input to the phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Cue {
    /// We send nothing after the queue.
    Finish = 0,
    /// The queue was sent, and the peer has not ended.
    Linger = 1,
    /// Nothing more is sent or expected.
    Close = 2,
}

const PHASES: usize = 4;
const CUES: usize = 3;

use Phase::{Closed, Flushing, Lingering};

const NO: Option<Phase> = None;

/// `STEPS[phase][cue]`: the phase after the cue, or `None` where the cue changes nothing.
#[rustfmt::skip]
static STEPS: [[Option<Phase>; CUES]; PHASES] = [
    // Finish         Linger           Close
    [Some(Flushing),  NO,              Some(Closed)], // Open
    [NO,              Some(Lingering), Some(Closed)], // Flushing
    [NO,              NO,              Some(Closed)], // Lingering
    [NO,              NO,              NO],           // Closed
];

impl Phase {
    /// The phase after `cue`, or `None` where the cue changes nothing.
    pub const fn after(self, cue: Cue) -> Option<Self> {
        STEPS[self as usize][cue as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Phase; PHASES] = [Phase::Open, Flushing, Lingering, Closed];
    const CUE: [Cue; CUES] = [Cue::Finish, Cue::Linger, Cue::Close];

    #[test]
    fn h1_conn_07_phases_only_go_forward() {
        for phase in ALL {
            for after in CUE.map(|cue| phase.after(cue)).into_iter().flatten() {
                assert!(after as u8 > phase as u8, "{phase:?} to {after:?}");
            }
        }
    }

    #[test]
    fn h1_conn_07_every_phase_but_the_last_can_close() {
        assert_eq!(ALL.map(|phase| phase.after(Cue::Close)), [Some(Closed), Some(Closed), Some(Closed), None]);
    }
}
