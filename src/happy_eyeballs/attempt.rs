//! The state of the attempt on one address.

/// Each address is tried at most once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    /// Not started.
    Waiting,
    /// Started; nothing was reported of it.
    InFlight,
    /// Connected, failed or cancelled.
    Ended,
}
