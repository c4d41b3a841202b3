//! From a name to the one known name that it could be, without a comparison.

use super::field_id::NAMES;
use super::{FieldId, octet};

/// The one known name that `name` could be, or 0.
#[inline(always)]
pub(super) fn candidate(name: &[u8]) -> FieldId {
    match (name.first_chunk(), name.last_chunk()) {
        (Some(first), Some(last)) => BY_HASH[hash(*first, *last, name.len())],
        _ => 0,
    }
}

/// The known name `id` in lower case and zeros, and its length.
#[inline(always)]
pub(super) fn known(id: FieldId) -> &'static (Padded, usize) {
    &LOWER[usize::from(id)]
}

/// Room for the longest known name, and what vector leaves compare at once.
pub(super) type Padded = [u8; 32];

/// The number of `name`, which is a token.
#[inline(always)]
pub(super) fn of_token(name: &[u8]) -> FieldId {
    let id = candidate(name);
    let (known, len) = known(id);
    if *len == name.len() && is_lower_of(known, name) { id } else { 0 }
}

/// Whether `known` begins with `name` in lower case. In a token the bit of lower case changes letters into letters
/// only: what would become a hyphen or digit by it is a control.
#[inline(always)]
fn is_lower_of(known: &Padded, name: &[u8]) -> bool {
    known.iter().zip(name).all(|(known, octet)| octet | 0x20 == *known)
}

/// A number below 256 that differs for all known names: an odd multiplier that does it was found by search, and building
/// the table proves it.
#[inline(always)]
const fn hash(first: [u8; 2], last: [u8; 2], len: usize) -> usize {
    let ends = u32::from_le_bytes([first[0], first[1], last[0], last[1]]) | 0x2020_2020;
    (ends.wrapping_add((len as u32).wrapping_mul(0x0100_0193)).wrapping_mul(0xe2cdaf59) >> 24) as usize
}

static BY_HASH: [FieldId; 256] = {
    let mut table = [0; 256];
    let mut id = 1;
    while id < NAMES.len() {
        let name = NAMES[id].as_bytes();
        let last = [name[name.len() - 2], name[name.len() - 1]];
        let slot = &mut table[hash([name[0], name[1]], last, name.len())];
        assert!(*slot == 0, "two known names share a hash: search another multiplier");
        *slot = id as FieldId;
        id += 1;
    }
    table
};

static LOWER: [(Padded, usize); NAMES.len()] = {
    let mut table = [([0; 32], 0); NAMES.len()];
    let mut id = 1;
    while id < NAMES.len() {
        let name = NAMES[id].as_bytes();
        let mut at = 0;
        while at < name.len() {
            assert!(octet::is(name[at], octet::TOKEN));
            table[id].0[at] = name[at].to_ascii_lowercase();
            at += 1;
        }
        table[id].1 = name.len();
        id += 1;
    }
    table
};
