//! A free list of large values: takers name a value by a small index, and a few unused values are kept for the next taker.

use crate::error::Error;
use crate::memory::{Box, Heap, NO_MEMORY, Vec};

/// The index of a codec in its [`Codecs`](super::Codecs); [`NONE`] is no codec.
pub type Index = u32;
/// No codec.
pub const NONE: Index = u32::MAX;

/// Unused values kept for the next user.
const SPARE: usize = 4;

pub(super) struct FreeList<T> {
    places: Vec<Option<Box<T>>>,
    /// Places without a value, and places whose value nobody uses. Both have room for every place.
    bare: Vec<Index>,
    spare: Vec<Index>,
}

impl<T> FreeList<T> {
    pub fn new(heap: &Heap) -> Self {
        let indices = || Vec::new_in(heap.clone());
        Self { places: Vec::new_in(heap.clone()), bare: indices(), spare: indices() }
    }

    /// A spare value for which `is_wanted` holds, or else the one that `make` makes.
    pub fn take(
        &mut self,
        is_wanted: impl Fn(&T) -> bool,
        make: impl FnOnce() -> Result<Box<T>, Error>,
    ) -> Result<Index, Error> {
        let is_wanted = |&index: &Index| self.places[index as usize].as_deref().is_some_and(&is_wanted);
        if let Some(place) = self.spare.iter().rposition(is_wanted) {
            return Ok(self.spare.remove(place));
        }
        let value = make()?;
        if self.bare.is_empty() {
            self.grow()?;
        }
        let index = self.bare.pop().ok_or(NO_MEMORY)?;
        self.places[index as usize] = Some(value);
        Ok(index)
    }

    fn grow(&mut self) -> Result<(), Error> {
        let places = self.places.len() + 1;
        let index = Index::try_from(places - 1).map_err(|_| NO_MEMORY)?;
        self.bare.try_reserve(places - self.bare.len()).map_err(|_| NO_MEMORY)?;
        self.spare.try_reserve(places - self.spare.len()).map_err(|_| NO_MEMORY)?;
        self.places.try_reserve(1).map_err(|_| NO_MEMORY)?;
        self.places.push(None);
        self.bare.push(index);
        Ok(())
    }

    /// The value at `index`, which was taken.
    pub fn get_mut(&mut self, index: Index) -> Option<&mut T> {
        self.places.get_mut(index as usize)?.as_deref_mut()
    }

    /// Nobody uses the value at `index` any more. It was taken, and is given back once.
    pub fn give_back(&mut self, index: Index) {
        debug_assert!(!self.spare.contains(&index) && !self.bare.contains(&index), "an index is given back once");
        self.spare.push(index);
        if self.spare.len() > SPARE {
            let oldest = self.spare.remove(0);
            self.places[oldest as usize] = None;
            self.bare.push(oldest);
        }
    }

    /// How many values are with their users.
    pub fn taken(&self) -> usize {
        self.places.len() - self.bare.len() - self.spare.len()
    }

    /// Gives the memory of the spare values back; whether there were any.
    pub fn clear(&mut self) -> bool {
        let had_any = !self.spare.is_empty();
        for index in self.spare.drain(..) {
            self.places[index as usize] = None;
            self.bare.push(index);
        }
        had_any
    }
}
