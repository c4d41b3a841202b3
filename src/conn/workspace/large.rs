//! Memory of large output blocks that were sent, for the next ones: a message that is longer than an ordinary block would else
//! pay for an allocation and for zeros that nobody reads.

use crate::memory::{Heap, Vec};

/// Octets kept, at most.
const KEPT: usize = 256 << 10;

/// Free memory of different sizes, few of each.
pub struct Large {
    free: Vec<Vec<u8>>,
    octets: usize,
    /// The most pieces: what is not larger than an ordinary block is not kept here.
    most: usize,
}

impl Large {
    /// For pieces that are longer than `ordinary`.
    pub fn new(heap: &Heap, ordinary: usize) -> Self {
        Self { free: Vec::new_in(heap.clone()), octets: 0, most: KEPT / ordinary }
    }

    /// Makes room to note what will be kept, so that keeping it takes no memory. Without any, nothing is kept.
    pub fn expect(&mut self) {
        if self.free.capacity() == 0 {
            // A failure is as good as none: see above.
            let _ = self.free.try_reserve_exact(self.most);
        }
    }

    /// Memory of at least `size` octets, which hold anything: the latest that was kept.
    pub fn take(&mut self, size: usize) -> Option<Vec<u8>> {
        let at = self.free.iter().rposition(|memory| memory.len() >= size)?;
        let memory = self.free.swap_remove(at);
        self.octets -= memory.len();
        Some(memory)
    }

    /// Keeps the memory, unless there is enough or no room to note it.
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
