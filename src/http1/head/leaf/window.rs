//! Blocks anywhere in an input of any length, without a read outside it. Inputs shorter than 32 octets, which are next to
//! none, go octet by octet and out of line.

use super::{Leaf, Masks, portable};

/// The up to 64 octets from `at`; bits past the end are 0.
#[inline(always)]
pub(in super::super) fn masks<L: Leaf>(leaf: L, input: &[u8], at: usize) -> Masks {
    match input.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(block) => leaf.masks64(block),
        None => last_masks(leaf, input, at),
    }
}

/// As [`masks`] when fewer than 64 octets are left.
#[inline(always)]
fn last_masks<L: Leaf>(leaf: L, input: &[u8], at: usize) -> Masks {
    let rest = input.get(at..).unwrap_or_default();
    let Some(high) = input.last_chunk() else { return portable::masks(rest) };
    let high = leaf.masks32(high);
    match rest.first_chunk() {
        Some(low) => leaf.masks32(low).join(high, rest.len() - 32),
        None if rest.is_empty() => Masks { control: 0, delimiter: 0 },
        None => high.skip(32 - rest.len()),
    }
}

/// Which of the up to 32 octets from `at` cannot stand in a target by themselves; bits past the end are 0.
#[inline(always)]
pub(in super::super) fn target_stops<L: Leaf>(leaf: L, input: &[u8], at: usize) -> u32 {
    match input.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(block) => leaf.target32(block),
        None => last_target_stops(leaf, input, at),
    }
}

/// As [`target_stops`] when fewer than 32 octets are left.
#[inline(always)]
fn last_target_stops<L: Leaf>(leaf: L, input: &[u8], at: usize) -> u32 {
    let len = input.len();
    if at >= len {
        return 0;
    }
    if let Some(block) = input.last_chunk() {
        return leaf.target32(block) >> (at + 32 - len);
    }
    portable::target_stops(input) >> at
}
