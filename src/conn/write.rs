//! What becomes of a write.

/// What became of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// It is in the output queue, whole.
    Queued,
    /// Nothing was done: the queue is above its high-water mark. An event says when it is not.
    Paused,
}
