//! Rare states of a queue, in one word.

/// Tested together.
#[repr(C, align(4))]
pub struct Marks {
    /// A write was refused and a "writable" event is due.
    refused: bool,
    /// The connection itself waits for room, with a Pong or an interim response: room causes no event.
    own_waits: bool,
    /// The queue was abandoned.
    abandoned: bool,
    /// A release waits to be reported.
    released: bool,
}

impl Marks {
    pub const NONE: Self = Self { refused: false, own_waits: false, abandoned: false, released: false };

    /// Whether none is set.
    #[inline(always)]
    pub fn are_none(&self) -> bool {
        let Self { refused, own_waits, abandoned, released } = *self;
        u32::from_ne_bytes([refused.into(), own_waits.into(), abandoned.into(), released.into()]) == 0
    }

    /// Whether anyone waits for room.
    #[inline(always)]
    pub fn was_refused(&self) -> bool {
        self.refused | self.own_waits
    }

    /// Records whether a write was refused.
    #[inline]
    pub fn note_refusal(&mut self, refused: bool) {
        self.refused |= refused;
    }

    /// The connection itself waits for room.
    pub fn expect_room(&mut self) {
        self.own_waits = true;
    }

    /// There is room. Returns whether a write was refused.
    pub fn make_room(&mut self) -> bool {
        self.own_waits = false;
        core::mem::replace(&mut self.refused, false)
    }

    /// Nobody waits for room in an abandoned queue.
    pub fn forget_refusal(&mut self) {
        (self.refused, self.own_waits) = (false, false);
    }

    /// Whether the queue was abandoned.
    #[inline(always)]
    pub fn is_abandoned(&self) -> bool {
        self.abandoned
    }

    /// Abandons the queue.
    pub fn abandon(&mut self) {
        (self.refused, self.own_waits, self.abandoned) = (false, false, true);
    }

    /// Whether a release waits to be reported.
    #[inline(always)]
    pub fn has_released(&self) -> bool {
        self.released
    }

    /// A release waits to be reported, or none.
    #[inline(always)]
    pub fn set_released(&mut self, released: bool) {
        self.released = released;
    }
}
