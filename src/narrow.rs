//! Narrowing conversions. `clippy::cast_possible_truncation` is denied in this crate: numbers controlled by a peer, a
//! config or a caller are either checked on entry (`try_from`), or narrowed here, where the bound is documented.
//!
//! Places are stored in 32 bits. The bounds: a lend is at most `lend_max`, which has 32 bits; held and assembled octets
//! grow by fallible calls that stop at [`PLACE_MAX`]; a part of a head has at most 1 GiB; and
//! [`Config::check`](crate::conn::Config::check), which every [`Conn`](crate::conn::Conn) requires, refuses larger
//! messages.

/// The largest place.
pub const PLACE_MAX: usize = u32::MAX as usize;

/// A place or length among octets bounded as above.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "bounded by whoever let the octets in")]
pub const fn place(at: usize) -> u32 {
    debug_assert!(at <= PLACE_MAX);
    at as u32
}

/// A length or an offset of octets in memory, which a `u64` counts because of others that are not.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "what is in memory is no longer than memory")]
pub const fn in_memory(len: u64) -> usize {
    debug_assert!(len <= usize::MAX as u64);
    len as usize
}

/// The lower half of a time, or of two numbers in one.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the other half is meant to go")]
pub const fn low_half(value: u64) -> u32 {
    value as u32
}

/// A number below 256.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the caller holds it below 256")]
pub const fn octet(value: usize) -> u8 {
    debug_assert!(value <= u8::MAX as usize);
    value as u8
}

/// A number below 65,536.
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
