//! Encoding frame headers.

use super::Header;
use super::layout::{LEN_16, LEN_64, MASKED, SHORT_MAX};
use crate::narrow::{in_memory, octet};

/// Maximum length of a header.
pub const HEADER_MAX: usize = 14;

/// Encodes a header with a minimal length field (WS-FRM-10) and returns its length, at most [`HEADER_MAX`]. Octets of
/// `out` after it may change too.
///
/// Ignores `header.len`, and `key` unless `masked` is set. Does not check that the header is [legal](Header::is_legal).
///
/// Never allocates. Source: RFC 6455 §5.2.
#[inline]
pub fn encode(header: &Header, out: &mut [u8; HEADER_MAX]) -> usize {
    out[0] = header.first();
    let (short, key_at) = put_len(header.payload_len, out);
    if !header.masked {
        out[1] = short;
        return key_at;
    }
    out[1] = MASKED | short;
    out[key_at..key_at + 4].copy_from_slice(&header.key);
    key_at + 4
}

/// The length bits of the second octet, and the offset after the length.
#[inline(always)]
fn put_len(len: u64, out: &mut [u8; HEADER_MAX]) -> (u8, usize) {
    if len <= SHORT_MAX {
        return (octet(in_memory(len)), 2);
    }
    if let Ok(len) = u16::try_from(len) {
        out[2..4].copy_from_slice(&len.to_be_bytes());
        return (LEN_16, 4);
    }
    out[2..10].copy_from_slice(&len.to_be_bytes());
    (LEN_64, 10)
}
