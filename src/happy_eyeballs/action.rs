//! What a planner wants done.

use crate::error::Error;

/// What to do now. An index names an address of the planner for as long as the planner lives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Start a connect to the address of this index.
    Connect(usize),
    /// End the attempt of this index: close its socket, also when it has connected meanwhile. Nothing that is reported of it later
    /// counts.
    Cancel(usize),
    /// Nothing is to be done before this time, or before something is reported; `u64::MAX`: only after a report.
    Wait(u64),
    /// The attempt of this index won, and no other is in flight. Every later call returns the same.
    Won(usize),
    /// No attempt succeeded, none is in flight, and none is to come: the error of the attempt that failed last, or, if there was no
    /// attempt, of the resolution. `None`: the name has no address. Every later call returns the same.
    Failed(Option<Error>),
}
