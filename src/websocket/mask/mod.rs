//! Masking (RFC 6455 §5.3): the payload XOR the key, over and over; unmasking is the same.
//!
//! Text is looked at in the same pass: where all of it is ASCII, which is UTF-8, nothing more is done.

mod key;
mod leaf;
mod pass;
#[cfg(test)]
mod tests;

use self::key::Key;
use super::utf8::Utf8;

/// Masks or unmasks `data` in place, which begins `offset` octets into the payload of a frame with this key (WS-FRM-06).
///
/// Never allocates; linear, at the pace of a copy. Thread rule: none. Source: RFC 6455 §5.3.
#[inline]
pub fn unmask(data: &mut [u8], key: [u8; 4], offset: u64) {
    pass::unmask(data, Key::new(key).at(offset));
}

/// As [`unmask`] from the beginning of a payload; whether all that came out is ASCII.
#[inline(always)]
pub fn unmask_seen(data: &mut [u8], key: [u8; 4]) -> bool {
    pass::unmask_seen(data, Key::new(key))
}

/// As [`unmask`], and takes the octets for the next ones of `text`.
///
/// Fails with the index of the first octet that cannot be in UTF-8 after those before it. All before that octet are unmasked then;
/// whether those from it on are is not said.
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

/// What is unmasked in one go before it is validated: little enough to be found in the first cache again. A multiple of 4, so that
/// the key begins anew with each.
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
    let is_ascii = pass::unmask_seen(data, key);
    if is_ascii && text.finish() { Ok(()) } else { text.feed(data) }
}

/// Copies `from` to `to`; whether all of it is ASCII. For short payloads: it does not find out what the processor can do.
///
/// # Panics
///
/// When the two are not of one length.
#[inline(always)]
pub fn copy_seen(from: &[u8], to: &mut [u8]) -> bool {
    assert_eq!(from.len(), to.len(), "a copy is as long as what it is of");
    pass::copy_seen(from, to)
}

/// Copies `from` to `to` and masks the copy, which begins `offset` octets into the payload.
///
/// Never allocates; linear, in one pass. Source: RFC 6455 §5.3.
///
/// # Panics
///
/// When the two are not of one length.
#[inline]
pub fn mask_into(from: &[u8], to: &mut [u8], key: [u8; 4], offset: u64) {
    assert_eq!(from.len(), to.len(), "a copy is as long as what it is of");
    pass::mask_into(from, to, Key::new(key).at(offset));
}
