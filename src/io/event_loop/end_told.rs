//! What an owner knows of the end of a connection.

/// Each is told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EndTold {
    Nothing,
    /// The peer sends no more.
    Peer,
    /// Nothing that is sent arrives either.
    Both,
}
