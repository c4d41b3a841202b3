//! Where a loop is in its turn.

/// What is handed out next. In this order, so that nobody keeps the others from their turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// The driver's batch.
    Batch,
    /// The posts that were there when the driver was woken.
    Posts,
    /// The timers that are due.
    Timers,
    /// The guests that are due, from this place on.
    Guests(usize),
    /// Nothing: the loop waits.
    Wait,
}

impl Turn {
    /// What comes after it.
    pub fn next(self) -> Self {
        match self {
            Self::Batch => Self::Posts,
            Self::Posts => Self::Timers,
            Self::Timers => Self::Guests(0),
            Self::Guests(_) => Self::Wait,
            Self::Wait => Self::Batch,
        }
    }
}
