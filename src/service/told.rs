//! The endpoints that PROXY headers told, by slot.
//!
//! In the server's heap: a chunk of 64 slots takes 1.5 KiB once one of its connections has been told about, an IPv4
//! connection 12 octets beside it, an IPv6 one 56, a Unix domain one 218. Without PROXY headers nothing is allocated.

mod pair;

use crate::error::Error;
use crate::io::address::Address;
use crate::memory::{Box, Heap, NO_MEMORY, Vec};
use crate::proxy::Endpoints;
use pair::Pair;

/// Slots per chunk.
const CHUNK: usize = 64;

/// The endpoints of all connections of which a header told.
pub(super) struct Told {
    chunks: Vec<Option<Box<[Option<Pair>; CHUNK]>>>,
    heap: Heap,
}

impl Told {
    /// Of none.
    pub fn new(heap: &Heap) -> Self {
        Self { chunks: Vec::new_in(heap.clone()), heap: heap.clone() }
    }

    /// What was told of the connection in a slot: source and destination.
    pub fn get(&self, slot: u32) -> Option<[Address; 2]> {
        let chunk = self.chunks.get(slot as usize / CHUNK)?.as_ref()?;
        chunk[slot as usize % CHUNK].as_ref().map(Pair::addresses)
    }

    /// Keeps it until [`forget`](Self::forget). Fails with `Nomem`.
    pub fn set(&mut self, slot: u32, endpoints: &Endpoints) -> Result<(), Error> {
        let pair = Pair::new(endpoints, &self.heap)?;
        self.chunk_of(slot)?[slot as usize % CHUNK] = Some(pair);
        Ok(())
    }

    fn chunk_of(&mut self, slot: u32) -> Result<&mut Box<[Option<Pair>; CHUNK]>, Error> {
        let at = slot as usize / CHUNK;
        let missing = (at + 1).saturating_sub(self.chunks.len());
        self.chunks.try_reserve(missing).map_err(|_| NO_MEMORY)?;
        self.chunks.resize_with(self.chunks.len() + missing, || None);
        let chunk = match self.chunks[at].take() {
            Some(chunk) => chunk,
            None => self.heap.boxed([const { None }; CHUNK])?,
        };
        Ok(self.chunks[at].insert(chunk))
    }

    /// The connection of a slot has ended.
    pub fn forget(&mut self, slot: u32) {
        if let Some(Some(chunk)) = self.chunks.get_mut(slot as usize / CHUNK) {
            chunk[slot as usize % CHUNK] = None;
        }
    }
}
