//! Finds the id of a field name. A perfect hash selects the only candidate before any comparison.

use super::field_id::NAMES;
use super::{FieldId, octet};

/// The id of a field name, case-insensitively; 0 if unknown.
pub fn field_id(name: &[u8]) -> FieldId {
    let id = candidate(name);
    let known = NAMES[usize::from(id)];
    if known.as_bytes().eq_ignore_ascii_case(name) { id } else { 0 }
}

/// The id of the only known name that `name` could be, or 0.
#[inline(always)]
pub(super) fn candidate(name: &[u8]) -> FieldId {
    match (name.first_chunk(), name.last_chunk()) {
        (Some(first), Some(last)) => BY_HASH[hash(*first, *last, name.len())],
        _ => 0,
    }
}

/// The known name of `id`; empty for 0.
#[inline(always)]
pub(super) fn known_name(id: FieldId) -> &'static KnownName {
    &LOWER[usize::from(id)]
}

/// A known name in lower case, padded with zeros on both sides for vector comparisons, and its length.
pub(super) struct KnownName {
    padded: [u8; 64],
    len: usize,
}

/// Offset of the name in the padding.
const NAME: usize = 32;

impl KnownName {
    /// The name and the padding after it.
    #[inline(always)]
    pub fn padded(&self) -> &[u8; 32] {
        self.padded_before(NAME)
    }

    /// The name in the last `count` (at most 32) of 32 octets.
    #[inline(always)]
    pub fn padded_before(&self, count: usize) -> &[u8; 32] {
        match self.padded.get(count..).and_then(<[u8]>::first_chunk) {
            Some(block) => block,
            None => &[0; 32],
        }
    }

    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether this equals `name`, a token of the same length, in lower case. Compares words from both ends. Among
    /// tokens the lower-case bit changes only letters: an octet that it turned into a hyphen or digit would be a
    /// control.
    #[cold]
    #[inline(never)]
    pub fn is_lower_of(&self, name: &[u8]) -> bool {
        let known = self.padded().get(..name.len()).unwrap_or_default();
        match name.len() {
            8.. => differing_words(name, known) == 0,
            4.. => {
                differing(name.first_chunk::<4>(), known.first_chunk())
                    | differing(name.last_chunk(), known.last_chunk())
                    == 0
            }
            _ => name.iter().zip(known).all(|(name, known)| name | 0x20 == *known),
        }
    }
}

#[inline(always)]
fn differing_words(name: &[u8], known: &[u8]) -> u64 {
    let (words, _) = name.as_chunks::<8>();
    let (known_words, _) = known.as_chunks::<8>();
    let word = |(name, known): (&[u8; 8], &[u8; 8])| differing8(name, known);
    let all = words.iter().zip(known_words).map(word).fold(0, |all, word| all | word);
    match (name.last_chunk(), known.last_chunk()) {
        (Some(name), Some(known)) => all | differing8(name, known),
        _ => 1,
    }
}

#[inline(always)]
fn differing8(name: &[u8; 8], known: &[u8; 8]) -> u64 {
    (u64::from_le_bytes(*name) | 0x2020_2020_2020_2020) ^ u64::from_le_bytes(*known)
}

/// 0 if both have four octets and they are equal.
#[inline(always)]
fn differing(name: Option<&[u8; 4]>, known: Option<&[u8; 4]>) -> u32 {
    match (name, known) {
        (Some(name), Some(known)) => (u32::from_le_bytes(*name) | 0x2020_2020) ^ u32::from_le_bytes(*known),
        _ => 1,
    }
}

/// A number below 256, distinct for all known names. The odd multiplier was found by search; building the table checks
/// it.
#[inline(always)]
const fn hash(first: [u8; 2], last: [u8; 2], len: usize) -> usize {
    let ends = u32::from_le_bytes([first[0], first[1], last[0], last[1]]) | 0x2020_2020;
    (ends.wrapping_add(crate::narrow::place(len).wrapping_mul(0x0100_0193)).wrapping_mul(0xe2cdaf59) >> 24) as usize
}

static BY_HASH: [FieldId; 256] = {
    let mut table = [0; 256];
    let mut id = 1;
    while id < NAMES.len() {
        let name = NAMES[id].as_bytes();
        let last = [name[name.len() - 2], name[name.len() - 1]];
        let slot = &mut table[hash([name[0], name[1]], last, name.len())];
        assert!(*slot == 0, "two known names share a hash: search another multiplier");
        *slot = crate::narrow::octet(id);
        id += 1;
    }
    table
};

static LOWER: [KnownName; NAMES.len()] = {
    let mut table = [const { KnownName { padded: [0; 64], len: 0 } }; NAMES.len()];
    let mut id = 1;
    while id < NAMES.len() {
        let name = NAMES[id].as_bytes();
        let mut at = 0;
        while at < name.len() {
            assert!(octet::is(name[at], octet::TOKEN));
            table[id].padded[NAME + at] = name[at].to_ascii_lowercase();
            at += 1;
        }
        table[id].len = name.len();
        id += 1;
    }
    table
};
