//! What is seldom so of a queue, in one word.

/// Together they are looked at in one go.
#[repr(C, align(4))]
pub struct Marks {
    /// A write was refused and a "writable" event is due.
    pub refused: bool,
    /// Only a Pong waits for room: there is no event when there is some.
    pub is_pong: bool,
    /// The queue was given up.
    pub abandoned: bool,
    /// A release waits to be reported.
    pub has_released: bool,
}

impl Marks {
    pub const NONE: Self = Self { refused: false, is_pong: false, abandoned: false, has_released: false };

    /// Whether none is set.
    #[inline(always)]
    pub fn are_none(&self) -> bool {
        let Self { refused, is_pong, abandoned, has_released } = *self;
        u32::from_ne_bytes([refused.into(), is_pong.into(), abandoned.into(), has_released.into()]) == 0
    }
}
