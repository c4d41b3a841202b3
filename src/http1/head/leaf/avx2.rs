//! x86-64 with AVX2: 32 octets at a time.

use core::arch::x86_64::*;

use super::tables::{CONTROL_FROM, IN_TARGET, LINE};
use super::{Leaf, Masks, Pass, ssse3};

#[derive(Clone, Copy)]
struct Avx2(ssse3::Ssse3);

/// # Safety
///
/// The processor has these features.
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) unsafe fn run<P: Pass>(pass: P) -> P::Output {
    // SAFETY: AVX2 includes SSSE3.
    pass.run(Avx2(unsafe { ssse3::Ssse3::new() }))
}

impl Leaf for Avx2 {
    #[inline(always)]
    fn masks16(self, octets: &[u8; 16]) -> Masks {
        self.0.masks16(octets)
    }

    #[inline(always)]
    fn target16(self, octets: &[u8; 16]) -> u32 {
        self.0.target16(octets)
    }

    #[inline(always)]
    fn masks32(self, octets: &[u8; 32]) -> Masks {
        // SAFETY: an Avx2 exists only within `run`.
        unsafe {
            let class = look_up(load(octets), &LINE);
            let control = _mm256_movemask_epi8(_mm256_adds_epu8(class, _mm256_set1_epi8((0x80 - CONTROL_FROM) as i8)));
            let neither = _mm256_movemask_epi8(_mm256_cmpeq_epi8(class, _mm256_setzero_si256()));
            Masks { control: u64::from(control as u32), delimiter: u64::from(neither as u32) }
        }
    }

    #[inline(always)]
    fn target32(self, octets: &[u8; 32]) -> u32 {
        // SAFETY: an Avx2 exists only within `run`.
        unsafe {
            let class = look_up(load(octets), &IN_TARGET);
            _mm256_movemask_epi8(_mm256_cmpeq_epi8(class, _mm256_setzero_si256())) as u32
        }
    }

    #[inline(always)]
    fn same_name(self, name: &[u8; 32], known: &[u8; 32], at: usize, len: usize) -> bool {
        // SAFETY: an Avx2 exists only within `run`.
        unsafe {
            let lower = _mm256_or_si256(load(name), _mm256_set1_epi8(0x20));
            let same = _mm256_movemask_epi8(_mm256_cmpeq_epi8(lower, load(known))) as u32;
            _bzhi_u32(!same >> (at & 31), crate::narrow::place(len)) == 0
        }
    }
}

/// # Safety
///
/// The processor has AVX2.
#[inline(always)]
unsafe fn load(octets: &[u8; 32]) -> __m256i {
    // SAFETY: the reference is to 32 octets, and the load asks for no alignment.
    unsafe { _mm256_loadu_si256(octets.as_ptr().cast()) }
}

/// # Safety
///
/// The processor has AVX2.
#[inline(always)]
unsafe fn look_up(octets: __m256i, (low, high): &([u8; 16], [u8; 16])) -> __m256i {
    // SAFETY: the references are to 16 octets each, and the loads ask for no alignment.
    unsafe {
        let low = _mm256_broadcastsi128_si256(_mm_loadu_si128(low.as_ptr().cast()));
        let high = _mm256_broadcastsi128_si256(_mm_loadu_si128(high.as_ptr().cast()));
        let row = _mm256_and_si256(_mm256_srli_epi16::<4>(octets), _mm256_set1_epi8(0x0f));
        // The shuffle uses the low half of each octet and returns 0 from 0x80.
        _mm256_and_si256(_mm256_shuffle_epi8(low, octets), _mm256_shuffle_epi8(high, row))
    }
}
