//! Octets to bit masks: one leaf per instruction set under one generic algorithm, selected at run time.
//!
//! A leaf classifies 16 octets (some 32) at a time; [`masks`] and [`target_stops`] combine them without reading outside
//! the input: at the end, the block that ends with the input is loaded and shifted, or two blocks overlap. All leaves
//! yield the same bits, which the tests check.
//!
//! `unsafe` is for vector loads through array references, and for calling functions whose instructions the processor
//! was found to have.

#![allow(unsafe_code)]

// With a vector leaf, only the last few octets of an input are handled one by one.
#[cfg_attr(any(target_arch = "x86_64", target_arch = "aarch64"), allow(dead_code))]
mod portable;
#[cfg(test)]
pub(super) mod tests;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(target_arch = "x86_64")]
mod sse2;
#[cfg(target_arch = "x86_64")]
mod ssse3;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod tables;

mod choice;
mod window;

#[cfg(test)]
pub(super) use choice::{Choice, dispatch_to};
pub(crate) use choice::{choose_leaf, dispatch};
pub(super) use window::{masks, target_stops};

/// The classes of 64 octets, bit n for octet n.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Masks {
    /// Controls other than HTAB: line ends, and octets not allowed in a line.
    pub control: u64,
    /// Octets that are neither controls nor tchar: the first one in a field line ends its name.
    pub delimiter: u64,
}

impl Masks {
    /// Clears the bits up to the LF after the CR at `bit`.
    #[inline(always)]
    pub fn after_line(self, bit: u32) -> Self {
        // Two shifts, because a shift by 64 is undefined.
        let kept = (u64::MAX << bit) << 2;
        Self { control: self.control & kept, delimiter: self.delimiter & kept }
    }

    /// If `control`, clears the control bit of the first octet.
    #[inline(always)]
    pub fn without_first(self, control: bool) -> Self {
        Self { control: self.control & !u64::from(control), ..self }
    }

    /// These octets, and `next` from `count` on; they agree where they overlap.
    #[inline(always)]
    fn join(self, next: Self, count: usize) -> Self {
        Self { control: self.control | next.control << count, delimiter: self.delimiter | next.delimiter << count }
    }

    /// The masks from octet `count` (at most 63) on.
    #[inline(always)]
    pub fn skip(self, count: usize) -> Self {
        Self { control: self.control >> count, delimiter: self.delimiter >> count }
    }
}

/// One instruction set. A value exists only if the processor has the instructions.
pub(crate) trait Leaf: Copy {
    /// Classifies 16 octets.
    fn masks16(self, octets: &[u8; 16]) -> Masks;

    /// The octets that are not allowed in a target by themselves.
    fn target16(self, octets: &[u8; 16]) -> u32;

    /// Classifies 32 octets.
    #[inline(always)]
    fn masks32(self, octets: &[u8; 32]) -> Masks {
        let [low, high] = halves(octets);
        self.masks16(low).join(self.masks16(high), 16)
    }

    /// Like [`Leaf::target16`].
    #[inline(always)]
    fn target32(self, octets: &[u8; 32]) -> u32 {
        let [low, high] = halves(octets);
        self.target16(low) | self.target16(high) << 16
    }

    /// Classifies 64 octets.
    #[inline(always)]
    fn masks64(self, octets: &[u8; 64]) -> Masks {
        let (Some(low), Some(high)) = (octets.first_chunk(), octets.last_chunk()) else { unreachable!() };
        self.masks32(low).join(self.masks32(high), 32)
    }

    /// Whether the `len` octets of `name` from `at`, in lower case, equal those of `known`; both ranges are within.
    #[inline(always)]
    fn same_name(self, name: &[u8; 32], known: &[u8; 32], at: usize, len: usize) -> bool {
        name.iter().zip(known).skip(at).take(len).all(|(octet, known)| octet | 0x20 == *known)
    }
}

/// Work to run with the best leaf.
pub(crate) trait Pass {
    /// The result.
    type Output;
    /// Must be `#[inline(always)]`, so that it is compiled with the leaf's instructions.
    fn run<L: Leaf>(self, leaf: L) -> Self::Output;
}

#[inline(always)]
fn halves(octets: &[u8; 32]) -> [&[u8; 16]; 2] {
    let (Some(low), Some(high)) = (octets.first_chunk(), octets.last_chunk()) else { unreachable!() };
    [low, high]
}
