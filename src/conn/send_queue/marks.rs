//! Rare states of a queue, in one word.

/// A write was refused and a "writable" event is due.
const REFUSED: u32 = 1 << 0;
/// The connection itself waits for room, with a Pong or an interim response: room causes no event.
const OWN_WAITS: u32 = 1 << 1;
/// The queue was abandoned.
const ABANDONED: u32 = 1 << 2;
/// A release waits to be reported.
const RELEASED: u32 = 1 << 3;
/// The transport reads the shown octets after the call that showed them.
const HELD: u32 = 1 << 4;

/// Tested together.
pub struct Marks(u32);

impl Marks {
    pub const NONE: Self = Self(0);

    /// Whether none is set.
    #[inline(always)]
    pub fn are_none(&self) -> bool {
        self.0 == 0
    }

    #[inline(always)]
    fn has(&self, marks: u32) -> bool {
        self.0 & marks != 0
    }

    #[inline(always)]
    fn set(&mut self, mark: u32, on: bool) {
        self.0 = if on { self.0 | mark } else { self.0 & !mark };
    }

    /// Whether anyone waits for room.
    #[inline(always)]
    pub fn was_refused(&self) -> bool {
        self.has(REFUSED | OWN_WAITS)
    }

    /// Records whether a write was refused.
    #[inline]
    pub fn note_refusal(&mut self, refused: bool) {
        self.0 |= if refused { REFUSED } else { 0 };
    }

    /// The connection itself waits for room.
    pub fn expect_room(&mut self) {
        self.set(OWN_WAITS, true);
    }

    /// There is room. Returns whether a write was refused.
    pub fn make_room(&mut self) -> bool {
        let was_refused = self.has(REFUSED);
        self.forget_refusal();
        was_refused
    }

    /// Nobody waits for room in an abandoned queue.
    pub fn forget_refusal(&mut self) {
        self.set(REFUSED | OWN_WAITS, false);
    }

    /// Whether the queue was abandoned.
    #[inline(always)]
    pub fn is_abandoned(&self) -> bool {
        self.has(ABANDONED)
    }

    /// Abandons the queue.
    pub fn abandon(&mut self) {
        self.forget_refusal();
        self.set(ABANDONED, true);
    }

    /// Whether a release waits to be reported.
    #[inline(always)]
    pub fn has_released(&self) -> bool {
        self.has(RELEASED)
    }

    /// A release waits to be reported, or none.
    #[inline(always)]
    pub fn set_released(&mut self, released: bool) {
        self.set(RELEASED, released);
    }

    /// Whether the transport still reads what was shown.
    #[inline(always)]
    pub fn is_held(&self) -> bool {
        self.has(HELD)
    }

    /// The transport still reads what was shown, or not any more.
    pub fn set_held(&mut self, held: bool) {
        self.set(HELD, held);
    }
}
