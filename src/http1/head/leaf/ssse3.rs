//! x86-64 with SSSE3: 16 octets at a time.

use core::arch::x86_64::*;

use super::tables::{CONTROL_FROM, IN_TARGET, LINE};
use super::{Leaf, Masks, Pass};

#[derive(Clone, Copy)]
pub(super) struct Ssse3(());

impl Ssse3 {
    /// # Safety
    ///
    /// The processor has SSSE3, and the value stays within a function compiled for it.
    #[inline(always)]
    pub(super) unsafe fn new() -> Self {
        Self(())
    }
}

/// # Safety
///
/// The processor has SSSE3.
#[cold]
#[target_feature(enable = "ssse3")]
pub(super) unsafe fn run<P: Pass>(pass: P) -> P::Output {
    // SAFETY: this function is compiled for SSSE3.
    pass.run(unsafe { Ssse3::new() })
}

impl Leaf for Ssse3 {
    #[inline(always)]
    fn masks16(self, octets: &[u8; 16]) -> Masks {
        // SAFETY: `new` promised SSSE3.
        unsafe {
            let class = look_up(octets, &LINE);
            let control = _mm_movemask_epi8(_mm_adds_epu8(class, _mm_set1_epi8((0x80 - CONTROL_FROM) as i8)));
            let neither = _mm_movemask_epi8(_mm_cmpeq_epi8(class, _mm_setzero_si128()));
            Masks { control: u64::from(control as u32), delimiter: u64::from(neither as u32) }
        }
    }

    #[inline(always)]
    fn target16(self, octets: &[u8; 16]) -> u32 {
        // SAFETY: `new` promised SSSE3.
        unsafe {
            let class = look_up(octets, &IN_TARGET);
            _mm_movemask_epi8(_mm_cmpeq_epi8(class, _mm_setzero_si128())) as u32
        }
    }
}

/// # Safety
///
/// The processor has SSSE3.
#[inline(always)]
unsafe fn look_up(octets: &[u8; 16], (low, high): &([u8; 16], [u8; 16])) -> __m128i {
    // SAFETY: the references are to 16 octets each, and the loads ask for no alignment.
    unsafe {
        let octets = _mm_loadu_si128(octets.as_ptr().cast());
        let row = _mm_and_si128(_mm_srli_epi16::<4>(octets), _mm_set1_epi8(0x0f));
        let low = _mm_shuffle_epi8(_mm_loadu_si128(low.as_ptr().cast()), octets);
        // The shuffle uses the low half of each octet and returns 0 from 0x80.
        _mm_and_si128(low, _mm_shuffle_epi8(_mm_loadu_si128(high.as_ptr().cast()), row))
    }
}
