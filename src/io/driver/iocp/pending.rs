//! The keys whose polls may have to start.

use super::super::Key;
use super::super::readiness::entry::Entry;
use super::requests::PENDING;
use crate::io::chunks::Chunks;
use std::io;

/// So many keys; beyond that polls start at once.
const MAX: usize = 1024;

/// The keys with [`PENDING`]; others among them were closed since.
pub(super) struct Pending(Vec<Key>);

impl Pending {
    pub fn new() -> io::Result<Self> {
        let mut keys = Vec::new();
        keys.try_reserve_exact(MAX)?;
        Ok(Self(keys))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn is_full(&self) -> bool {
        self.0.len() >= MAX
    }

    /// Makes sure that so many more can be added.
    pub fn reserve(&mut self, more: usize) -> io::Result<()> {
        Ok(self.0.try_reserve(more)?)
    }

    /// Adds an entry, unless it is there.
    pub fn add(&mut self, entry: &mut Entry, index: u32) {
        if !entry.has(PENDING) {
            entry.set(PENDING);
            self.0.push(Key { index, generation: entry.generation() });
        }
    }

    /// Takes out the entries for which `is_over` says so.
    pub fn work_off(&mut self, entries: &mut Chunks<Entry>, mut is_over: impl FnMut(&mut Entry, Key) -> bool) {
        self.0.retain(|key| {
            let entry = entries.get_mut(key.index as usize).filter(|entry| entry.is_use(key.generation));
            entry.is_some_and(|entry| {
                entry.clear(PENDING);
                let stays = !is_over(entry, *key);
                entry.set(if stays { PENDING } else { 0 });
                stays
            })
        });
    }
}
