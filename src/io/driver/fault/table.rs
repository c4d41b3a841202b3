//! The sockets of the driver by slot and generation.

use super::entry::Entry;
use crate::io::driver::Key;
use crate::io::driver::refused::stale;
use std::io;

/// All sockets. A slot is used again, with another generation.
#[derive(Default)]
pub(super) struct Table {
    slots: Vec<(u32, Option<Box<Entry>>)>,
    free: Vec<u32>,
}

impl Table {
    /// The slot of the next socket.
    pub fn next(&self) -> u32 {
        self.free.last().copied().unwrap_or(crate::narrow::place(self.slots.len()))
    }

    /// Fills the [next](Self::next) slot.
    pub fn fill(&mut self, entry: Entry) -> Key {
        let index = self.next();
        if self.free.pop().is_none() {
            self.slots.push((0, None));
        }
        let (generation, slot) = &mut self.slots[index as usize];
        *slot = Some(Box::new(entry));
        Key { index, generation: *generation }
    }

    /// Empties a slot.
    pub fn empty(&mut self, slot: u32) -> Option<Box<Entry>> {
        let (generation, entry) = self.slots.get_mut(slot as usize)?;
        let entry = entry.take()?;
        *generation += 1;
        self.free.push(slot);
        Some(entry)
    }

    /// The entry of a key that is not closed.
    pub fn get(&self, key: Key) -> io::Result<&Entry> {
        let (generation, entry) = self.slots.get(key.index as usize).ok_or_else(stale)?;
        let entry = entry.as_deref().filter(|entry| *generation == key.generation && !entry.is_closing);
        entry.ok_or_else(stale)
    }

    /// The same, mutable.
    pub fn get_mut(&mut self, key: Key) -> io::Result<&mut Entry> {
        self.get(key)?;
        self.at(key.index).ok_or_else(stale)
    }

    /// The entry in a slot.
    pub fn at(&mut self, slot: u32) -> Option<&mut Entry> {
        self.slots.get_mut(slot as usize)?.1.as_deref_mut()
    }

    /// All slots in use, with their entries.
    pub fn all(&mut self) -> impl Iterator<Item = (u32, &mut Entry)> {
        let slots = self.slots.iter_mut().enumerate();
        slots.filter_map(|(index, (_, entry))| Some((crate::narrow::place(index), entry.as_deref_mut()?)))
    }
}
