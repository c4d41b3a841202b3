//! x86-64 baseline: 16 octets at a time, by comparisons.
//!
//! The comparisons are many instructions, and a dozen passes use them, so they are called rather than inlined: only
//! processors from before 2011 lack SSSE3.

use core::arch::x86_64::*;

use super::{Leaf, Masks, Pass};

#[derive(Clone, Copy)]
struct Sse2;

pub(super) fn run<P: Pass>(pass: P) -> P::Output {
    pass.run(Sse2)
}

impl Leaf for Sse2 {
    #[inline(never)]
    fn masks16(self, octets: &[u8; 16]) -> Masks {
        let octets = Octets::load(octets);
        let control = (octets.between(0, 0x1f) & !octets.is(b'\t')) | octets.is(0x7f);
        let delimiter = octets.outside_graphic()
            | octets.is(b'"')
            | octets.between(b'(', b')')
            | octets.is(b',')
            | octets.is(b'/')
            | octets.between(b':', b'@')
            | octets.between(b'[', b']')
            | octets.is(b'{')
            | octets.is(b'}');
        Masks { control: u64::from(control), delimiter: u64::from(delimiter & !control) }
    }

    #[inline(never)]
    fn target16(self, octets: &[u8; 16]) -> u32 {
        let octets = Octets::load(octets);
        octets.outside_graphic()
            | octets.between(b'"', b'#')
            | octets.is(b'<')
            | octets.is(b'>')
            | octets.is(b'\\')
            | octets.is(b'`')
            | octets.is(b'{')
            | octets.is(b'}')
    }
}

/// SSE2 is part of every x86-64.
#[derive(Clone, Copy)]
struct Octets(__m128i);

impl Octets {
    #[inline(always)]
    fn load(octets: &[u8; 16]) -> Self {
        // SAFETY: the reference is to 16 octets, and the load asks for no alignment.
        Self(unsafe { _mm_loadu_si128(octets.as_ptr().cast()) })
    }

    #[inline(always)]
    fn is(self, octet: u8) -> u32 {
        // SAFETY: SSE2 is part of every x86-64.
        unsafe { _mm_movemask_epi8(_mm_cmpeq_epi8(self.0, _mm_set1_epi8(octet as i8))) as u32 }
    }

    #[inline(always)]
    fn between(self, first: u8, last: u8) -> u32 {
        // SAFETY: SSE2 is part of every x86-64.
        unsafe {
            let from = _mm_sub_epi8(self.0, _mm_set1_epi8(first as i8));
            let within = _mm_min_epu8(from, _mm_set1_epi8((last - first) as i8));
            _mm_movemask_epi8(_mm_cmpeq_epi8(from, within)) as u32
        }
    }

    /// SP, controls, DEL, and everything from 0x80, which is negative.
    #[inline(always)]
    fn outside_graphic(self) -> u32 {
        // SAFETY: SSE2 is part of every x86-64.
        unsafe { _mm_movemask_epi8(_mm_cmplt_epi8(self.0, _mm_set1_epi8(0x21))) as u32 | self.is(0x7f) }
    }
}
