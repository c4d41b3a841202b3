//! Finds the end of the target of a complete request line.

use super::leaf::{self, Leaf};

/// Length of ` HTTP/1.1` CRLF.
pub(super) const AFTER_TARGET: usize = 11;

/// The end of the target at `at`, and the minor version after it. Also `None` for a target with one of the few octets
/// that are allowed in a query but not in a path.
#[inline(always)]
pub(super) fn end<L: Leaf>(leaf: L, input: &[u8], mut at: usize) -> Option<(usize, u8)> {
    // The first block outside the loop: most targets need only one.
    let mut stops = leaf::target_stops(leaf, input, at);
    while stops == 0 {
        at += 32;
        if at >= input.len() {
            return None;
        }
        stops = leaf::target_stops(leaf, input, at);
    }
    at += stops.trailing_zeros() as usize;
    after_target(input.get(at..)?).map(|minor| (at, minor))
}

/// The x of the ` HTTP/1.x` CRLF at the start of `rest`.
#[inline(always)]
fn after_target(rest: &[u8]) -> Option<u8> {
    let after = rest.first_chunk::<AFTER_TARGET>()?;
    let (Some(version), Some(end)) = (after.first_chunk::<8>(), after.last_chunk::<4>()) else { unreachable!() };
    // Subtract the octets of `.0` CRLF: x remains in the second octet. Rotated to the lowest octet, the result is above
    // 9 if any other octet differs.
    let minor = u32::from_le_bytes(*end).wrapping_sub(u32::from_le_bytes(*b".0\r\n")).rotate_right(8);
    (*version == *b" HTTP/1." && minor <= 9).then(|| crate::narrow::octet(minor as usize))
}
