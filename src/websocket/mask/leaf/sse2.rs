//! x86-64 baseline: four registers.

use core::arch::x86_64::*;
use core::array::from_fn;

use super::{Key, Leaf, Pass};

/// SSE2 is part of every x86-64.
#[derive(Clone, Copy)]
struct Sse2;

#[inline(never)]
pub(super) fn run<P: Pass>(pass: P, data: &mut [u8], key: Key) -> P::Output {
    pass.run(Sse2, data, key)
}

impl Leaf for Sse2 {
    type Block = [__m128i; 4];

    #[inline(always)]
    fn repeat(self, octets: [u8; 4]) -> Self::Block {
        // SAFETY: SSE2 is part of every x86-64.
        [unsafe { _mm_set1_epi32(i32::from_ne_bytes(octets)) }; 4]
    }

    #[inline(always)]
    fn load(self, octets: &[u8; 64]) -> Self::Block {
        let from: *const __m128i = octets.as_ptr().cast();
        // SAFETY: the reference is to four times 16 octets, and the loads ask for no alignment.
        from_fn(|i| unsafe { _mm_loadu_si128(from.add(i)) })
    }

    #[inline(always)]
    fn store(self, block: Self::Block, octets: &mut [u8; 64]) {
        let to: *mut __m128i = octets.as_mut_ptr().cast();
        for (i, part) in block.into_iter().enumerate() {
            // SAFETY: the reference is to four times 16 octets, and the stores ask for no alignment.
            unsafe { _mm_storeu_si128(to.add(i), part) };
        }
    }

    #[inline(always)]
    fn xor(self, one: Self::Block, other: Self::Block) -> Self::Block {
        // SAFETY: SSE2 is part of every x86-64.
        from_fn(|i| unsafe { _mm_xor_si128(one[i], other[i]) })
    }

    #[inline(always)]
    fn or(self, one: Self::Block, other: Self::Block) -> Self::Block {
        // SAFETY: SSE2 is part of every x86-64.
        from_fn(|i| unsafe { _mm_or_si128(one[i], other[i]) })
    }

    #[inline(always)]
    fn is_ascii(self, block: Self::Block) -> bool {
        // SAFETY: SSE2 is part of every x86-64.
        unsafe {
            _mm_movemask_epi8(block.into_iter().fold(_mm_setzero_si128(), |one, other| _mm_or_si128(one, other))) == 0
        }
    }
}
