//! Messages that wait for room in the queue of their connection.
//!
//! Each connection with something waiting has a line, kept under its slot: one that has none costs nothing. A line is first in, first
//! out, but that a message with a key takes the place of the one of the same key. The messages themselves are counted: one that
//! waits in many lines is there once. Responses that other threads posted and that their connection had no room for wait here too. All
//! of it has a budget, and so has each line; where the budget of all is used up, the longest line pays ([`Waiting::longer`]).

mod line;
mod message;

pub(super) use message::Message;

use crate::conn::Ranks;
use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY};
use line::{Line, PLACE, Place, size_of_place};
use std::collections::HashMap;
use std::rc::Rc;

/// What became of what was to wait.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Put {
    /// It waits; with the token of the one whose place it took.
    Waits(Option<u64>),
    /// Nothing was done: the line is as long as it may be.
    Full,
}

/// What became of an answer that was to wait.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Parked<A> {
    /// It waits.
    Waits,
    /// It does not: the line is as long as it may be.
    Full(A),
    /// It does not: all lines together are.
    Short(A),
}

/// All lines, of messages and of answers that are an `A`.
pub(super) struct Waiting<A> {
    lines: HashMap<u32, Line<A>>,
    /// The lines by how long they are.
    ranks: Ranks,
    heap: Heap,
    line_max: usize,
}

impl<A> Waiting<A> {
    /// Nothing waits. All lines together take at most `all_max` octets, a line of more than one message at most `line_max`.
    pub fn new(all_max: usize, line_max: usize) -> Self {
        // What the ranks take is no peer's doing: so much for each slot there is.
        Self { lines: HashMap::new(), ranks: Ranks::new(&Heap::new(usize::MAX)), heap: Heap::new(all_max), line_max }
    }

    /// Whether anything waits anywhere.
    #[inline(always)]
    pub fn is_any(&self) -> bool {
        !self.lines.is_empty()
    }

    /// Whether a message waits for this connection.
    pub fn has(&self, slot: u32) -> bool {
        self.lines.get(&slot).is_some_and(|line| line.first().is_some())
    }

    /// Lets a message wait behind the others, or in the place of the one with the same key. Fails with `Nomem`; nothing was done then.
    pub fn put(
        &mut self,
        slot: u32,
        message: &Rc<Message>,
        key: Option<u64>,
        token: Option<u64>,
    ) -> Result<Put, Error> {
        if !self.has_room(slot, size_of_place(message), key) {
            return Ok(Put::Full);
        }
        message.count(&self.heap)?;
        let place = Place { message: message.clone(), key, token, _memory: self.heap.reserve(PLACE)? };
        self.put_in_line(slot, |line| line.put(place)).map(Put::Waits)
    }

    /// Whether an answer waits for this connection.
    pub fn has_posts(&self, slot: u32) -> bool {
        self.lines.get(&slot).is_some_and(Line::has_answers)
    }

    /// Lets an answer of so many octets wait; `token`: what its poster is told if it is forgotten. One with a share of its connection's is
    /// bounded by that, and not by the length of the line.
    pub fn put_answer(
        &mut self,
        slot: u32,
        answer: A,
        octets: usize,
        token: Option<u64>,
        has_share: bool,
    ) -> Parked<A> {
        let octets = octets + PLACE;
        if !has_share && !self.has_room(slot, octets, None) {
            return Parked::Full(answer);
        }
        let Ok(memory) = self.heap.reserve(octets) else { return Parked::Short(answer) };
        let mut answer = Some(answer);
        let put = self.put_in_line(slot, |line| line.put_answer(&mut answer, octets, token, memory));
        debug_assert_eq!(put.is_err(), answer.is_some());
        answer.map_or(Parked::Waits, Parked::Short)
    }

    fn has_room(&self, slot: u32, octets: usize, key: Option<u64>) -> bool {
        self.lines.get(&slot).is_none_or(|line| line.has_room(octets, key, self.line_max))
    }

    fn put_in_line<T>(&mut self, slot: u32, put: impl FnOnce(&mut Line<A>) -> Result<T, Error>) -> Result<T, Error> {
        self.ranks.make_room(slot)?;
        self.lines.try_reserve(1).map_err(|_| NO_MEMORY)?;
        let put = put(self.lines.entry(slot).or_default());
        self.changed(slot);
        put
    }

    /// A line is longer or shorter than before, or empty.
    fn changed(&mut self, slot: u32) {
        match self.lines.get(&slot) {
            Some(line) if !line.is_empty() => self.ranks.place(slot, line.octets()),
            _ => {
                self.lines.remove(&slot);
                self.ranks.remove(slot);
            }
        }
    }

    /// The longest line, where that is another one, and longer than this one would be with so many octets more: it is the one to pay.
    pub fn longer(&self, slot: u32, octets: usize) -> Option<u32> {
        let own = self.lines.get(&slot).map_or(0, Line::octets) + octets;
        let longest = self.ranks.largest(|other| other != slot)?;
        (self.lines.get(&longest)?.octets() > own).then_some(longest)
    }

    /// The message that is next for a connection.
    pub fn first(&self, slot: u32) -> Option<Rc<Message>> {
        self.lines.get(&slot)?.first().map(|place| place.message.clone())
    }

    /// It is sent.
    pub fn remove_first(&mut self, slot: u32) {
        let Some(line) = self.lines.get_mut(&slot) else { return };
        line.remove_first();
        self.changed(slot);
    }

    /// Lends the answer that is next for a connection. It keeps its place and its token until it is [sent](Self::remove_answer) or
    /// forgotten, so that to [return](Self::return_answer) it takes no memory.
    pub fn lend_answer(&mut self, slot: u32) -> Option<A> {
        self.lines.get_mut(&slot)?.lend_answer()
    }

    /// The answer that was lent goes on waiting.
    pub fn return_answer(&mut self, slot: u32, answer: A) {
        if let Some(line) = self.lines.get_mut(&slot) {
            line.return_answer(answer);
        }
    }

    /// The answer that was lent waits no more.
    pub fn remove_answer(&mut self, slot: u32) {
        let Some(line) = self.lines.get_mut(&slot) else { return };
        line.remove_answer();
        self.changed(slot);
    }

    /// Nothing of the line will be sent: the tokens of those whose posters are to be told.
    pub fn forget(&mut self, slot: u32) -> impl Iterator<Item = u64> + use<A> {
        let line = self.lines.remove(&slot).unwrap_or_default();
        self.ranks.remove(slot);
        line.tokens()
    }

    /// Octets that wait, and what keeps them.
    #[cfg(test)]
    pub fn octets(&self) -> usize {
        self.heap.used()
    }
}

#[cfg(test)]
mod tests;
