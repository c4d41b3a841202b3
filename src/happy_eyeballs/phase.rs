//! Where a planner is.

/// The first success decides; what follows it changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// No attempt has succeeded, and one still may.
    Racing,
    /// The attempt of this index succeeded.
    Won(usize),
    /// None did, or the caller gave up.
    Failed,
}
