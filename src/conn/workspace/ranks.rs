//! The largest holders: indices in lists by size.
//!
//! Peers control how often and how many indices are listed, so each step has constant cost. Sizes of one class differ
//! by less than half. Within a class the first to arrive is first: a latecomer, such as a client with half a head
//! during a flood, does not pay for those that have been there for long.

use super::pool::{Index, NONE};
use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Vec};
use crate::narrow::octet;

/// Two for each power of two, up to 2^63.
pub const CLASSES: usize = 128;

/// In no list.
const UNLISTED: u8 = u8::MAX;

#[derive(Clone, Copy)]
struct Link {
    before: Index,
    after: Index,
    class: u8,
}

impl Link {
    const UNLISTED: Self = Self { before: NONE, after: NONE, class: UNLISTED };
}

/// Indices by size.
pub struct Ranks {
    links: Vec<Link>,
    /// The first and the last of each class.
    lists: [(Index, Index); CLASSES],
    /// The non-empty classes.
    filled: u128,
}

impl Ranks {
    pub fn new(heap: &Heap) -> Self {
        Self { links: Vec::new_in(heap.clone()), lists: [(NONE, NONE); CLASSES], filled: 0 }
    }

    /// Reserves room for this index. Fails with `Nomem`.
    #[inline]
    pub fn make_room(&mut self, index: Index) -> Result<(), Error> {
        let len = index as usize + 1;
        if self.links.len() < len { self.grow(len) } else { Ok(()) }
    }

    #[cold]
    fn grow(&mut self, len: usize) -> Result<(), Error> {
        self.links.try_reserve(len - self.links.len()).map_err(|_| NO_MEMORY)?;
        self.links.resize(len, Link::UNLISTED);
        Ok(())
    }

    /// Lists an index [with reserved room](Self::make_room) as a holder of `size` octets. One that stays in its class
    /// keeps its place.
    pub fn place(&mut self, index: Index, size: usize) {
        let class = class(size);
        if self.links[index as usize].class == class {
            return;
        }
        self.remove(index);
        let last = self.lists[class as usize].1;
        self.links[index as usize] = Link { before: last, after: NONE, class };
        match last {
            NONE => self.lists[class as usize].0 = index,
            last => self.links[last as usize].after = index,
        }
        self.lists[class as usize].1 = index;
        self.filled |= 1 << class;
    }

    /// Removes an index from the lists.
    pub fn remove(&mut self, index: Index) {
        let Some(link) = self.links.get_mut(index as usize) else { return };
        let Link { before, after, class } = core::mem::replace(link, Link::UNLISTED);
        if class == UNLISTED {
            return;
        }
        let list = &mut self.lists[class as usize];
        match before {
            NONE => list.0 = after,
            before => self.links[before as usize].after = after,
        }
        match after {
            NONE => list.1 = before,
            after => self.links[after as usize].before = before,
        }
        if self.lists[class as usize].0 == NONE {
            self.filled &= !(1 << class);
        }
    }

    /// The largest holder for which `may_pay` holds. Costs time for each larger one for which it does not.
    pub fn largest(&self, may_pay: impl Fn(Index) -> bool) -> Option<Index> {
        let mut classes = self.filled;
        while classes != 0 {
            let class = CLASSES - 1 - classes.leading_zeros() as usize;
            let mut at = self.lists[class].0;
            while at != NONE {
                if may_pay(at) {
                    return Some(at);
                }
                at = self.links[at as usize].after;
            }
            classes &= !(1 << class);
        }
        None
    }
}

/// The class of a size: the power of two, and whether the size is half as much again.
pub fn class(size: usize) -> u8 {
    let size = size.max(1);
    let power = size.ilog2() as usize;
    let half = if power == 0 { 0 } else { size >> (power - 1) & 1 };
    octet(2 * power + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranks(sizes: &[usize]) -> Ranks {
        let mut ranks = Ranks::new(&Heap::new(usize::MAX));
        for (index, &size) in (0..).zip(sizes) {
            ranks.make_room(index).unwrap();
            ranks.place(index, size);
        }
        ranks
    }

    fn in_order(ranks: &mut Ranks) -> std::vec::Vec<Index> {
        let next = || {
            let index = ranks.largest(|_| true)?;
            ranks.remove(index);
            Some(index)
        };
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn the_largest_comes_first_and_of_one_class_the_first() {
        assert_eq!(in_order(&mut ranks(&[10, 1000, 0, 1500, 1600, 1000, usize::MAX])), [6, 4, 3, 1, 5, 0, 2]);
    }

    #[test]
    fn one_that_stays_in_its_class_keeps_its_place() {
        let mut ranks = ranks(&[64, 64, 64, 64]);
        ranks.place(0, 65);
        ranks.place(1, 32);
        ranks.place(1, 64);
        assert_eq!(in_order(&mut ranks), [0, 2, 3, 1]);
    }

    #[test]
    fn those_that_may_not_pay_are_passed_over() {
        let mut ranks = ranks(&[64, 64, 32, 16]);
        assert_eq!(ranks.largest(|index| index > 1), Some(2));
        assert_eq!(ranks.largest(|_| false), None);
        ranks.remove(0);
        ranks.remove(0);
        ranks.remove(7);
        assert_eq!(in_order(&mut ranks), [1, 2, 3]);
    }

    #[test]
    fn classes_are_less_than_half_apart() {
        assert_eq!([0, 1, 2, 3, 4, 5, 6, 7, 8].map(class), [0, 0, 2, 3, 4, 4, 5, 5, 6]);
        assert_eq!(class(usize::MAX), 127);
    }
}
