//! Debts: which arrivals owe a header, to which listener and how long, and the octets that they hold meanwhile.

use super::lines::Lines;
use crate::error::Error;
use crate::memory::Heap;

/// The share of all memory that the octets of headers may take which did not come whole.
const HELD_SHARE: usize = 64;

/// The line of those that hold octets of an incomplete header.
const HOLDING: u32 = 0;
/// The line of those that owe nothing any more, and wait for a place among the connections.
const COMPLETE: u32 = 1;

/// The debts of all arrivals.
pub struct Debts {
    /// A line for each listener: those that owe it a header.
    owing: Lines,
    /// The lines [`HOLDING`] and [`COMPLETE`].
    others: Lines,
    /// Octets that arrivals hold, and how many there may be.
    held: usize,
    held_max: usize,
    /// Those that owe nothing any more: in their line, or about to become connections.
    complete: u32,
}

impl Debts {
    /// None. Incomplete headers may take a part of `memory_max`. Fails with `Nomem`.
    pub fn new(heap: &Heap, memory_max: usize) -> Result<Self, Error> {
        let mut others = Lines::new(heap);
        for _ in [HOLDING, COMPLETE] {
            others.add(u32::MAX)?;
        }
        Ok(Self { owing: Lines::new(heap), others, held: 0, held_max: memory_max / HELD_SHARE, complete: 0 })
    }

    /// Adds a listener, to which `places` arrivals may owe their header; they are numbered in order. Fails with `Nomem`.
    pub fn add_listener(&mut self, places: u32) -> Result<(), Error> {
        self.owing.add(places)
    }

    /// Allocates for the arrivals below `arrivals`. Fails with `Nomem`.
    pub fn reserve(&mut self, arrivals: usize) -> Result<(), Error> {
        self.owing.reserve(arrivals)?;
        self.others.reserve(arrivals)
    }

    /// An arrival owes a header to a listener.
    pub fn begin(&mut self, index: u32, listener: u32) {
        self.owing.join(index, listener);
    }

    /// An arrival holds so many octets more.
    pub fn hold(&mut self, index: u32, octets: usize) {
        if octets > 0 {
            self.held += octets;
            self.others.join(index, HOLDING);
        }
    }

    /// An arrival leaves, which held `held` octets.
    pub fn end(&mut self, index: u32, held: usize) {
        self.held -= held;
        self.others.leave(index);
        if !self.owing.leave(index) {
            self.complete -= 1;
        }
    }

    /// An arrival owes nothing any more and waits for a place among the connections. What it holds stays in the budget, but it
    /// does not end for others.
    pub fn wait_for_place(&mut self, index: u32) {
        if self.owing.leave(index) {
            self.complete += 1;
            self.others.leave(index);
        }
        self.others.join(index, COMPLETE);
    }

    /// The next of those that wait, if one of `places` is left; it is about to become a connection.
    pub fn use_place(&mut self, places: u32) -> Option<u32> {
        let is_left = self.complete - self.others.len(COMPLETE) < places;
        self.others.first(COMPLETE).filter(|&index| is_left && self.others.leave(index))
    }

    /// How many octets more may be held.
    pub fn room(&self) -> usize {
        self.held_max - self.held
    }

    /// The number of those that owe nothing any more.
    pub fn complete(&self) -> u32 {
        self.complete
    }

    /// The one that has owed a header to a listener longest.
    pub fn longest(&self, listener: u32) -> Option<u32> {
        self.owing.first(listener)
    }

    /// The one that has held octets longest, and ends so that `index` may hold `octets`. `None`: that one pays itself, since it
    /// has held longest, or there would never be room.
    pub fn longest_holding_but(&self, index: u32, octets: usize) -> Option<u32> {
        self.others.first(HOLDING).filter(|&longest| longest != index && octets <= self.held_max)
    }

    /// Whether more owe a header to a listener than have places.
    pub fn are_too_many(&self, listener: u32) -> bool {
        self.owing.is_over(listener)
    }

    /// The listener to which most owe a header, if any do.
    pub fn most_owed(&self) -> Option<u32> {
        self.owing.longest()
    }
}
