//! The codecs of a workspace.

use super::free_list::{FreeList, Index};
use super::{Deflater, Inflater};
use crate::error::{Code, Error, Fault};
use crate::memory::Heap;

static NOT_TAKEN: Fault = Fault::new(Code::State, 0, c"", c"no codec was taken under this index");

/// Inflaters and deflaters, shared by the connections of a workspace. One thread at a time.
///
/// A connection takes one when a compressed message begins. With `*_no_context_takeover` it returns it after each
/// message; otherwise it keeps it until the connection ends. A returned codec is reset before reuse, so nothing leaks
/// from one peer to another. A few unused codecs are cached until memory is needed.
pub struct Codecs {
    inflaters: FreeList<Inflater>,
    deflaters: FreeList<Deflater>,
    heap: Heap,
}

impl Codecs {
    /// Creates no codec yet. Their memory counts against `heap`'s budget.
    pub fn new(heap: &Heap) -> Self {
        Self { inflaters: FreeList::new(heap), deflaters: FreeList::new(heap), heap: heap.clone() }
    }

    /// An inflater with an empty window, for a peer with a window of `window_bits` (8 to 15).
    ///
    /// # Errors
    ///
    /// No memory, or no budget for it.
    pub fn take_inflater(&mut self, window_bits: u8) -> Result<Index, Error> {
        let index =
            self.try_inflater(window_bits).or_else(|error| self.retry(error, |own| own.try_inflater(window_bits)))?;
        // All inflaters have the same size, so any unused one will do.
        self.inflater(index)?.reset(window_bits);
        Ok(index)
    }

    /// A deflater with an empty window of `window_bits` (8 to 15) and compression level `level` (1 to 9).
    ///
    /// # Errors
    ///
    /// No memory, or no budget for it.
    pub fn take_deflater(&mut self, window_bits: u8, level: u8) -> Result<Index, Error> {
        let make = |own: &mut Self| own.try_deflater(window_bits, level);
        make(self).or_else(|error| self.retry(error, make))
    }

    /// Runs `body` with a deflater from [`take_deflater`](Self::take_deflater) and returns the deflater afterwards.
    ///
    /// # Errors
    ///
    /// As `take_deflater`, and those of `body`.
    pub fn with_deflater<T>(
        &mut self,
        window_bits: u8,
        level: u8,
        body: impl FnOnce(&mut Deflater) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let index = self.take_deflater(window_bits, level)?;
        let done = self.deflater(index).and_then(body);
        self.give_back_deflater(index);
        done
    }

    /// The inflater at `index`, which must be taken.
    pub fn inflater(&mut self, index: Index) -> Result<&mut Inflater, Error> {
        self.inflaters.get_mut(index).ok_or(NOT_TAKEN.at(0))
    }

    /// The deflater at `index`, which must be taken.
    pub fn deflater(&mut self, index: Index) -> Result<&mut Deflater, Error> {
        self.deflaters.get_mut(index).ok_or(NOT_TAKEN.at(0))
    }

    /// Returns an inflater. Call once per taken index.
    pub fn give_back_inflater(&mut self, index: Index) {
        self.inflaters.give_back(index);
    }

    /// Returns a deflater. Call once per taken index.
    pub fn give_back_deflater(&mut self, index: Index) {
        if let Some(deflater) = self.deflaters.get_mut(index) {
            deflater.reset();
        }
        self.deflaters.give_back(index);
    }

    /// The number of codecs in use.
    pub fn taken(&self) -> usize {
        self.inflaters.taken() + self.deflaters.taken()
    }

    fn try_inflater(&mut self, window_bits: u8) -> Result<Index, Error> {
        let heap = &self.heap;
        self.inflaters.take(|_| true, || heap.boxed(Inflater::new(heap, window_bits)?))
    }

    fn try_deflater(&mut self, window_bits: u8, level: u8) -> Result<Index, Error> {
        let heap = &self.heap;
        let is_wanted = |deflater: &Deflater| (deflater.window_bits(), deflater.level()) == (window_bits, level);
        self.deflaters.take(is_wanted, || heap.boxed(Deflater::new(heap, window_bits, level)?))
    }

    /// Retries after freeing the unused codecs, if memory was short and there were any.
    #[cold]
    fn retry(&mut self, error: Error, make: impl FnOnce(&mut Self) -> Result<Index, Error>) -> Result<Index, Error> {
        let had_any = error.code() == Code::Nomem && (self.inflaters.clear() | self.deflaters.clear());
        if had_any { make(self) } else { Err(error) }
    }
}
