//! The parts of one field line.

use super::leaf::Leaf;
use super::{FieldId, list, lookup};
use crate::narrow::place;

/// The name and the rest of the line at `line..at`; `None` if there is no name, or what ended it is no colon: the first
/// octet that is no tchar must be one.
#[inline(always)]
pub(super) fn split(input: &[u8], line: usize, colon: usize, at: usize) -> Option<(&[u8], &[u8])> {
    match input.get(line..at)?.split_at_checked(colon.wrapping_sub(line))? {
        (name, [b':', value @ ..]) if !name.is_empty() => Some((name, value)),
        _ => None,
    }
}

/// The number of the name that `rest`, the end of `input`, begins with, by the leaf's comparison where there is room for
/// it.
#[inline(always)]
pub(super) fn known_name<L: Leaf>(leaf: L, input: &[u8], rest: &[u8], name: &[u8]) -> FieldId {
    let id = lookup::candidate(name);
    let known = lookup::known(id);
    let same = match (rest.first_chunk(), input.last_chunk()) {
        _ if known.len() != name.len() => false,
        (Some(block), _) => leaf.same_name(block, known.padded(), 0, name.len()),
        // The name is somewhere in the last block of the input: that of the known one is put there, too.
        (None, Some(block)) => leaf.same_name(block, known.padded_before(rest.len()), 32 - rest.len(), name.len()),
        _ => known.is_lower_of(name),
    };
    if same { id } else { 0 }
}

/// The value in what follows a name in its line, if it comes after a colon and one SP and nothing comes after it: nearly
/// all do. A value has no octet up to SP but SP and HTAB.
#[inline(always)]
pub(super) fn usual_value(rest: &[u8]) -> Option<&[u8]> {
    let (between, value) = rest.split_first_chunk::<2>()?;
    (*between == *b": " && value.first() > Some(&b' ') && value.last() > Some(&b' ')).then_some(value)
}

/// `value`, which ends at `at`, without whitespace at its ends, and where it begins.
#[inline(always)]
pub(super) fn trim(value: &[u8], at: usize, folded: bool) -> (u32, &[u8]) {
    if folded {
        return trim_folded(value, at);
    }
    // A value has no octet up to SP but SP and HTAB. Nearly always one SP comes before it and nothing after.
    let value = match value {
        [b' ', rest @ ..] => rest,
        value => value,
    };
    let tight = |octet: Option<&u8>| octet.is_none_or(|octet| *octet > b' ');
    let value = if tight(value.first()) { value } else { trim_start(value) };
    let start = place(at - value.len());
    (start, if tight(value.last()) { value } else { trim_end(value) })
}

/// An obs-fold is whitespace too.
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
