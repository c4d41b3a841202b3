//! The marks of a connection, in one octet.

/// A set of marks.
#[derive(Clone, Copy)]
pub struct Flags(u8);

impl Flags {
    pub const NONE: Self = Self(0);
    /// The owner holds the stream.
    pub const PAUSED: Self = Self(1);
    /// The error waits to be reported.
    pub const ERROR_DUE: Self = Self(2);
    /// The head slab belongs to an event; the next call gives it back.
    pub const HEAD_SHOWN: Self = Self(4);
    /// A "writable" event is due.
    pub const WRITABLE_DUE: Self = Self(8);
    /// A "continue" event is due.
    pub const CONTINUE_DUE: Self = Self(16);
    /// The last `next` rested with input left that only an answer frees.
    pub const INPUT_WAITS: Self = Self(32);
    /// The owner was told that the peer has ended.
    pub const PEER_END_TOLD: Self = Self(64);
    /// The head slab holds the offer of an undecided upgrade.
    pub const OFFER_KEPT: Self = Self(128);

    /// As an octet; 0: none is set.
    #[inline(always)]
    pub const fn octet(self) -> u8 {
        self.0
    }

    /// These and those.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of those is set.
    #[inline(always)]
    pub const fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Clears those; whether one of them was set.
    pub const fn take(&mut self, those: Self) -> bool {
        let had = self.has(those);
        self.set(those, false);
        had
    }

    /// Sets or clears those.
    #[inline(always)]
    pub const fn set(&mut self, those: Self, on: bool) {
        self.0 = if on { self.0 | those.0 } else { self.0 & !those.0 };
    }
}
