//! A cache of memory of large output blocks: otherwise every message longer than a normal block would cost an
//! allocation and its zeroing.

use crate::memory::{Heap, Vec};

/// Maximum octets cached.
const KEPT: usize = 256 << 10;

/// Free memory of different sizes, few of each.
pub struct Large {
    free: Vec<Vec<u8>>,
    octets: usize,
    /// Maximum number of pieces; those of normal size are not cached here.
    most: usize,
}

impl Large {
    /// A cache for pieces longer than `ordinary`.
    pub fn new(heap: &Heap, ordinary: usize) -> Self {
        Self { free: Vec::new_in(heap.clone()), octets: 0, most: KEPT / ordinary }
    }

    /// Reserves room for the list, so that caching allocates nothing. On failure nothing is cached.
    pub fn expect(&mut self) {
        if self.free.capacity() == 0 {
            // A failure is fine: see above.
            let _ = self.free.try_reserve_exact(self.most);
        }
    }

    /// Uninitialised memory of at least `size` octets: the most recently cached.
    pub fn take(&mut self, size: usize) -> Option<Vec<u8>> {
        let at = self.free.iter().rposition(|memory| memory.len() >= size)?;
        let memory = self.free.swap_remove(at);
        self.octets -= memory.len();
        Some(memory)
    }

    /// Caches the memory, unless the cache is full.
    pub fn keep(&mut self, memory: Vec<u8>) {
        let octets = self.octets + memory.len();
        if octets <= KEPT && self.free.len() < self.free.capacity() {
            self.octets = octets;
            self.free.push(memory);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(heap: &Heap, size: usize) -> Vec<u8> {
        let mut memory = heap.vec(size).unwrap();
        memory.resize(size, 0);
        memory
    }

    #[test]
    fn it_keeps_a_bounded_amount() {
        let heap = Heap::new(usize::MAX);
        let mut large = Large::new(&heap, 4096);
        large.expect();
        (0..100).for_each(|_| large.keep(memory(&heap, KEPT / 8)));
        large.keep(memory(&heap, KEPT + 1));
        assert_eq!(large.octets, KEPT);
        assert!(heap.used() < KEPT + 4096, "{} octets", heap.used());
        assert_eq!((0..100).filter_map(|_| large.take(1)).count(), 8);
        assert_eq!(large.octets, 0);
    }

    #[test]
    fn it_gives_what_is_large_enough() {
        let heap = Heap::new(usize::MAX);
        let mut large = Large::new(&heap, 4096);
        large.expect();
        for size in [5000, 9000, 7000] {
            large.keep(memory(&heap, size));
        }
        assert!(large.take(9001).is_none());
        assert_eq!(large.take(7001).map(|memory| memory.len()), Some(9000));
        assert_eq!(large.take(5000).map(|memory| memory.len()), Some(7000));
        assert_eq!(large.octets, 5000);
    }
}
