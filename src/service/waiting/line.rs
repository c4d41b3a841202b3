//! The line of one connection.

use super::message::Message;
use crate::error::Error;
use crate::memory::{NO_MEMORY, Reserved};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

/// Approximate memory of a place in a line: itself in a half-empty queue, its key, and its part of the line.
pub const PLACE: usize = 2 * size_of::<Place>() + 64;

/// One message in one line.
pub struct Place {
    pub message: Rc<Message>,
    pub key: Option<u64>,
    /// Reported if it is not delivered.
    pub token: Option<u64>,
    pub _memory: Reserved,
}

/// A waiting response, and the token to report if it is not delivered.
struct ParkedResponse<A> {
    /// `None` while it is taken out.
    response: Option<A>,
    token: Option<u64>,
    octets: usize,
    _memory: Reserved,
}

pub struct Line<A> {
    places: VecDeque<Place>,
    /// Number of places removed at the front: a place keeps its number.
    gone: u64,
    /// The number of the place of each key.
    keys: HashMap<u64, u64>,
    responses: VecDeque<ParkedResponse<A>>,
    octets: usize,
}

impl<A> Default for Line<A> {
    fn default() -> Self {
        Self { places: VecDeque::new(), gone: 0, keys: HashMap::new(), responses: VecDeque::new(), octets: 0 }
    }
}

/// The size of a message in each of its lines.
pub fn size_of_place(message: &Message) -> usize {
    PLACE + message.prepared.frame_len()
}

impl<A> Line<A> {
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.responses.is_empty()
    }

    pub fn has_responses(&self) -> bool {
        !self.responses.is_empty()
    }

    pub fn octets(&self) -> usize {
        self.octets
    }

    /// The next message.
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

    /// Adds a message; returns the token of the one it replaced.
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

    /// Adds a response; it stays with the caller on failure.
    pub fn push_response(
        &mut self,
        response: &mut Option<A>,
        octets: usize,
        token: Option<u64>,
        memory: Reserved,
    ) -> Result<(), Error> {
        self.responses.try_reserve(1).map_err(|_| NO_MEMORY)?;
        if let Some(response) = response.take() {
            self.responses.push_back(ParkedResponse { response: Some(response), token, octets, _memory: memory });
            self.octets += octets;
        }
        Ok(())
    }

    /// Takes out the next response; its place stays.
    pub fn take_response(&mut self) -> Option<A> {
        self.responses.front_mut()?.response.take()
    }

    /// Returns the response taken out.
    pub fn return_response(&mut self, response: A) {
        if let Some(first) = self.responses.front_mut() {
            first.response = Some(response);
        }
    }

    pub fn remove_response(&mut self) {
        let Some(first) = self.responses.pop_front() else { return };
        self.octets -= first.octets;
    }

    /// The tokens to report.
    pub fn tokens(self) -> impl Iterator<Item = u64> + use<A> {
        let messages = self.places.into_iter().filter_map(|place| place.token);
        messages.chain(self.responses.into_iter().filter_map(|response| response.token))
    }
}
