//! x86-64 with AVX-512: one register.

use core::arch::x86_64::*;

use super::{Key, Leaf, Pass};

#[derive(Clone, Copy)]
struct Avx512(());

/// # Safety
///
/// The processor has AVX-512F and AVX-512BW.
#[target_feature(enable = "avx512f,avx512bw")]
pub(super) unsafe fn run<P: Pass>(pass: P, data: &mut [u8], key: Key) -> P::Output {
    pass.run(Avx512(()), data, key)
}

impl Leaf for Avx512 {
    type Block = __m512i;

    #[inline(always)]
    fn repeat(self, octets: [u8; 4]) -> Self::Block {
        // SAFETY: an Avx512 exists only within `run`.
        unsafe { _mm512_set1_epi32(i32::from_ne_bytes(octets)) }
    }

    #[inline(always)]
    fn load(self, octets: &[u8; 64]) -> Self::Block {
        // SAFETY: an Avx512 exists only within `run`; the reference is to 64 octets, and the load asks for no alignment.
        unsafe { _mm512_loadu_si512(octets.as_ptr().cast()) }
    }

    #[inline(always)]
    fn store(self, block: Self::Block, octets: &mut [u8; 64]) {
        // SAFETY: an Avx512 exists only within `run`; the reference is to 64 octets, and the store asks for no alignment.
        unsafe { _mm512_storeu_si512(octets.as_mut_ptr().cast(), block) }
    }

    #[inline(always)]
    fn xor(self, one: Self::Block, other: Self::Block) -> Self::Block {
        // SAFETY: an Avx512 exists only within `run`.
        unsafe { _mm512_xor_si512(one, other) }
    }

    #[inline(always)]
    fn or(self, one: Self::Block, other: Self::Block) -> Self::Block {
        // SAFETY: an Avx512 exists only within `run`.
        unsafe { _mm512_or_si512(one, other) }
    }

    #[inline(always)]
    fn is_ascii(self, block: Self::Block) -> bool {
        // SAFETY: an Avx512 exists only within `run`.
        unsafe { _mm512_movepi8_mask(block) == 0 }
    }
}
