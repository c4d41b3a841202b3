//! Octets to bit masks: one leaf per instruction set under one generic algorithm, chosen when the program runs.
//!
//! A leaf classifies 16 octets (some 32) at a time; [`masks`] and [`target_stops`] put them together and see to it that
//! nothing is read outside the input: where fewer octets are left than a block holds, the block that ends with the
//! input is taken and shifted, or two blocks overlap. Every leaf yields the same bits, which the tests hold.
//!
//! `unsafe` here is two things: vector loads through array references, and entering a function whose instructions the
//! processor was found to have.

#![allow(unsafe_code)]

// Where there is a leaf of the processor's, only the last few octets of an input are looked at one by one.
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

/// What 64 octets are, bit n for octet n.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Masks {
    /// Controls other than HTAB: ends of lines, and what no line may hold.
    pub control: u64,
    /// Octets that are neither control nor of a token: where a field line has one before its end, its name ends there.
    pub delimiter: u64,
}

impl Masks {
    /// Without the bits up to that of the LF that follows the CR at `bit`.
    #[inline(always)]
    pub fn after_line(self, bit: u32) -> Self {
        // Two shifts, because one of 64 and more is not defined.
        let kept = (u64::MAX << bit) << 2;
        Self { control: self.control & kept, delimiter: self.delimiter & kept }
    }

    /// Where `control` is true, without the control that is the first octet.
    #[inline(always)]
    pub fn without_first(self, control: bool) -> Self {
        Self { control: self.control & !u64::from(control), ..self }
    }

    /// These octets, then `count` later those of `next`; where both have a bit they agree.
    #[inline(always)]
    fn join(self, next: Self, count: usize) -> Self {
        Self { control: self.control | next.control << count, delimiter: self.delimiter | next.delimiter << count }
    }

    /// As seen `count` (at most 63) octets later.
    #[inline(always)]
    pub fn skip(self, count: usize) -> Self {
        Self { control: self.control >> count, delimiter: self.delimiter >> count }
    }
}

/// One instruction set. A value of a leaf exists only where the processor has the instructions.
pub(crate) trait Leaf: Copy {
    /// Classifies 16 octets.
    fn masks16(self, octets: &[u8; 16]) -> Masks;

    /// The octets that cannot stand in a target by themselves.
    fn target16(self, octets: &[u8; 16]) -> u32;

    /// Classifies 32 octets.
    #[inline(always)]
    fn masks32(self, octets: &[u8; 32]) -> Masks {
        let [low, high] = halves(octets);
        self.masks16(low).join(self.masks16(high), 16)
    }

    /// As [`Leaf::target16`].
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

    /// Whether `len` octets of `name` from `at` on, letters in lower case, are those of `known`; all of them are within.
    #[inline(always)]
    fn same_name(self, name: &[u8; 32], known: &[u8; 32], at: usize, len: usize) -> bool {
        name.iter().zip(known).skip(at).take(len).all(|(octet, known)| octet | 0x20 == *known)
    }
}

/// Something to be done with the best leaf there is.
pub(crate) trait Pass {
    /// What comes of it.
    type Output;
    /// Must be `#[inline(always)]`, so that it is compiled for the instructions of the leaf.
    fn run<L: Leaf>(self, leaf: L) -> Self::Output;
}

#[inline(always)]
fn halves(octets: &[u8; 32]) -> [&[u8; 16]; 2] {
    let (Some(low), Some(high)) = (octets.first_chunk(), octets.last_chunk()) else { unreachable!() };
    [low, high]
}
