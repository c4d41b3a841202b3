//! What is seldom so of a queue, in one word.

/// Together they are looked at in one go.
#[repr(C, align(4))]
pub struct Marks {
    /// A write was refused and a "writable" event is due.
    refused: bool,
    /// Only a Pong waits for room: there is no event when there is some.
    is_pong: bool,
    /// The queue was given up.
    abandoned: bool,
    /// A release waits to be reported.
    released: bool,
}

impl Marks {
    pub const NONE: Self = Self { refused: false, is_pong: false, abandoned: false, released: false };

    /// Whether none is set.
    #[inline(always)]
    pub fn are_none(&self) -> bool {
        let Self { refused, is_pong, abandoned, released } = *self;
        u32::from_ne_bytes([refused.into(), is_pong.into(), abandoned.into(), released.into()]) == 0
    }

    /// Whether a write was refused, or a Pong waits.
    #[inline(always)]
    pub fn was_refused(&self) -> bool {
        self.refused
    }

    /// A write is refused for want of room.
    pub fn refuse(&mut self) {
        (self.refused, self.is_pong) = (true, false);
    }

    /// A write may have been refused, whatever waits besides.
    #[inline]
    pub fn note_refusal(&mut self, refused: bool) {
        self.refused |= refused;
    }

    /// A Pong waits for room.
    pub fn expect_room(&mut self) {
        self.is_pong |= !self.refused;
        self.refused = true;
    }

    /// Nothing waits for room any more; whether a write was refused.
    pub fn make_room(&mut self) -> bool {
        self.refused = false;
        !core::mem::replace(&mut self.is_pong, false)
    }

    /// Nobody waits for room in a queue that is given up.
    pub fn forget_refusal(&mut self) {
        self.refused = false;
    }

    /// Whether the queue was given up.
    #[inline(always)]
    pub fn is_abandoned(&self) -> bool {
        self.abandoned
    }

    /// The queue is given up.
    pub fn abandon(&mut self) {
        (self.refused, self.abandoned) = (false, true);
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
