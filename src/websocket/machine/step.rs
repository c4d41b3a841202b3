//! What the machine found.

/// One step through the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// There is nothing to show. With `used` 0 more octets are needed than the window has; else there may be more behind them.
    Starved {
        /// Octets of the window that are used up.
        used: usize,
    },
    /// Octets of a message.
    Part(Heard),
    /// A Ping: a Pong with these octets is due while our side is open.
    Ping {
        /// Where its payload begins in the window.
        offset: usize,
        /// Octets of it.
        len: usize,
        /// Octets of the window that are used up with it.
        used: usize,
    },
    /// A Pong.
    Pong {
        /// Where its payload begins in the window.
        offset: usize,
        /// Octets of it.
        len: usize,
        /// Octets of the window that are used up with it.
        used: usize,
    },
    /// The peer's Close: nothing that follows is looked at.
    Close {
        /// Its code, or [`NO_STATUS`](crate::websocket::close::NO_STATUS).
        code: u16,
        /// Where its reason begins in the window.
        offset: usize,
        /// Octets of the reason.
        len: usize,
        /// Octets of the window that are used up with it.
        used: usize,
    },
}

impl Step {
    /// Octets of the window that are used up.
    pub fn used(&self) -> usize {
        match self {
            Self::Part(heard) => heard.used,
            Self::Starved { used } | Self::Ping { used, .. } | Self::Pong { used, .. } | Self::Close { used, .. } => {
                *used
            }
        }
    }
}

/// Octets of a message, unmasked. Text that is not compressed is UTF-8, but a part may end within a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Where they begin in the window.
    pub offset: usize,
    /// How many there are; 0 only with `last`.
    pub len: usize,
    /// Octets of the window that are used up with them.
    pub used: usize,
    /// The message is text.
    pub text: bool,
    /// They are the first of their message.
    pub first: bool,
    /// They are the last of their message.
    pub last: bool,
    /// They are to be inflated, and the machine is to be shown what comes of it.
    pub compressed: bool,
}
