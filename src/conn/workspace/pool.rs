//! Values by small index, so that a connection refers to a slab in four octets.

use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Vec};

/// The index of a value in a [`Pool`]; [`NONE`] is no value.
pub type Index = u32;
/// No value.
pub const NONE: Index = u32::MAX;

/// Values by index. A returned value stays in place and is reused. Grows by doubling, never shrinks; a free value's own
/// memory is its user's to free.
pub struct Pool<T> {
    values: Vec<T>,
    free: Vec<Index>,
}

impl<T> Pool<T> {
    pub fn new(heap: &Heap) -> Self {
        Self { values: Vec::new_in(heap.clone()), free: Vec::new_in(heap.clone()) }
    }

    /// The index of a free value, or of a new one from `make`.
    #[inline(always)]
    pub fn take(&mut self, make: impl FnOnce() -> T) -> Result<Index, Error> {
        match self.free.pop() {
            Some(index) => Ok(index),
            None => self.grow(make),
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, make: impl FnOnce() -> T) -> Result<Index, Error> {
        let index = Index::try_from(self.values.len()).ok().filter(|&index| index != NONE).ok_or(NO_MEMORY)?;
        // Room for every index, so that returning never fails.
        self.free.try_reserve(self.values.len() + 1).map_err(|_| NO_MEMORY)?;
        self.values.try_reserve(1).map_err(|_| NO_MEMORY)?;
        self.values.push(make());
        Ok(index)
    }

    /// Prepares the value at `index`, which was taken; on failure it is free again.
    pub fn ready(&mut self, index: Index, make_ready: impl FnOnce(&mut T) -> Result<(), Error>) -> Result<(), Error> {
        make_ready(self.get_mut(index)).inspect_err(|_| self.give_back(index))
    }

    /// Returns the value at `index`. Call once per taken index.
    #[inline(always)]
    pub fn give_back(&mut self, index: Index) {
        debug_assert!(!self.free.contains(&index), "an index is given back once");
        // Always true: `grow` reserved room. The check lets the compiler drop the allocation path.
        if self.free.len() < self.free.capacity() {
            self.free.push(index);
        }
    }

    /// A free value for which `is_wanted` holds.
    pub fn find_free(&mut self, is_wanted: impl Fn(&T) -> bool) -> Option<&mut T> {
        let index = *self.free.iter().find(|&&index| is_wanted(&self.values[index as usize]))?;
        self.values.get_mut(index as usize)
    }

    /// The number of taken values.
    pub fn taken(&self) -> usize {
        self.values.len() - self.free.len()
    }

    /// The number of free values.
    #[inline(always)]
    pub fn spare(&self) -> usize {
        self.free.len()
    }

    /// The value at `index`; `None` if that is [`NONE`], which no value has.
    #[inline(always)]
    pub fn find(&self, index: Index) -> Option<&T> {
        self.values.get(index as usize)
    }

    #[inline(always)]
    pub fn get(&self, index: Index) -> &T {
        &self.values[index as usize]
    }

    #[inline(always)]
    pub fn get_mut(&mut self, index: Index) -> &mut T {
        &mut self.values[index as usize]
    }
}
