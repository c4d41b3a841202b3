//! Lines: arrivals in the order in which they joined.
//!
//! Peers decide how many there are, and which leave, so each step has constant cost.

use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Vec};

const NONE: u32 = u32::MAX;

/// One arrival's neighbours, and its line; [`NONE`] where there is none.
#[derive(Clone, Copy)]
struct Link {
    before: u32,
    after: u32,
    line: u32,
}

/// One line.
#[derive(Clone, Copy)]
struct Line {
    first: u32,
    last: u32,
    len: u32,
    /// For how many it has places.
    places: u32,
}

/// Several lines. An arrival stands in one of them at most.
pub struct Lines {
    links: Vec<Link>,
    all: Vec<Line>,
}

impl Lines {
    /// No lines.
    pub fn new(heap: &Heap) -> Self {
        Self { links: Vec::new_in(heap.clone()), all: Vec::new_in(heap.clone()) }
    }

    /// Adds an empty line; they are numbered in order. Fails with `Nomem`.
    pub fn add(&mut self, places: u32) -> Result<(), Error> {
        self.all.try_reserve(1).map_err(|_| NO_MEMORY)?;
        self.all.push(Line { first: NONE, last: NONE, len: 0, places });
        Ok(())
    }

    /// Allocates for arrivals below `arrivals`, so that joining cannot fail. Fails with `Nomem`.
    pub fn reserve(&mut self, arrivals: usize) -> Result<(), Error> {
        if self.links.len() < arrivals {
            self.links.try_reserve(arrivals - self.links.len()).map_err(|_| NO_MEMORY)?;
            self.links.resize(arrivals, Link { before: NONE, after: NONE, line: NONE });
        }
        Ok(())
    }

    /// An arrival joins the end of a line. One that stands in a line keeps its place.
    pub fn join(&mut self, index: u32, number: u32) {
        let line = &mut self.all[number as usize];
        if self.links[index as usize].line != NONE {
            return;
        }
        self.links[index as usize] = Link { before: line.last, after: NONE, line: number };
        match line.last {
            NONE => line.first = index,
            last => self.links[last as usize].after = index,
        }
        (line.last, line.len) = (index, line.len + 1);
    }

    /// An arrival leaves its line; returns whether it stood in one.
    pub fn leave(&mut self, index: u32) -> bool {
        let Link { before, after, line } = self.links[index as usize];
        if line == NONE {
            return false;
        }
        self.links[index as usize].line = NONE;
        let line = &mut self.all[line as usize];
        line.len -= 1;
        match before {
            NONE => line.first = after,
            before => self.links[before as usize].after = after,
        }
        match after {
            NONE => line.last = before,
            after => self.links[after as usize].before = before,
        }
        true
    }

    /// The first of a line.
    pub fn first(&self, number: u32) -> Option<u32> {
        Some(self.all[number as usize].first).filter(|&first| first != NONE)
    }

    /// The number of arrivals in a line.
    pub fn len(&self, number: u32) -> u32 {
        self.all[number as usize].len
    }

    /// Whether more are in a line than have places.
    pub fn is_over(&self, number: u32) -> bool {
        let line = &self.all[number as usize];
        line.len > line.places
    }

    /// The longest line, unless all are empty.
    pub fn longest(&self) -> Option<u32> {
        let longest = (0..).zip(&self.all).max_by_key(|(_, line)| line.len);
        longest.filter(|(_, line)| line.len > 0).map(|(number, _)| number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use std::collections::VecDeque;

    #[test]
    fn lines_agree_with_queues() {
        let (mut random, mut lines) = (Random::new(7), Lines::new(&Heap::new(usize::MAX)));
        let mut queues = [const { VecDeque::<u32>::new() }; 3];
        queues.iter().for_each(|_| lines.add(5).unwrap());
        lines.reserve(20).unwrap();
        for _ in 0..10_000 {
            let (index, number) = (random.below(20) as u32, random.below(3));
            let stands = queues.iter().any(|queue| queue.contains(&index));
            if random.below(2) == 0 {
                lines.join(index, number as u32);
                if !stands {
                    queues[number].push_back(index);
                }
            } else {
                assert_eq!(lines.leave(index), stands);
                queues.iter_mut().for_each(|queue| queue.retain(|&other| other != index));
            }
            for (number, queue) in (0..).zip(&queues) {
                assert_eq!((lines.first(number), lines.len(number) as usize), (queue.front().copied(), queue.len()));
                assert_eq!(lines.is_over(number), queue.len() > 5);
            }
            let longest = lines.longest().map_or(0, |longest| lines.len(longest) as usize);
            assert_eq!(Some(longest), queues.iter().map(VecDeque::len).max());
        }
    }
}
