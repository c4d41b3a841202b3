//! An array that grows in chunks: elements never move, and growing allocates one chunk and copies nothing.

use core::ops::{Index, IndexMut};
use std::io;

/// How many elements a chunk has.
const CHUNK: usize = 256;

#[derive(Debug)]
pub(in crate::io) struct Chunks<T>(Vec<Box<[T; CHUNK]>>);

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Chunks<T> {
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.0.len() * CHUNK
    }

    #[inline]
    pub fn get(&self, index: usize) -> Option<&T> {
        self.0.get(index / CHUNK).map(|chunk| &chunk[index % CHUNK])
    }

    #[inline]
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.0.get_mut(index / CHUNK).map(|chunk| &mut chunk[index % CHUNK])
    }

    /// Grows to at least `len` elements. On failure there may be fewer; existing ones stay.
    pub fn grow(&mut self, len: usize, mut element: impl FnMut() -> T) -> io::Result<()> {
        while self.len() < len {
            self.0.try_reserve(1)?;
            let mut chunk = Vec::new();
            chunk.try_reserve_exact(CHUNK)?;
            chunk.resize_with(CHUNK, &mut element);
            let Ok(chunk) = chunk.into_boxed_slice().try_into() else { unreachable!("it has the length of a chunk") };
            self.0.push(chunk);
        }
        Ok(())
    }
}

impl<T> Index<usize> for Chunks<T> {
    type Output = T;

    #[inline]
    fn index(&self, index: usize) -> &T {
        &self.0[index / CHUNK][index % CHUNK]
    }
}

impl<T> IndexMut<usize> for Chunks<T> {
    #[inline]
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.0[index / CHUNK][index % CHUNK]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_and_keeps_its_elements_where_they_are() {
        let mut chunks = Chunks::new();
        assert!(chunks.get(0).is_none());
        chunks.grow(1, || 0).unwrap();
        *chunks.get_mut(CHUNK - 1).unwrap() = 7;
        let place = std::ptr::from_ref(chunks.get(CHUNK - 1).unwrap());
        assert!(chunks.get(CHUNK).is_none());
        chunks.grow(10 * CHUNK, || 1).unwrap();
        assert_eq!((chunks.get(CHUNK - 1), chunks.get(CHUNK)), (Some(&7), Some(&1)));
        assert_eq!(std::ptr::from_ref(chunks.get(CHUNK - 1).unwrap()), place);
        assert_eq!(chunks.len(), 10 * CHUNK);
    }
}
