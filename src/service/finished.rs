//! How the turn of a connection ended.

/// How a turn ended.
pub(super) enum Finished {
    /// It is over.
    Over,
    /// The connection has more events.
    GoesOn,
    /// The connection has ended, and had all its events: its slot is to be closed.
    Ended,
}
