//! Drivers on the same port, whose entries here are readable while they have packets.

use super::super::Key;
use super::super::readiness::entry::Entry;
use super::super::readiness::{bits, flag};
use super::event::Event;
use crate::io::chunks::Chunks;
use crate::io::sys::port::{Share, ShareKey};
use std::io;

/// All guests, few of them: index and share.
pub(super) struct Guests(Vec<(u32, ShareKey)>);

impl Guests {
    pub fn new() -> Self {
        Self(Vec::new())
    }

    /// Makes sure that one more can be added.
    pub fn reserve(&mut self) -> io::Result<()> {
        Ok(self.0.try_reserve(1)?)
    }

    pub fn add(&mut self, index: u32, share: ShareKey) {
        self.0.push((index, share));
    }

    pub fn remove(&mut self, index: u32) {
        self.0.retain(|(at, _)| *at != index);
    }

    pub fn has(&self, index: u32) -> bool {
        self.0.iter().any(|(at, _)| *at == index)
    }

    /// Whether any of them has packets.
    pub fn have_packets(&self, port: &Share) -> bool {
        self.0.iter().any(|(_, share)| port.keeps(*share))
    }

    /// Fills `events` with those that have packets and are polled; returns how many.
    pub fn collect(&self, port: &Share, entries: &Chunks<Entry>, events: &mut [Event]) -> usize {
        let mut found = 0;
        for (index, share) in &self.0 {
            let entry = &entries[*index as usize];
            if let Some(room) = events.get_mut(found)
                && entry.has(flag::POLL_READABLE)
                && port.keeps(*share)
            {
                *room = Event::new(Key { index: *index, generation: entry.generation() }, bits::OCTETS);
                found += 1;
            }
        }
        found
    }
}
