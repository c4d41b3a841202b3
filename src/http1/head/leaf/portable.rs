//! The leaf for all other processors: a table, octet by octet.

use super::super::octet::{self, CONTROL, TARGET, TOKEN};
use super::{Leaf, Masks, Pass};

#[derive(Clone, Copy)]
struct Portable;

pub(super) fn run<P: Pass>(pass: P) -> P::Output {
    pass.run(Portable)
}

impl Leaf for Portable {
    #[inline(always)]
    fn masks16(self, octets: &[u8; 16]) -> Masks {
        masks(octets)
    }

    #[inline(always)]
    fn target16(self, octets: &[u8; 16]) -> u32 {
        target_stops(octets)
    }
}

/// The classes of up to 64 octets.
#[cold]
#[inline(never)]
pub(super) fn masks(octets: &[u8]) -> Masks {
    let mut masks = Masks { control: 0, delimiter: 0 };
    for (bit, &octet) in octets.iter().enumerate() {
        masks.control |= u64::from(octet::is(octet, CONTROL)) << bit;
        masks.delimiter |= u64::from(!octet::is(octet, TOKEN | CONTROL)) << bit;
    }
    masks
}

/// The octets, of up to 32, that are not allowed in a target by themselves.
#[cold]
#[inline(never)]
pub(super) fn target_stops(octets: &[u8]) -> u32 {
    let stop = |(bit, &octet): (usize, &u8)| u32::from(!octet::is(octet, TARGET)) << bit;
    octets.iter().enumerate().map(stop).sum()
}
