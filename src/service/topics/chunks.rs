//! An array in heap memory that grows by chunks: elements never move and are never copied.

use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Vec};
use crate::narrow::place;
use core::ops::{Index, IndexMut};

/// Elements per chunk.
pub const CHUNK: u32 = 64;

/// The array.
pub struct Chunks<T> {
    chunks: Vec<Vec<T>>,
    len: u32,
    heap: Heap,
}

impl<T> Chunks<T> {
    pub fn new(heap: &Heap) -> Self {
        Self { chunks: Vec::new_in(heap.clone()), len: 0, heap: heap.clone() }
    }

    /// How many elements there are.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Makes room for one more. Fails with `Nomem`.
    pub fn reserve(&mut self) -> Result<(), Error> {
        if self.len == place(self.chunks.len()) * CHUNK {
            self.chunks.try_reserve(1).map_err(|_| NO_MEMORY)?;
            self.chunks.push(self.heap.vec(CHUNK as usize)?);
        }
        Ok(())
    }

    /// Adds an element; there must be room for it.
    pub fn push(&mut self, element: T) {
        let chunk = &mut self.chunks[(self.len / CHUNK) as usize];
        debug_assert!(chunk.len() < chunk.capacity());
        chunk.push(element);
        self.len += 1;
    }

    /// Frees all memory.
    pub fn clear(&mut self) {
        *self = Self::new(&self.heap);
    }
}

impl<T> Index<u32> for Chunks<T> {
    type Output = T;

    #[inline]
    fn index(&self, at: u32) -> &T {
        &self.chunks[(at / CHUNK) as usize][(at % CHUNK) as usize]
    }
}

impl<T> IndexMut<u32> for Chunks<T> {
    #[inline]
    fn index_mut(&mut self, at: u32) -> &mut T {
        &mut self.chunks[(at / CHUNK) as usize][(at % CHUNK) as usize]
    }
}
