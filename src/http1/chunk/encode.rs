//! Chunk heads out. No extensions, no leading zeros.

use crate::narrow::in_memory;

/// Ends the content of every chunk but the last one.
pub const CHUNK_END: &[u8; 2] = b"\r\n";
/// The last-chunk; the trailer section follows it.
pub const LAST_CHUNK: &[u8; 3] = b"0\r\n";
/// The last-chunk and an empty trailer section.
pub const NO_TRAILERS: &[u8; 5] = b"0\r\n\r\n";

/// Writes the line before `size` octets of content and returns its octets, at most 18.
///
/// An empty chunk would be the last one, so nothing is written for it and 0 returned.
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
