//! Held bytes: input stored between lends, with a shared budget.
//!
//! When the budget is used up, the largest holder's octets are evicted at once, and its connection learns it at its
//! next call ([`HeldPool::is_evicted`]). Only buffers at rest are evicted: no event points into them.

use super::pool::{Index, Pool};
use super::ranks::Ranks;
use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Vec};
use crate::narrow::PLACE_MAX;

/// Minimum room of a held buffer; fits a small head in two pieces.
const ROOM_MIN: usize = 1024;
/// Free buffers up to this size keep their memory, at most [`FREE_MAX`] of them.
const CACHED_SIZE_MAX: usize = 4096;
const FREE_MAX: usize = 64;

/// The state of a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BufferState {
    /// Its connection is being pulled: events may point into it.
    InUse,
    /// Nothing points into it until its connection is pulled again.
    AtRest,
    /// It was evicted.
    Evicted,
}

struct Held {
    octets: Vec<u8>,
    state: BufferState,
    /// Its share of the total: 0 while free or in use, so that only buffers that can be evicted cause evictions.
    counted: usize,
}

/// The held bytes of all connections of a workspace.
pub struct HeldPool {
    pool: Pool<Held>,
    ranks: Ranks,
    heap: Heap,
    /// The octets of all buffers at rest.
    total: usize,
    max: usize,
    evicted: u64,
}

impl HeldPool {
    pub fn new(heap: &Heap, max: usize) -> Self {
        Self { pool: Pool::new(heap), ranks: Ranks::new(heap), heap: heap.clone(), total: 0, max, evicted: 0 }
    }

    /// An empty buffer, in use.
    pub fn take(&mut self) -> Result<Index, Error> {
        let empty = || Held { octets: Vec::new_in(self.heap.clone()), state: BufferState::InUse, counted: 0 };
        let index = self.pool.take(empty)?;
        self.pool.get_mut(index).state = BufferState::InUse;
        if let Err(error) = self.ranks.make_room(index).and_then(|()| self.reserve(index, ROOM_MIN)) {
            self.give_back(index);
            return Err(error);
        }
        Ok(index)
    }

    /// Appends `bytes`; on failure nothing was appended.
    pub fn append(&mut self, index: Index, bytes: &[u8]) -> Result<(), Error> {
        if self.get(index).len() + bytes.len() > PLACE_MAX {
            return Err(NO_MEMORY);
        }
        self.reserve(index, bytes.len())?;
        self.pool.get_mut(index).octets.extend_from_slice(bytes);
        Ok(())
    }

    /// Reserves `more` octets. If memory is short, larger holders are evicted.
    fn reserve(&mut self, index: Index, more: usize) -> Result<(), Error> {
        while !grow(self.get_mut(index), more) {
            let size = self.get(index).len() + more;
            if !self.evict_largest(size) {
                return Err(NO_MEMORY);
            }
        }
        Ok(())
    }

    /// Its connection is pulled: events may point into it.
    #[inline]
    pub fn begin_use(&mut self, index: Index) {
        let held = self.pool.get_mut(index);
        if held.state == BufferState::AtRest {
            held.state = BufferState::InUse;
            self.total -= core::mem::take(&mut held.counted);
        }
    }

    /// No event points into it, until its connection is pulled again.
    pub fn end_use(&mut self, index: Index) {
        let held = self.pool.get_mut(index);
        if held.state != BufferState::InUse {
            return;
        }
        (held.state, held.counted) = (BufferState::AtRest, held.octets.capacity());
        self.total += held.counted;
        self.ranks.place(index, held.counted);
        while self.total > self.max && self.evict_largest(0) {}
    }

    /// Whether it was evicted: it stays empty.
    #[inline]
    pub fn is_evicted(&self, index: Index) -> bool {
        self.pool.get(index).state == BufferState::Evicted
    }

    /// Number of evictions.
    pub fn evicted(&self) -> u64 {
        self.evicted
    }

    /// Evicts the largest buffer at rest, if it has at least `least` octets; returns whether it did.
    #[cold]
    fn evict_largest(&mut self, least: usize) -> bool {
        let is_at_rest = |index| self.pool.get(index).state == BufferState::AtRest;
        let Some(index) = self.ranks.largest(is_at_rest) else { return false };
        let held = self.pool.get_mut(index);
        if held.counted < least {
            return false;
        }
        self.ranks.remove(index);
        held.state = BufferState::Evicted;
        held.octets = Vec::new_in(self.heap.clone());
        self.total -= core::mem::take(&mut held.counted);
        self.evicted += 1;
        true
    }

