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
    let len = input.len();
    if at >= len {
        return Masks { control: 0, delimiter: 0 };
    }
    if let Some(block) = input.last_chunk() {
        return leaf.masks64(block).skip(at + 64 - len);
    }
    match (input.first_chunk(), input.last_chunk()) {
        (Some(low), Some(high)) => leaf.masks32(low).join(leaf.masks32(high), len - 32).skip(at),
        _ => portable::masks(input).skip(at),
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
