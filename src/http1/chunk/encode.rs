//! Encoding chunk heads, without extensions or leading zeros.

use crate::narrow::in_memory;

/// Follows the content of every chunk but the last.
pub const CHUNK_END: &[u8; 2] = b"\r\n";
/// The last-chunk; the trailer section follows it.
pub const LAST_CHUNK: &[u8; 3] = b"0\r\n";
/// The last-chunk and an empty trailer section.
pub const NO_TRAILERS: &[u8; 5] = b"0\r\n\r\n";

/// Writes the line before `size` octets of content and returns its length, at most 18.
///
/// An empty chunk would end the message, so for `size` 0 nothing is written and 0 is returned.
pub fn chunk_head(size: u64, out: &mut [u8; 18]) -> usize {
    if size == 0 {
        return 0;
    }
    let digits = (67 - size.leading_zeros() as usize) / 4;
    for (place, octet) in out[..digits].iter_mut().rev().enumerate() {
        *octet = b"0123456789abcdef"[in_memory(size >> (4 * place) & 15)];
    }
    out[digits..digits + 2].copy_from_slice(CHUNK_END);
    digits + 2
}
