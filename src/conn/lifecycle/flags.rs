//! The flags of a connection, in one octet.

/// A set of flags.
#[derive(Clone, Copy)]
pub struct Flags(u8);

impl Flags {
    pub const NONE: Self = Self(0);
    /// The owner paused the stream.
    pub const PAUSED: Self = Self(1);
    /// The error is not reported yet.
    pub const ERROR_DUE: Self = Self(2);
    /// The head slab belongs to an event; the next call frees it.
    pub const HEAD_SHOWN: Self = Self(4);
    /// A "writable" event is due.
    pub const WRITABLE_DUE: Self = Self(8);
    /// A "continue" event is due.
    pub const CONTINUE_DUE: Self = Self(16);
    /// The last `next` returned with input left that only a response unblocks.
    pub const INPUT_WAITS: Self = Self(32);
    /// The peer's end was reported.
    pub const PEER_END_REPORTED: Self = Self(64);
    /// The head slab has the offer of an undecided upgrade.
    pub const OFFER_KEPT: Self = Self(128);

    /// As an octet; 0: no flag is set.
    #[inline(always)]
    pub const fn octet(self) -> u8 {
        self.0
    }

    /// The union of two sets.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of `any` is set.
    #[inline(always)]
    pub const fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Clears `those`; returns whether any was set.
    pub const fn take(&mut self, those: Self) -> bool {
        let had = self.has(those);
        self.set(those, false);
        had
    }

    /// Sets or clears `those`.
    #[inline(always)]
    pub const fn set(&mut self, those: Self, on: bool) {
        self.0 = if on { self.0 | those.0 } else { self.0 & !those.0 };
    }
}
