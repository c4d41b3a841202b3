//! Values by small index: what lets a connection hold its slabs in four octets each.

use crate::error::Error;
use crate::memory::{Heap, Vec};

/// The index of a value in an [`Arena`]; [`NONE`] is no value.
pub type Index = u32;
/// No value.
pub const NONE: Index = u32::MAX;

enum Entry<T> {
    Free(Index),
    Used(T),
}

/// Values by index; freed indices are used again. Grows by doubling, never shrinks.
pub struct Arena<T> {
    entries: Vec<Entry<T>>,
    free: Index,
}

impl<T> Arena<T> {
    pub fn new(heap: &Heap) -> Self {
        Self { entries: Vec::new_in(heap.clone()), free: NONE }
    }

    /// Stores `value` and returns its index.
    pub fn insert(&mut self, value: T) -> Result<Index, Error> {
        if let Some(Entry::Free(next)) = self.entries.get(self.free as usize) {
            let index = self.free;
            self.free = *next;
            self.entries[index as usize] = Entry::Used(value);
            return Ok(index);
        }
        self.entries.try_reserve(1).map_err(|_| crate::memory::NO_MEMORY)?;
        self.entries.push(Entry::Used(value));
        Ok((self.entries.len() - 1) as Index)
    }

    /// Takes the value at `index` out. The index must be in use.
    pub fn remove(&mut self, index: Index) -> T {
        let entry = core::mem::replace(&mut self.entries[index as usize], Entry::Free(self.free));
        self.free = index;
        match entry {
            Entry::Used(value) => value,
            Entry::Free(_) => unreachable!("an index is removed once"),
        }
    }

    pub fn get(&self, index: Index) -> &T {
        match &self.entries[index as usize] {
            Entry::Used(value) => value,
            Entry::Free(_) => unreachable!("an index is used until removed"),
        }
    }

    pub fn get_mut(&mut self, index: Index) -> &mut T {
        match &mut self.entries[index as usize] {
            Entry::Used(value) => value,
            Entry::Free(_) => unreachable!("an index is used until removed"),
        }
    }
}
