//! aarch64: four registers.

use core::arch::aarch64::*;
use core::array::from_fn;

use super::{Key, Leaf, Pass};

#[derive(Clone, Copy)]
struct Neon(());

/// # Safety
///
/// The processor has NEON.
#[target_feature(enable = "neon")]
pub(super) unsafe fn run<P: Pass>(pass: P, data: &mut [u8], key: Key) -> P::Output {
    pass.run(Neon(()), data, key)
}

impl Leaf for Neon {
    type Block = [uint8x16_t; 4];

    #[inline(always)]
    fn repeat(self, octets: [u8; 4]) -> Self::Block {
        // SAFETY: a Neon exists only within `run`.
        [unsafe { vreinterpretq_u8_u32(vdupq_n_u32(u32::from_ne_bytes(octets))) }; 4]
    }

    #[inline(always)]
    fn load(self, octets: &[u8; 64]) -> Self::Block {
        // SAFETY: a Neon exists only within `run`; the reference is to four times 16 octets.
        from_fn(|i| unsafe { vld1q_u8(octets.as_ptr().add(16 * i)) })
    }

    #[inline(always)]
    fn store(self, block: Self::Block, octets: &mut [u8; 64]) {
        let to = octets.as_mut_ptr();
        for (i, part) in block.into_iter().enumerate() {
            // SAFETY: a Neon exists only within `run`; the reference is to four times 16 octets.
            unsafe { vst1q_u8(to.add(16 * i), part) };
        }
    }

    #[inline(always)]
    fn xor(self, one: Self::Block, other: Self::Block) -> Self::Block {
        // SAFETY: a Neon exists only within `run`.
        from_fn(|i| unsafe { veorq_u8(one[i], other[i]) })
    }

    #[inline(always)]
    fn or(self, one: Self::Block, other: Self::Block) -> Self::Block {
        // SAFETY: a Neon exists only within `run`.
        from_fn(|i| unsafe { vorrq_u8(one[i], other[i]) })
    }

    #[inline(always)]
    fn is_ascii(self, [a, b, c, d]: Self::Block) -> bool {
        // SAFETY: a Neon exists only within `run`.
        unsafe { vmaxvq_u8(vorrq_u8(vorrq_u8(a, b), vorrq_u8(c, d))) < 0x80 }
    }
}
