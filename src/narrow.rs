//! Numbers in fewer bits. `clippy::cast_possible_truncation` is denied in this crate: what a peer, a config or a caller drives is either
//! checked where it comes in (`try_from`), or narrowed here, where the bound that makes it safe is said.
//!
//! Places are kept in 32 bits. The bound is made by those who let octets in: a lend is at most `lend_max`, which is 32 bits; held octets
//! and those put together grow by fallible calls that stop at [`PLACE_MAX`]; no part of a head is longer than 1 GiB; and a config whose
//! messages could be longer than a place can say is refused ([`Config::check`](crate::conn::Config::check), without which no
//! [`Conn`](crate::conn::Conn) is made).

/// The furthest place.
pub const PLACE_MAX: usize = u32::MAX as usize;

/// A place among octets that are bounded as said above, or a number of them.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "bounded by whoever let the octets in")]
pub const fn place(at: usize) -> u32 {
    debug_assert!(at <= PLACE_MAX);
    at as u32
}

/// A length or an offset within octets that are in memory, which a `u64` counts for the sake of those that are not.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "what is in memory is no longer than memory")]
pub const fn in_memory(len: u64) -> usize {
    debug_assert!(len <= usize::MAX as u64);
    len as usize
}

/// The lower half: of a time, or of two numbers in one.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the other half is meant to go")]
pub const fn low_half(value: u64) -> u32 {
    value as u32
}

/// A number that fits an octet: one of a handful, or the length of something that is shorter than 256.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the caller holds it below 256")]
pub const fn octet(value: usize) -> u8 {
    debug_assert!(value <= u8::MAX as usize);
    value as u8
}

/// A number that fits two octets: the length of a name, a symbol, a port.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the caller holds it below 65536")]
pub const fn two_octets(value: usize) -> u16 {
    debug_assert!(value <= u16::MAX as usize);
    value as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_kept() {
        assert_eq!((place(PLACE_MAX), place(0)), (u32::MAX, 0));
        assert_eq!((octet(255), two_octets(65_535)), (u8::MAX, u16::MAX));
        assert_eq!((low_half(0x1_0000_0002), in_memory(7)), (2, 7));
    }

    #[test]
    #[cfg(all(debug_assertions, target_pointer_width = "64"))]
    fn a_place_that_is_none_is_a_bug() {
        assert!(std::panic::catch_unwind(|| place(PLACE_MAX + 5)).is_err());
    }
}
