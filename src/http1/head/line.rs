//! The parts of one field line.

use super::leaf::Leaf;
use super::{FieldId, list, lookup};
use crate::narrow::place;

/// The name and the remainder of the line at `line..at`; `None` if the name is empty or the octet that ends it is not a
/// colon.
#[inline(always)]
pub(super) fn split(input: &[u8], line: usize, colon: usize, at: usize) -> Option<(&[u8], &[u8])> {
    match input.get(line..at)?.split_at_checked(colon.wrapping_sub(line))? {
        (name, [b':', value @ ..]) if !name.is_empty() => Some((name, value)),
        _ => None,
    }
}

/// The id of the name at the start of `rest`, the end of `input`. Uses the leaf's comparison if there is room for it.
#[inline(always)]
pub(super) fn name_id<L: Leaf>(leaf: L, input: &[u8], rest: &[u8], name: &[u8]) -> FieldId {
    let id = lookup::candidate(name);
    let known = lookup::known_name(id);
    let same = match (rest.first_chunk(), input.last_chunk()) {
        _ if known.len() != name.len() => false,
        (Some(block), _) => leaf.same_name(block, known.padded(), 0, name.len()),
        // The name is in the last block of the input: shift the known name to the same place.
        (None, Some(block)) => leaf.same_name(block, known.padded_before(rest.len()), 32 - rest.len(), name.len()),
        _ => known.is_lower_of(name),
    };
    if same { id } else { 0 }
}

/// The value after a name, if it follows a colon and one SP and has no trailing whitespace, as most do. The only octets
/// up to SP in a value are SP and HTAB.
#[inline(always)]
pub(super) fn value_fast(rest: &[u8]) -> Option<&[u8]> {
    let (between, value) = rest.split_first_chunk::<2>()?;
    (*between == *b": " && value.first() > Some(&b' ') && value.last() > Some(&b' ')).then_some(value)
}

/// `value`, which ends at `at`, without surrounding whitespace, and its offset.
#[inline(always)]
pub(super) fn trim(value: &[u8], at: usize, folded: bool) -> (u32, &[u8]) {
    if folded {
        return trim_folded(value, at);
    }
    // The only octets up to SP in a value are SP and HTAB. Usually one SP precedes it and nothing follows.
    let value = match value {
        [b' ', rest @ ..] => rest,
        value => value,
    };
    let tight = |octet: Option<&u8>| octet.is_none_or(|octet| *octet > b' ');
    let value = if tight(value.first()) { value } else { trim_start(value) };
    let start = place(at - value.len());
    (start, if tight(value.last()) { value } else { trim_end(value) })
}

/// An obs-fold counts as whitespace.
#[cold]
fn trim_folded(value: &[u8], at: usize) -> (u32, &[u8]) {
    let after = list::trim_start(value);
    (place(at - after.len()), list::trim(after))
}

#[cold]
fn trim_start(mut value: &[u8]) -> &[u8] {
    while let [0..=b' ', rest @ ..] = value {
        value = rest;
    }
    value
}

#[cold]
fn trim_end(mut value: &[u8]) -> &[u8] {
    while let [rest @ .., 0..=b' '] = value {
        value = rest;
    }
    value
}
