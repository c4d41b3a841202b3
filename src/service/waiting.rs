//! Messages that wait for room in the queue of their connection.
//!
//! Each connection with something waiting has a line, kept under its slot: one that has none costs nothing. A line is first in, first
//! out, but that a message with a key takes the place of the one of the same key. The messages themselves are counted: one that
//! waits in many lines is there once. All of it has a budget, and so has each line.

use crate::conn::Prepared;
use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Reserved};
use std::cell::OnceCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

/// What a place in a line takes, about: itself in a queue that is half empty, its key, and its part of the line.
const PLACE: usize = 2 * size_of::<Place>() + 64;

/// A message on its way to any number of connections.
pub(super) struct Message {
    pub prepared: Arc<Prepared>,
    /// Counted from the first time that it waits.
    memory: OnceCell<Reserved>,
}

impl Message {
    pub fn new(prepared: Arc<Prepared>) -> Rc<Self> {
        Rc::new(Self { prepared, memory: OnceCell::new() })
    }

    fn count(&self, heap: &Heap) -> Result<(), Error> {
        if self.memory.get().is_none() {
            let counted = self.memory.set(heap.reserve(self.prepared.size())?);
            debug_assert!(counted.is_ok(), "it was not counted before");
        }
        Ok(())
    }
}

/// One message in one line.
struct Place {
    message: Rc<Message>,
    key: Option<u64>,
    /// What its poster is told when it does not arrive.
    token: Option<u64>,
    _memory: Reserved,
}

#[derive(Default)]
struct Line {
    places: VecDeque<Place>,
    /// How many places went before the first: a place keeps its number.
    gone: u64,
    /// The number of the place of each key.
    keys: HashMap<u64, u64>,
    octets: usize,
}

/// What became of a message that was to wait.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Put {
    /// It waits; with the token of the one whose place it took.
    Waits(Option<u64>),
    /// Nothing was done: the line is as long as it may be.
    Full,
}

/// All lines.
pub(super) struct Waiting {
    lines: HashMap<u32, Line>,
    heap: Heap,
    line_max: usize,
}

impl Waiting {
    /// Nothing waits. All lines together take at most `all_max` octets, a line of more than one message at most `line_max`.
    pub fn new(all_max: usize, line_max: usize) -> Self {
        Self { lines: HashMap::new(), heap: Heap::new(all_max), line_max }
    }

    /// Whether anything waits anywhere.
    #[inline(always)]
    pub fn is_any(&self) -> bool {
        !self.lines.is_empty()
    }

    /// Whether anything waits for this connection.
    pub fn has(&self, slot: u32) -> bool {
        self.lines.contains_key(&slot)
    }

    /// Lets a message wait behind the others, or in the place of the one with the same key. Fails with `Nomem`; nothing was done then.
    pub fn put(
        &mut self,
        slot: u32,
        message: &Rc<Message>,
        key: Option<u64>,
        token: Option<u64>,
    ) -> Result<Put, Error> {
        let octets = size_of_place(message);
        if let Some(line) = self.lines.get(&slot)
            && !line.has_room(octets, key, self.line_max)
        {
            return Ok(Put::Full);
        }
        message.count(&self.heap)?;
        let place = Place { message: message.clone(), key, token, _memory: self.heap.reserve(PLACE)? };
        self.lines.try_reserve(1).map_err(|_| NO_MEMORY)?;
        let line = self.lines.entry(slot).or_default();
        let put = line.put(place);
        if line.places.is_empty() {
            self.lines.remove(&slot);
        }
        put.map(Put::Waits)
    }

    /// The message that is next for a connection.
    pub fn first(&self, slot: u32) -> Option<Rc<Message>> {
        self.lines.get(&slot)?.places.front().map(|place| place.message.clone())
    }

    /// It is sent.
    pub fn remove_first(&mut self, slot: u32) {
        let Some(line) = self.lines.get_mut(&slot) else { return };
        line.remove_first();
        if line.places.is_empty() {
            self.lines.remove(&slot);
        }
    }

    /// Nothing of the line will be sent: the tokens of those whose posters are to be told.
    pub fn forget(&mut self, slot: u32) -> impl Iterator<Item = u64> + use<> {
        let line = self.lines.remove(&slot).unwrap_or_default();
        line.places.into_iter().filter_map(|place| place.token)
    }

    /// Octets that wait, and what keeps them.
    #[cfg(test)]
    pub fn octets(&self) -> usize {
        self.heap.used()
    }
}

/// What a message counts for in each line it is in.
fn size_of_place(message: &Message) -> usize {
    PLACE + message.prepared.frame_len()
}

impl Line {
    fn place_of(&self, key: Option<u64>) -> Option<usize> {
        let number = self.keys.get(&key?)?;
        Some(crate::narrow::in_memory(number - self.gone))
    }

    fn has_room(&self, octets: usize, key: Option<u64>, max: usize) -> bool {
        let freed = self.place_of(key).map_or(0, |at| size_of_place(&self.places[at].message));
        self.octets - freed + octets <= max
    }

    /// Puts a message in its place; the token of the one that was there.
    fn put(&mut self, place: Place) -> Result<Option<u64>, Error> {
        let octets = size_of_place(&place.message);
        if let Some(at) = self.place_of(place.key) {
            let before = core::mem::replace(&mut self.places[at], place);
            self.octets = self.octets - size_of_place(&before.message) + octets;
            return Ok(before.token);
        }
        self.places.try_reserve(1).map_err(|_| NO_MEMORY)?;
        if let Some(key) = place.key {
            self.keys.try_reserve(1).map_err(|_| NO_MEMORY)?;
            self.keys.insert(key, self.gone + self.places.len() as u64);
        }
        self.places.push_back(place);
        self.octets += octets;
        Ok(None)
    }

    fn remove_first(&mut self) {
        let Some(place) = self.places.pop_front() else { return };
        self.gone += 1;
        self.octets -= size_of_place(&place.message);
        if let Some(key) = place.key {
            self.keys.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests;
