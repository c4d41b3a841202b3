//! Where the target of a whole request line ends.

use super::leaf::{self, Leaf};

/// ` HTTP/1.1` CRLF in octets.
pub(super) const AFTER_TARGET: usize = 11;

/// Where the target that `at` is in ends, and the minor version after it; `None` too for a target with one of the few octets that a query may
/// have and a path may not.
#[inline(always)]
pub(super) fn end<L: Leaf>(leaf: L, input: &[u8], mut at: usize) -> Option<(usize, u8)> {
    // The first block by itself: a loop from here on would be set up for more blocks than nearly every target has.
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

/// The x of the ` HTTP/1.x` CRLF that `rest` begins with.
#[inline(always)]
fn after_target(rest: &[u8]) -> Option<u8> {
    let after = rest.first_chunk::<AFTER_TARGET>()?;
    let (Some(version), Some(end)) = (after.first_chunk::<8>(), after.last_chunk::<4>()) else { unreachable!() };
    // The four octets from the dot on, less those of x = 0, are x in the second of them. Turned into the lowest, it is
    // above 9 also when any other octet is not as it must be.
    let minor = u32::from_le_bytes(*end).wrapping_sub(u32::from_le_bytes(*b".0\r\n")).rotate_right(8);
    (*version == *b" HTTP/1." && minor <= 9).then(|| crate::narrow::octet(minor as usize))
}
