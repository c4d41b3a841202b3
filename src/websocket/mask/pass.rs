//! The algorithm: whole blocks, and overlapping blocks at the ends.
//!
//! Masking an octet twice would undo it. So overlapping blocks are all loaded before any is stored, and both store the
//! same octets.

use super::key::Key;
use super::leaf::{Leaf, Pass, dispatch};

/// Block size in octets.
pub(super) const BLOCK: usize = 64;
/// From this length on, aligning the stores to cache lines pays off.
const ALIGNED_FROM: usize = 512;

#[inline]
pub(super) fn unmask(data: &mut [u8], key: Key) {
    if data.len() < BLOCK {
        short(data, key);
    } else {
        dispatch(Unmask, data, key);
    }
}

/// Like [`unmask`]; returns whether the result is all ASCII.
#[inline]
pub(super) fn unmask_is_ascii(data: &mut [u8], key: Key) -> bool {
    if data.len() < BLOCK { short(data, key) } else { dispatch(UnmaskIsAscii, data, key) }
}

/// `from` and `to` have the same length.
#[inline]
pub(super) fn mask_into(from: &[u8], to: &mut [u8], key: Key) {
    if from.len() < BLOCK {
        to.copy_from_slice(from);
        short(to, key);
    } else {
        dispatch(MaskInto(from), to, key);
    }
}

struct Unmask;

impl Pass for Unmask {
    type Output = ();

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L, data: &mut [u8], key: Key) {
        // The unused ASCII result costs nothing.
        in_place(leaf, data, key);
    }
}

#[derive(Clone, Copy)]
pub(super) struct UnmaskIsAscii;

impl Pass for UnmaskIsAscii {
    type Output = bool;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L, data: &mut [u8], key: Key) -> bool {
        in_place(leaf, data, key)
    }
}

#[derive(Clone, Copy)]
pub(super) struct MaskInto<'a>(pub &'a [u8]);

impl Pass for MaskInto<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L, to: &mut [u8], key: Key) {
        let repeated = leaf.repeat(key.octets());
        for (from, to) in self.0.as_chunks().0.iter().zip(to.as_chunks_mut().0) {
            leaf.store(leaf.xor(leaf.load(from), repeated), to);
        }
        let (Some(from), Some(to)) = (self.0.last_chunk(), to.last_chunk_mut()) else { unreachable!() };
        let repeated = leaf.repeat(key.at((self.0.len() - BLOCK) as u64).octets());
        leaf.store(leaf.xor(leaf.load(from), repeated), to);
    }
}

/// At least one block.
#[inline(always)]
fn in_place<L: Leaf>(leaf: L, data: &mut [u8], key: Key) -> bool {
    let len = data.len();
    let skip = if len < ALIGNED_FROM { 0 } else { data.as_ptr().addr().wrapping_neg() % BLOCK };
    let (Some(first), Some(last)) = (data.first_chunk(), data.last_chunk()) else { unreachable!() };
    let first = leaf.xor(leaf.load(first), leaf.repeat(key.octets()));
    let last = leaf.xor(leaf.load(last), leaf.repeat(key.at((len - BLOCK) as u64).octets()));
    let repeated = leaf.repeat(key.at(skip as u64).octets());
    let mut seen = leaf.or(first, last);
    for block in data[skip..].as_chunks_mut().0 {
        let plain = leaf.xor(leaf.load(block), repeated);
        leaf.store(plain, block);
        seen = leaf.or(seen, plain);
    }
    if let Some(block) = data.first_chunk_mut()
        && skip != 0
    {
        leaf.store(first, block);
    }
    if let Some(block) = data.last_chunk_mut()
        && !(len - skip).is_multiple_of(BLOCK)
    {
        leaf.store(last, block);
    }
    leaf.is_ascii(seen)
}

/// Less than a block: not worth a dispatch on processor features.
#[inline(always)]
fn short(data: &mut [u8], key: Key) -> bool {
    let len = data.len();
    let (Some(first), Some(last)) = (data.first_chunk(), data.last_chunk()) else { return words(data, key) };
    if len > 32 {
        return words(data, key);
    }
    let first = u128::from_ne_bytes(*first) ^ twice(key.word());
    let last = u128::from_ne_bytes(*last) ^ twice(key.word_at(len));
    if let Some(place) = data.first_chunk_mut() {
        *place = first.to_ne_bytes();
    }
    if let Some(place) = data.last_chunk_mut() {
        *place = last.to_ne_bytes();
    }
    (first | last) & NOT_ASCII == 0
}

/// Word by word; the last one may overlap.
#[inline(never)]
fn words(data: &mut [u8], key: Key) -> bool {
    let len = data.len();
    let Some(last) = data.last_chunk() else { return shortest(data, key) };
    let last = xor8(*last, key.word_at(len));
    let mut seen = last;
    for word in data.as_chunks_mut().0 {
        let plain = xor8(*word, key.word());
        *word = plain.to_ne_bytes();
        seen |= plain;
    }
    if let Some(word) = data.last_chunk_mut() {
        *word = last.to_ne_bytes();
    }
    seen & NOT_ASCII_64 == 0
}

/// The bits that no ASCII octet has.
const NOT_ASCII: u128 = u128::from_ne_bytes([0x80; 16]);
const NOT_ASCII_64: u64 = u64::from_ne_bytes([0x80; 8]);

/// Like [`short`], but copies instead of masking.
#[inline(always)]
pub(super) fn copy_is_ascii(from: &[u8], to: &mut [u8]) -> bool {
    let (Some(first), Some(first_to)) = (from.first_chunk::<16>(), to.first_chunk_mut()) else {
        return copy_shortest(from, to);
    };
    *first_to = *first;
    if from.len() > 32 {
        return copy_longer(from, to);
    }
    let (Some(last), Some(last_to)) = (from.last_chunk(), to.last_chunk_mut()) else { unreachable!() };
    *last_to = *last;
    (u128::from_ne_bytes(*first) | u128::from_ne_bytes(*last)) & NOT_ASCII == 0
}

#[inline(never)]
fn copy_longer(from: &[u8], to: &mut [u8]) -> bool {
    to.copy_from_slice(from);
    from.is_ascii()
}

/// Less than 16 octets.
#[inline(never)]
fn copy_shortest(from: &[u8], to: &mut [u8]) -> bool {
    let mut seen = 0;
    for (from, to) in from.iter().zip(to) {
        *to = *from;
        seen |= *from;
    }
    seen < 0x80
}

/// Less than eight octets.
#[inline]
fn shortest(data: &mut [u8], key: Key) -> bool {
    let mut seen = 0;
    for (octet, key) in data.iter_mut().zip(key.word()) {
        *octet ^= key;
        seen |= *octet;
    }
    seen < 0x80
}

#[inline(always)]
fn xor8(octets: [u8; 8], key: [u8; 8]) -> u64 {
    u64::from_ne_bytes(octets) ^ u64::from_ne_bytes(key)
}

#[inline(always)]
fn twice(word: [u8; 8]) -> u128 {
    let word = u128::from(u64::from_ne_bytes(word));
    word << 64 | word
}
