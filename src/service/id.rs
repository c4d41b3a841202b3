//! Connection ids, which are never reused.

use crate::narrow::low_half;
use core::sync::atomic::{AtomicU16, Ordering};

/// A connection: its server, its slot, and the slot's generation. [`Id::NONE`] is no connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id(u64);

/// Bits of the slot, and of the generation.
pub(super) const SLOT_BITS: u32 = 24;
const GENERATION_BITS: u32 = 24;

/// The last generation of a slot; the first is 1, so that no id is 0.
pub(super) const LAST_GENERATION: u32 = (1 << GENERATION_BITS) - 1;

impl Id {
    /// No connection.
    pub const NONE: Self = Self(0);

    #[inline]
    pub(super) const fn new(tag: u16, slot: u32, generation: u32) -> Self {
        Self((tag as u64) << (SLOT_BITS + GENERATION_BITS) | (slot as u64) << GENERATION_BITS | generation as u64)
    }

    /// The id as a number, for C.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The id with this number; a wrong number is the id of no connection.
    pub const fn from_number(number: u64) -> Self {
        Self(number)
    }

    #[inline]
    pub(super) const fn tag(self) -> u16 {
        (self.0 >> (SLOT_BITS + GENERATION_BITS)) as u16
    }

    #[inline]
    pub(super) const fn slot(self) -> u32 {
        low_half(self.0 >> GENERATION_BITS) & ((1 << SLOT_BITS) - 1)
    }

    #[inline]
    pub(super) const fn generation(self) -> u32 {
        low_half(self.0) & LAST_GENERATION
    }
}

/// A tag for the next server, so that another server refuses its ids. The only state that servers of a process share.
/// After 65,536 servers tags repeat.
pub(super) fn next_tag() -> u16 {
    static TAG: AtomicU16 = AtomicU16::new(0);
    TAG.fetch_add(1, Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_back() {
        let id = Id::new(0xfffe, (1 << SLOT_BITS) - 1, LAST_GENERATION);
        assert_eq!((id.tag(), id.slot(), id.generation()), (0xfffe, (1 << SLOT_BITS) - 1, LAST_GENERATION));
        assert_eq!(Id::from_number(id.number()), id);
        let first = Id::new(0, 0, 1);
        assert_eq!((first.tag(), first.slot(), first.generation()), (0, 0, 1));
        assert_ne!(first, Id::NONE);
    }
}
