//! What becomes of a message whose connection is slow: what its sender wants, and what came of it.

/// What becomes of a message while its connection is slow: from the time that its queue is above the high-water mark until it is below the
/// low one and everything before it has gone out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Slow {
    /// It waits for its turn. Where it cannot, for lack of room, the connection is closed, since it would miss something.
    #[default]
    Waits,
    /// As [`Waits`](Self::Waits), in the place of the one that waits with the same key, which is dropped.
    Newest(u64),
    /// The connection misses it.
    Misses,
    /// The connection is closed, since it would miss something.
    Closes,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// It is queued.
    Sent,
    /// It waits.
    Waits,
    /// The connection misses it.
    Missed,
    /// The connection closes.
    Closed,
}
