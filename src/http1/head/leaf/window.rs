//! Blocks at any place of an input of any length, without reading outside it. Inputs shorter than 32 octets are rare
//! and go octet by octet, out of line.

use super::{Leaf, Masks, portable};

/// The masks of up to 64 octets from `at`; bits past the end are 0.
#[inline(always)]
pub(in super::super) fn masks<L: Leaf>(leaf: L, input: &[u8], at: usize) -> Masks {
    match input.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(block) => leaf.masks64(block),
        None => last_masks(leaf, input, at),
    }
}

/// [`masks`] with fewer than 64 octets left.
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

/// The octets, of up to 32 from `at`, that are not allowed in a target by themselves; bits past the end are 0.
#[inline(always)]
pub(in super::super) fn target_stops<L: Leaf>(leaf: L, input: &[u8], at: usize) -> u32 {
    match input.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(block) => leaf.target32(block),
        None => last_target_stops(leaf, input, at),
    }
}

/// [`target_stops`] with fewer than 32 octets left.
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
