//! aarch64: 16 octets at a time.

use core::arch::aarch64::*;

use super::tables::{CONTROL_FROM, IN_TARGET, LINE};
use super::{Leaf, Masks, Pass};

#[derive(Clone, Copy)]
struct Neon(());

/// # Safety
///
/// The processor has NEON.
#[target_feature(enable = "neon")]
pub(super) unsafe fn run<P: Pass>(pass: P) -> P::Output {
    pass.run(Neon(()))
}

impl Leaf for Neon {
    #[inline(always)]
    fn masks16(self, octets: &[u8; 16]) -> Masks {
        // SAFETY: a Neon exists only within `run`.
        unsafe {
            let class = look_up(octets, &LINE);
            let control = bits(vcgeq_u8(class, vdupq_n_u8(CONTROL_FROM)));
            let neither = bits(vceqzq_u8(class));
            Masks { control: u64::from(control), delimiter: u64::from(neither) }
        }
    }

    #[inline(always)]
    fn target16(self, octets: &[u8; 16]) -> u32 {
        // SAFETY: a Neon exists only within `run`.
        unsafe { bits(vceqzq_u8(look_up(octets, &IN_TARGET))) }
    }
}

/// # Safety
///
/// The processor has NEON.
#[inline(always)]
unsafe fn look_up(octets: &[u8; 16], (low, high): &([u8; 16], [u8; 16])) -> uint8x16_t {
    // SAFETY: the references are to 16 octets each, and the loads ask for no alignment.
    unsafe {
        let octets = vld1q_u8(octets.as_ptr());
        // The lookup returns 0 for an index from 16, so keeping bit 7 returns 0 from 0x80.
        let low = vqtbl1q_u8(vld1q_u8(low.as_ptr()), vandq_u8(octets, vdupq_n_u8(0x8f)));
        vandq_u8(low, vqtbl1q_u8(vld1q_u8(high.as_ptr()), vshrq_n_u8::<4>(octets)))
    }
}

/// One bit per octet of `lanes`, each 0 or 0xff.
///
/// # Safety
///
/// The processor has NEON.
#[inline(always)]
unsafe fn bits(lanes: uint8x16_t) -> u32 {
    const WEIGHTS: [u8; 16] = [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128];
    // SAFETY: the reference is to 16 octets, and the load asks for no alignment.
    unsafe {
        let weighed = vandq_u8(lanes, vld1q_u8(WEIGHTS.as_ptr()));
        u32::from(vaddv_u8(vget_low_u8(weighed))) | u32::from(vaddv_u8(vget_high_u8(weighed))) << 8
    }
}
