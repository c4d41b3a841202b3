//! What waits for one connection.

use super::message::Message;
use crate::error::Error;
use crate::memory::{NO_MEMORY, Reserved};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

/// What a place in a line takes, about: itself in a queue that is half empty, its key, and its part of the line.
pub const PLACE: usize = 2 * size_of::<Place>() + 64;

/// One message in one line.
pub struct Place {
    pub message: Rc<Message>,
    pub key: Option<u64>,
    /// What its poster is told when it does not arrive.
    pub token: Option<u64>,
    pub _memory: Reserved,
}

/// One answer, and what its poster is told when it does not arrive.
struct Answer<A> {
    /// `None` while it is lent.
    answer: Option<A>,
    token: Option<u64>,
    octets: usize,
    _memory: Reserved,
}

pub struct Line<A> {
    places: VecDeque<Place>,
    /// How many places went before the first: a place keeps its number.
    gone: u64,
    /// The number of the place of each key.
    keys: HashMap<u64, u64>,
    answers: VecDeque<Answer<A>>,
    octets: usize,
}

impl<A> Default for Line<A> {
    fn default() -> Self {
        Self { places: VecDeque::new(), gone: 0, keys: HashMap::new(), answers: VecDeque::new(), octets: 0 }
    }
}

/// What a message counts for in each line it is in.
pub fn size_of_place(message: &Message) -> usize {
    PLACE + message.prepared.frame_len()
}

impl<A> Line<A> {
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.answers.is_empty()
    }

    pub fn has_answers(&self) -> bool {
        !self.answers.is_empty()
    }

    pub fn octets(&self) -> usize {
        self.octets
    }

    /// The message that is next.
    pub fn first(&self) -> Option<&Place> {
        self.places.front()
    }

    fn place_of(&self, key: Option<u64>) -> Option<usize> {
        let number = self.keys.get(&key?)?;
        Some(crate::narrow::in_memory(number - self.gone))
    }

    pub fn has_room(&self, octets: usize, key: Option<u64>, max: usize) -> bool {
        let freed = self.place_of(key).map_or(0, |at| size_of_place(&self.places[at].message));
        self.octets - freed + octets <= max
    }

    /// Puts a message in its place; the token of the one that was there.
    pub fn put(&mut self, place: Place) -> Result<Option<u64>, Error> {
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

    pub fn remove_first(&mut self) {
        let Some(place) = self.places.pop_front() else { return };
        self.gone += 1;
        self.octets -= size_of_place(&place.message);
        if let Some(key) = place.key {
            self.keys.remove(&key);
        }
    }

    /// Takes an answer in; it stays where it is on failure.
    pub fn put_answer(
        &mut self,
        answer: &mut Option<A>,
        octets: usize,
        token: Option<u64>,
        memory: Reserved,
    ) -> Result<(), Error> {
        self.answers.try_reserve(1).map_err(|_| NO_MEMORY)?;
        if let Some(answer) = answer.take() {
            self.answers.push_back(Answer { answer: Some(answer), token, octets, _memory: memory });
            self.octets += octets;
        }
        Ok(())
    }

    /// The answer that is next; its place stays.
    pub fn lend_answer(&mut self) -> Option<A> {
        self.answers.front_mut()?.answer.take()
    }

    /// It was lent.
    pub fn return_answer(&mut self, answer: A) {
        if let Some(first) = self.answers.front_mut() {
            first.answer = Some(answer);
        }
    }

    pub fn remove_answer(&mut self) {
        let Some(first) = self.answers.pop_front() else { return };
        self.octets -= first.octets;
    }

    /// The posters that are to be told that nothing of it arrives.
    pub fn tokens(self) -> impl Iterator<Item = u64> + use<A> {
        let messages = self.places.into_iter().filter_map(|place| place.token);
        messages.chain(self.answers.into_iter().filter_map(|answer| answer.token))
    }
}
