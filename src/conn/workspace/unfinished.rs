//! What unfinished messages hold that are to be delivered whole, and the budget all of them share.
//!
//! Of a compressed message so much is inflated ahead of its end as its peer has earned by what it sent; the rest is kept as it came, and
//! inflated when the end is there. So a few octets never hold many (WS-PMD-07). When the budget is used up, the largest holder pays: its
//! parts are given up at once, and its connection learns it with the next part.

use super::heads::{HeadSlab, Heads};
use super::pool::Index;
use super::ranks::Ranks;
#[cfg(feature = "deflate")]
use super::scratch::STRETCH;
use crate::error::{Code, Error, Fault};
use crate::memory::{Heap, Vec};

static GIVEN_UP: Fault = Fault::new(
    Code::Nomem,
    1013,
    c"WS-PMD-07",
    c"the budget of unfinished messages is used up, and this WebSocket held most of it",
);

/// Octets that any message may have inflated ahead of its end.
#[cfg(feature = "deflate")]
const SHARE: u64 = 512 << 10;
/// And for each octet of it that came. Text seldom compresses to less than a tenth.
#[cfg(feature = "deflate")]
const RATIO: u64 = 16;

/// What a message holds beside its [`Scratch`].
pub struct Unfinished {
    /// Compressed octets that wait for the end, and how many of them are inflated.
    packed: Vec<u8>,
    #[cfg(feature = "deflate")]
    packed_at: usize,
    /// Compressed octets that came.
    #[cfg(feature = "deflate")]
    arrived: u64,
    /// What of the total it is.
    counted: usize,
    /// It was given up for others.
    is_given_up: bool,
}

impl HeadSlab {
    /// Octets of memory of the message in the making.
    pub fn message_size(&self) -> usize {
        self.scratch().size() + self.unfinished.packed.capacity()
    }
}

impl Unfinished {
    pub fn new(heap: &Heap) -> Self {
        Self {
            packed: Vec::new_in(heap.clone()),
            #[cfg(feature = "deflate")]
            packed_at: 0,
            #[cfg(feature = "deflate")]
            arrived: 0,
            counted: 0,
            is_given_up: false,
        }
    }

    fn strip(&mut self) {
        *self = Self::new(self.packed.allocator());
    }
}

#[cfg(feature = "deflate")]
impl Unfinished {
    /// So many compressed octets came.
    pub fn heard(&mut self, octets: usize) {
        self.arrived += octets as u64;
    }

    /// Whether another stretch may be inflated ahead, behind those that are.
    pub fn may_inflate(&self, inflated: usize) -> bool {
        let earned = SHARE.saturating_add(self.arrived.saturating_mul(RATIO));
        self.packed.is_empty() && (inflated + STRETCH) as u64 <= earned
    }

    /// Keeps compressed octets for the end. The caller bounds them by the `max` of a message: what inflates to no more is no longer,
    /// but for what says nothing; whether they were few enough.
    pub fn pack(&mut self, octets: &[u8], max: u64) -> Result<bool, Error> {
        if (self.packed.len() + octets.len()) as u64 > max {
            return Ok(false);
        }
        self.packed.try_reserve(octets.len()).map_err(|_| crate::memory::NO_MEMORY)?;
        self.packed.extend_from_slice(octets);
        Ok(true)
    }

    /// What of that is not inflated yet.
    pub fn packed(&self) -> &[u8] {
        &self.packed[self.packed_at..]
    }

    /// The first `len` octets of it are.
    pub fn unpacked(&mut self, len: usize) {
        self.packed_at += len;
    }
}

/// What all of them hold.
pub struct Budget {
    ranks: Ranks,
    total: usize,
    max: usize,
    given_up: u64,
}

impl Budget {
    pub fn new(heap: &Heap, max: usize) -> Self {
        Self { ranks: Ranks::new(heap), total: 0, max, given_up: 0 }
    }

    /// From now on this much.
    pub fn limit(&mut self, max: usize) {
        self.max = max;
    }

    /// How many messages were given up so far.
    pub fn given_up(&self) -> u64 {
        self.given_up
    }
}

impl Heads {
    /// Whether the message in this slab goes on: fails if it was given up.
    pub fn check_unfinished(&self, index: Index) -> Result<(), Error> {
        if self.get(index).unfinished.is_given_up { Err(GIVEN_UP.at(0)) } else { Ok(()) }
    }

    /// Counts what the message in this slab holds until its end comes. Where that is too much for the budget the largest pays; fails if
    /// it is this one.
    pub fn count_unfinished(&mut self, index: Index) -> Result<(), Error> {
        self.budget.ranks.make_room(index)?;
        let slab = self.get_mut(index);
        let size = slab.message_size();
        let before = core::mem::replace(&mut slab.unfinished.counted, size);
        self.budget.total = self.budget.total - before + size;
        self.budget.ranks.place(index, size);
        while self.budget.total > self.budget.max {
            let Some(largest) = self.budget.ranks.largest(|_| true) else { break };
            self.give_up(largest);
        }
        self.check_unfinished(index)
    }

    fn give_up(&mut self, index: Index) {
        self.end_unfinished(index);
        let (scratch, unfinished) = self.get_mut(index).message();
        scratch.strip();
        unfinished.strip();
        unfinished.is_given_up = true;
        self.budget.given_up += 1;
    }

    /// The end of the message has come, or its connection's.
    pub fn end_unfinished(&mut self, index: Index) {
        self.budget.ranks.remove(index);
        let counted = core::mem::take(&mut self.get_mut(index).unfinished.counted);
        self.budget.total -= counted;
    }

    /// Makes room for another message.
    #[cold]
    pub(super) fn drop_message(&mut self, index: Index) {
        self.end_unfinished(index);
        let slab = self.get_mut(index);
        slab.unfinished.strip();
        slab.scratch_mut().clear();
        slab.has_message = false;
    }
}
