//! Delivery to slow connections: what the sender wants, and the result.

/// What to do with a message for a slow connection. A connection is slow from the time its queue exceeds the high-water
/// mark until it is below the low one and everything waiting before has been sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Slow {
    /// The message waits. If there is no room, the connection is closed, since it would miss something.
    #[default]
    Waits,
    /// Like [`Waits`](Self::Waits), but replaces a waiting message with the same key.
    Newest(u64),
    /// The message is dropped.
    Misses,
    /// The connection is closed, since it would miss something.
    Closes,
}

/// The result for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// It is queued.
    Sent,
    /// It waits.
    Waits,
    /// The message was dropped.
    Missed,
    /// The connection closes.
    Closed,
}
