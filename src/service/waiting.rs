//! Messages and posted responses that wait for room in their connection's queue.
//!
//! A connection with waiting messages has a line, stored by slot; others cost nothing. A line is first in, first out,
//! except that a message with a key replaces the one with the same key. A message that waits in many lines is stored
//! once. There is a budget for all lines and one for each; when the total is used up, the longest line is dropped
//! ([`Waiting::longer`]).

mod line;
mod message;

pub(super) use message::Message;

use crate::conn::Ranks;
use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY};
use line::{Line, PLACE, Place, size_of_place};
use std::collections::HashMap;
use std::rc::Rc;

/// The result of adding a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Put {
    /// It waits; with the token of the message it replaced.
    Waits(Option<u64>),
    /// Refused: the line is full.
    Full,
}

/// The result of adding a response.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Parked<A> {
    /// It waits.
    Waits,
    /// Refused: the line is full.
    Full(A),
    /// Refused: the total is used up.
    Short(A),
}

/// All lines, of messages and of responses of type `A`.
pub(super) struct Waiting<A> {
    lines: HashMap<u32, Line<A>>,
    /// The lines by length.
    ranks: Ranks,
    heap: Heap,
    line_max: usize,
}

impl<A> Waiting<A> {
    /// Nothing waits. All lines together have at most `all_max` octets, a line of more than one message at most
    /// `line_max`.
    pub fn new(all_max: usize, line_max: usize) -> Self {
        // The ranks' memory does not depend on peers: a fixed size per slot.
        Self { lines: HashMap::new(), ranks: Ranks::new(&Heap::new(usize::MAX)), heap: Heap::new(all_max), line_max }
    }

    /// Whether anything waits.
    #[inline(always)]
    pub fn is_any(&self) -> bool {
        !self.lines.is_empty()
    }

    /// Whether a message waits for this connection.
    pub fn has(&self, slot: u32) -> bool {
        self.lines.get(&slot).is_some_and(|line| line.first().is_some())
    }

    /// Adds a message to the end of the line, or replaces the one with the same key. Fails with `Nomem`; nothing has
    /// changed then.
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
        self.push_to_line(slot, |line| line.put(place)).map(Put::Waits)
    }

    /// Whether a response waits for this connection.
    pub fn has_posts(&self, slot: u32) -> bool {
        self.lines.get(&slot).is_some_and(Line::has_responses)
    }

    /// Adds a response of this size; `token` is reported if it is dropped. A response with a share of its connection is
    /// limited by that instead of the line's length.
    pub fn push_response(
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
        let put = self.push_to_line(slot, |line| line.push_response(&mut answer, octets, token, memory));
        debug_assert_eq!(put.is_err(), answer.is_some());
        answer.map_or(Parked::Waits, Parked::Short)
    }

    fn has_room(&self, slot: u32, octets: usize, key: Option<u64>) -> bool {
        self.lines.get(&slot).is_none_or(|line| line.has_room(octets, key, self.line_max))
    }

    fn push_to_line<T>(&mut self, slot: u32, put: impl FnOnce(&mut Line<A>) -> Result<T, Error>) -> Result<T, Error> {
        self.ranks.make_room(slot)?;
        self.lines.try_reserve(1).map_err(|_| NO_MEMORY)?;
        let put = put(self.lines.entry(slot).or_default());
        self.changed(slot);
        put
    }

    /// Updates the rank of a line that changed.
    fn changed(&mut self, slot: u32) {
        match self.lines.get(&slot) {
            Some(line) if !line.is_empty() => self.ranks.place(slot, line.octets()),
            _ => {
                self.lines.remove(&slot);
                self.ranks.remove(slot);
            }
        }
    }

    /// The longest line, if it is another one and longer than this one would be with `octets` more.
    pub fn longer(&self, slot: u32, octets: usize) -> Option<u32> {
        let own = self.lines.get(&slot).map_or(0, Line::octets) + octets;
        let longest = self.ranks.largest(|other| other != slot)?;
        (self.lines.get(&longest)?.octets() > own).then_some(longest)
    }

    /// The next message of a connection.
    pub fn first(&self, slot: u32) -> Option<Rc<Message>> {
        self.lines.get(&slot)?.first().map(|place| place.message.clone())
    }

    /// Removes it after it was sent.
    pub fn remove_first(&mut self, slot: u32) {
        let Some(line) = self.lines.get_mut(&slot) else { return };
        line.remove_first();
        self.changed(slot);
    }

    /// Takes out the next response. Its place and token stay until [`remove_response`](Self::remove_response) or
    /// [`forget`](Self::forget), so that [`return_response`](Self::return_response) needs no memory.
    pub fn take_response(&mut self, slot: u32) -> Option<A> {
        self.lines.get_mut(&slot)?.take_response()
    }

    /// The response taken out continues to wait.
    pub fn return_response(&mut self, slot: u32, answer: A) {
        if let Some(line) = self.lines.get_mut(&slot) {
            line.return_response(answer);
        }
    }

    /// The response taken out was sent.
    pub fn remove_response(&mut self, slot: u32) {
        let Some(line) = self.lines.get_mut(&slot) else { return };
        line.remove_response();
        self.changed(slot);
    }

    /// Drops the line; returns the tokens to report.
    pub fn forget(&mut self, slot: u32) -> impl Iterator<Item = u64> + use<A> {
        let line = self.lines.remove(&slot).unwrap_or_default();
        self.ranks.remove(slot);
        line.tokens()
    }

    /// Octets of everything waiting, with its overhead.
    #[cfg(test)]
    pub fn octets(&self) -> usize {
        self.heap.used()
    }
}

#[cfg(test)]
mod tests;
