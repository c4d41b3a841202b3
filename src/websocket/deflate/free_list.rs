//! A free list of large values, named by a small index. A few unused values are cached.

use crate::error::Error;
use crate::memory::{Box, Heap, NO_MEMORY, Vec};

/// The index of a codec in its [`Codecs`](super::Codecs); [`NONE`] is no codec.
pub type Index = u32;
/// No codec.
pub const NONE: Index = u32::MAX;

/// Maximum number of cached values.
const SPARE: usize = 4;

pub(super) struct FreeList<T> {
    places: Vec<Option<Box<T>>>,
    /// Places without a value, and places with an unused value. Both have room for every place.
    empty: Vec<Index>,
    unused: Vec<Index>,
}

impl<T> FreeList<T> {
    pub fn new(heap: &Heap) -> Self {
        let indices = || Vec::new_in(heap.clone());
        Self { places: Vec::new_in(heap.clone()), empty: indices(), unused: indices() }
    }

    /// An unused value for which `is_wanted` holds, or a new one from `make`.
    pub fn take(
        &mut self,
        is_wanted: impl Fn(&T) -> bool,
        make: impl FnOnce() -> Result<Box<T>, Error>,
    ) -> Result<Index, Error> {
        let is_wanted = |&index: &Index| self.places[index as usize].as_deref().is_some_and(&is_wanted);
        if let Some(place) = self.unused.iter().rposition(is_wanted) {
            return Ok(self.unused.remove(place));
        }
        let value = make()?;
        if self.empty.is_empty() {
            self.grow()?;
        }
        let index = self.empty.pop().ok_or(NO_MEMORY)?;
        self.places[index as usize] = Some(value);
        Ok(index)
    }

    fn grow(&mut self) -> Result<(), Error> {
        let places = self.places.len() + 1;
        let index = Index::try_from(places - 1).map_err(|_| NO_MEMORY)?;
        self.empty.try_reserve(places - self.empty.len()).map_err(|_| NO_MEMORY)?;
        self.unused.try_reserve(places - self.unused.len()).map_err(|_| NO_MEMORY)?;
        self.places.try_reserve(1).map_err(|_| NO_MEMORY)?;
        self.places.push(None);
        self.empty.push(index);
        Ok(())
    }

    /// The value at `index`, which must be taken.
    pub fn get_mut(&mut self, index: Index) -> Option<&mut T> {
        self.places.get_mut(index as usize)?.as_deref_mut()
    }

    /// Returns the value at `index`. Call once per taken index.
    pub fn give_back(&mut self, index: Index) {
        debug_assert!(!self.unused.contains(&index) && !self.empty.contains(&index), "an index is given back once");
        self.unused.push(index);
        if self.unused.len() > SPARE {
            let oldest = self.unused.remove(0);
            self.places[oldest as usize] = None;
            self.empty.push(oldest);
        }
    }

    /// The number of taken values.
    pub fn taken(&self) -> usize {
        self.places.len() - self.empty.len() - self.unused.len()
    }

    /// Frees the unused values. Returns whether there were any.
    pub fn clear(&mut self) -> bool {
        let had_any = !self.unused.is_empty();
        for index in self.unused.drain(..) {
            self.places[index as usize] = None;
            self.empty.push(index);
        }
        had_any
    }
}
