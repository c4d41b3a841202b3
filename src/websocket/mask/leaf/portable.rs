//! The leaf for all other processors: 64-bit words.

use super::{Key, Leaf, Pass};

#[derive(Clone, Copy)]
struct Portable;

#[cfg_attr(any(target_arch = "x86_64", target_arch = "aarch64"), allow(dead_code, reason = "for tests only"))]
pub(super) fn run<P: Pass>(pass: P, data: &mut [u8], key: Key) -> P::Output {
    pass.run(Portable, data, key)
}

impl Leaf for Portable {
    type Block = [u64; 8];

    #[inline(always)]
    fn repeat(self, octets: [u8; 4]) -> Self::Block {
        let half = u64::from(u32::from_ne_bytes(octets));
        [half << 32 | half; 8]
    }

    #[inline(always)]
    fn load(self, octets: &[u8; 64]) -> Self::Block {
        let mut block = [0; 8];
        for (word, octets) in block.iter_mut().zip(octets.as_chunks().0) {
            *word = u64::from_ne_bytes(*octets);
        }
        block
    }

    #[inline(always)]
    fn store(self, block: Self::Block, octets: &mut [u8; 64]) {
        for (word, octets) in block.iter().zip(octets.as_chunks_mut().0) {
            *octets = word.to_ne_bytes();
        }
    }

    #[inline(always)]
    fn xor(self, mut one: Self::Block, other: Self::Block) -> Self::Block {
        one.iter_mut().zip(other).for_each(|(one, other)| *one ^= other);
        one
    }

    #[inline(always)]
    fn or(self, mut one: Self::Block, other: Self::Block) -> Self::Block {
        one.iter_mut().zip(other).for_each(|(one, other)| *one |= other);
        one
    }

    #[inline(always)]
    fn is_ascii(self, block: Self::Block) -> bool {
        block.iter().all(|word| word & 0x8080_8080_8080_8080 == 0)
    }
}
