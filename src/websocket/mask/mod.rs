//! Masking (RFC 6455 §5.3): XOR with the repeated key. Unmasking is the same operation.
//!
//! The same pass checks for ASCII. ASCII text is valid UTF-8 and needs no further validation.

mod key;
mod leaf;
mod pass;
#[cfg(test)]
mod tests;

use self::key::Key;
use super::utf8::Utf8;

/// Masks or unmasks `data` in place; it begins `offset` octets into the payload (WS-FRM-06).
///
/// Never allocates; linear, as fast as a copy. Thread rule: none. Source: RFC 6455 §5.3.
#[inline]
pub fn unmask(data: &mut [u8], key: [u8; 4], offset: u64) {
    pass::unmask(data, Key::new(key).at(offset));
}

/// Like [`unmask`] from the start of a payload. Returns whether the result is all ASCII.
#[inline(always)]
pub fn unmask_is_ascii(data: &mut [u8], key: [u8; 4]) -> bool {
    pass::unmask_is_ascii(data, Key::new(key))
}

/// Like [`unmask`], and validates the octets as the continuation of `text`.
///
/// Fails with the index of the first octet that is not valid UTF-8. The octets before it are unmasked; those from it on
/// may or may not be.
///
/// Source: RFC 6455 §5.3, §8.1.
#[inline]
pub fn unmask_text(data: &mut [u8], key: [u8; 4], offset: u64, text: &mut Utf8) -> Result<(), usize> {
    let key = Key::new(key).at(offset);
    if data.len() > PIECE {
        return unmask_long_text(data, key, text);
    }
    unmask_piece(data, key, text)
}

/// Octets unmasked before they are validated: few enough to stay in the L1 cache. A multiple of 4, so that each piece
/// starts with the same key.
const PIECE: usize = 8 << 10;

#[inline(never)]
fn unmask_long_text(data: &mut [u8], key: Key, text: &mut Utf8) -> Result<(), usize> {
    let pieces = data.chunks_mut(PIECE).enumerate();
    for (number, piece) in pieces {
        unmask_piece(piece, key, text).map_err(|at| number * PIECE + at)?;
    }
    Ok(())
}

#[inline(always)]
fn unmask_piece(data: &mut [u8], key: Key, text: &mut Utf8) -> Result<(), usize> {
    let is_ascii = pass::unmask_is_ascii(data, key);
    if is_ascii && text.finish() { Ok(()) } else { text.feed(data) }
}

/// Copies `from` to `to` and returns whether it is all ASCII. For short payloads: it does not detect processor
/// features.
///
/// # Panics
///
/// If the lengths differ.
#[inline(always)]
pub fn copy_is_ascii(from: &[u8], to: &mut [u8]) -> bool {
    assert_eq!(from.len(), to.len(), "source and destination differ in length");
    pass::copy_is_ascii(from, to)
}

/// Copies `from` to `to` and masks the copy, which begins `offset` octets into the payload.
///
/// Never allocates; linear, in one pass. Source: RFC 6455 §5.3.
///
/// # Panics
///
/// If the lengths differ.
#[inline]
pub fn mask_into(from: &[u8], to: &mut [u8], key: [u8; 4], offset: u64) {
    assert_eq!(from.len(), to.len(), "source and destination differ in length");
    pass::mask_into(from, to, Key::new(key).at(offset));
}