    /// Gives a buffer back.
    pub fn give_back(&mut self, index: Index) {
        self.ranks.remove(index);
        let is_enough = self.pool.spare() >= FREE_MAX;
        let Held { octets, counted, .. } = self.pool.get_mut(index);
        self.total -= core::mem::take(counted);
        if is_enough || octets.capacity() > CACHED_SIZE_MAX {
            *octets = Vec::new_in(self.heap.clone());
        }
        octets.clear();
        self.pool.give_back(index);
    }

    /// How many buffers are in use.
    pub fn taken(&self) -> usize {
        self.pool.taken()
    }

    #[inline]
    pub fn get(&self, index: Index) -> &Vec<u8> {
        &self.pool.get(index).octets
    }

    #[inline]
    pub fn get_mut(&mut self, index: Index) -> &mut Vec<u8> {
        &mut self.pool.get_mut(index).octets
    }
}

/// Makes room for `more` octets. A whole lend is kept as large as it is; what grows a little at a time grows by doubling.
fn grow(octets: &mut Vec<u8>, more: usize) -> bool {
    let reserved = if more > ROOM_MIN { octets.try_reserve_exact(more) } else { octets.try_reserve(more) };
    reserved.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One that holds `size` octets, at rest.
    fn hold(pool: &mut HeldPool, size: usize) -> Index {
        let index = pool.take().unwrap();
        pool.append(index, &std::vec![7; size]).unwrap();
        pool.end_use(index);
        index
    }

    #[test]
    fn h1_lim_07_the_largest_holder_pays_and_the_first_of_equal_ones() {
        let mut pool = HeldPool::new(&Heap::new(usize::MAX), 100_000);
        let small = hold(&mut pool, 10);
        let large = [(); 3].map(|()| hold(&mut pool, 30_000));
        assert_eq!(pool.evicted(), 0);
        let last = hold(&mut pool, 20_000);
        assert_eq!(large.map(|index| pool.is_evicted(index)), [true, false, false]);
        assert!(!pool.is_evicted(small) && !pool.is_evicted(last));
        assert_eq!((pool.get(large[0]).len(), pool.get(small).len(), pool.evicted()), (0, 10, 1));
        pool.give_back(large[0]);
        let next = hold(&mut pool, 10);
        assert!(next == large[0] && !pool.is_evicted(next), "a buffer that was evicted is used again");
    }

    #[test]
    fn what_an_event_points_into_is_not_evicted() {
        let mut pool = HeldPool::new(&Heap::new(usize::MAX), 50_000);
        let in_use = hold(&mut pool, 40_000);
        pool.begin_use(in_use);
        let at_rest = hold(&mut pool, 20_000);
        assert!(!pool.is_evicted(in_use) && !pool.is_evicted(at_rest), "nor does another one pay for it");
        pool.append(in_use, &[0; 20_000]).unwrap();
        assert_eq!(pool.get(in_use).len(), 60_000, "for now");
        pool.end_use(in_use);
        assert!(pool.is_evicted(in_use) && !pool.is_evicted(at_rest), "as soon as it can");
    }

    #[test]
    fn where_memory_is_short_the_largest_pays_as_well() {
        let mut pool = HeldPool::new(&Heap::new(50_000), usize::MAX);
        let large = hold(&mut pool, 40_000);
        let other = hold(&mut pool, 20_000);
        assert!(pool.is_evicted(large) && !pool.is_evicted(other));
        let last = pool.take().unwrap();
        assert!(pool.append(last, &[0; 60_000]).is_err(), "more than there is");
        assert_eq!((pool.get(last).len(), pool.is_evicted(other)), (0, false), "nobody pays for who wants more");
    }

    #[test]
    fn all_that_was_counted_is_given_back() {
        let heap = Heap::new(usize::MAX);
        let mut pool = HeldPool::new(&heap, 100_000);
        let held: std::vec::Vec<_> = (0..200).map(|at| hold(&mut pool, at * 40)).collect();
        assert!(pool.evicted() > 0 && pool.total <= 100_000);
        held.into_iter().for_each(|index| pool.give_back(index));
        assert_eq!(pool.total, 0);
        drop(pool);
        assert_eq!(heap.used(), 0);
    }
}
