//! How the turn of a connection ended.

/// How a turn ended.
pub(super) enum Finished {
    /// The turn is over.
    Done,
    /// The connection has more events.
    HasEvents,
    /// The connection has ended, and all its events were delivered: its slot is to be closed.
    Closed,
}
