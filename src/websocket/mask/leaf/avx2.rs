//! x86-64 with AVX2: two registers.

use core::arch::x86_64::*;

use super::{Key, Leaf, Pass};

#[derive(Clone, Copy)]
struct Avx2(());

/// # Safety
///
/// The processor has AVX2.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn run<P: Pass>(pass: P, data: &mut [u8], key: Key) -> P::Output {
    pass.run(Avx2(()), data, key)
}

impl Leaf for Avx2 {
    type Block = [__m256i; 2];

    #[inline(always)]
    fn repeat(self, octets: [u8; 4]) -> Self::Block {
        // SAFETY: an Avx2 exists only within `run`.
        [unsafe { _mm256_set1_epi32(i32::from_ne_bytes(octets)) }; 2]
    }

    #[inline(always)]
    fn load(self, octets: &[u8; 64]) -> Self::Block {
        let from: *const __m256i = octets.as_ptr().cast();
        // SAFETY: an Avx2 exists only within `run`; the reference is to 64 octets, and the loads ask for no alignment.
        unsafe { [_mm256_loadu_si256(from), _mm256_loadu_si256(from.add(1))] }
    }

    #[inline(always)]
    fn store(self, [low, high]: Self::Block, octets: &mut [u8; 64]) {
        let to: *mut __m256i = octets.as_mut_ptr().cast();
        // SAFETY: an Avx2 exists only within `run`; the reference is to 64 octets, and the stores ask for no alignment.
        unsafe {
            _mm256_storeu_si256(to, low);
            _mm256_storeu_si256(to.add(1), high);
        }
    }

    #[inline(always)]
    fn xor(self, one: Self::Block, other: Self::Block) -> Self::Block {
        // SAFETY: an Avx2 exists only within `run`.
        unsafe { [_mm256_xor_si256(one[0], other[0]), _mm256_xor_si256(one[1], other[1])] }
    }

    #[inline(always)]
    fn or(self, one: Self::Block, other: Self::Block) -> Self::Block {
        // SAFETY: an Avx2 exists only within `run`.
        unsafe { [_mm256_or_si256(one[0], other[0]), _mm256_or_si256(one[1], other[1])] }
    }

    #[inline(always)]
    fn is_ascii(self, [low, high]: Self::Block) -> bool {
        // SAFETY: an Avx2 exists only within `run`.
        unsafe { _mm256_movemask_epi8(_mm256_or_si256(low, high)) == 0 }
    }
}
