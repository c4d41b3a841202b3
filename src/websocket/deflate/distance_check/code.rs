//! Huffman codes, a bit at a time (RFC 1951 §3.2.2, §3.2.5).

use super::too_far::TooFar;
use crate::narrow::{octet, two_octets};

/// A canonical code of at most `N` symbols: the number of symbols of each length, and all symbols in the order of their
/// codes.
pub(super) struct Code<const N: usize> {
    counts: [u16; 16],
    symbols: [u16; N],
}

/// The bits read of a symbol.
#[derive(Clone, Copy, Default)]
pub(super) struct Partial {
    len: u8,
    /// The bits, the first one highest.
    code: u16,
    /// The first code of this length, and the index of its symbol.
    first: u16,
    index: u16,
}

impl<const N: usize> Code<N> {
    pub const EMPTY: Self = Self { counts: [0; 16], symbols: [0; N] };

    /// Sets the code whose symbols have these lengths: at most `N`, each 0 (unused) to 15.
    pub fn set(&mut self, lengths: &[u8]) {
        self.counts = [0; 16];
        for &length in lengths.iter().filter(|&&length| length > 0) {
            self.counts[usize::from(length)] += 1;
        }
        let mut places = [0u16; 16];
        for length in 1..15 {
            places[length + 1] = places[length] + self.counts[length];
        }
        for (symbol, &length) in lengths.iter().enumerate().filter(|&(_, &length)| length > 0) {
            let place = &mut places[usize::from(length)];
            self.symbols[usize::from(*place)] = two_octets(symbol);
            *place += 1;
        }
    }

    /// Adds a bit. Returns the symbol when its code is complete.
    #[inline]
    pub fn push(&self, partial: &mut Partial, bit: u8) -> Result<Option<u16>, TooFar> {
        if partial.len == 15 {
            return Err(TooFar);
        }
        partial.len += 1;
        partial.code |= u16::from(bit);
        let count = self.counts[usize::from(partial.len)];
        let place = partial.code.wrapping_sub(partial.first);
        if place < count {
            // The index is a sum of counts, so it is at most `N`.
            return Ok(Some(self.symbols[usize::from(partial.index + place)]));
        }
        partial.index += count;
        partial.first = partial.first.wrapping_add(count) << 1;
        partial.code <<= 1;
        Ok(None)
    }
}

/// Lengths of the literal codes of BTYPE 01.
pub(super) const FIXED_LITERALS: [u8; 288] = {
    let mut lengths = [8; 288];
    let mut symbol = 144;
    while symbol < 280 {
        lengths[symbol] = if symbol < 256 { 9 } else { 7 };
        symbol += 1;
    }
    lengths
};

/// Lengths of the distance codes of BTYPE 01; the last two never occur.
pub(super) const FIXED_DISTANCES: [u8; 32] = [5; 32];

/// Extra bits of a length symbol.
pub(super) fn length_extra(symbol: u16) -> Result<u8, TooFar> {
    match symbol - 257 {
        0..=7 | 28 => Ok(0),
        place @ 8..28 => Ok(octet(usize::from(place / 4 - 1))),
        _ => Err(TooFar),
    }
}

/// Extra bits of a distance symbol.
pub(super) fn distance_extra(symbol: u16) -> Result<u8, TooFar> {
    match symbol {
        0..=3 => Ok(0),
        4..30 => Ok(octet(usize::from(symbol / 2 - 1))),
        _ => Err(TooFar),
    }
}

/// The distance of a symbol (at most 29) with its extra bits.
pub(super) fn distance(symbol: u16, extra: u32) -> u32 {
    let symbol = u32::from(symbol);
    if symbol < 4 { symbol + 1 } else { ((2 + symbol % 2) << (symbol / 2 - 1)) + 1 + extra }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of RFC 1951 §3.2.5.
    #[test]
    fn ws_pmd_08_distances_are_those_of_the_table() {
        let mut next = 1;
        for symbol in 0..30 {
            assert_eq!(distance(symbol, 0), next, "{symbol}");
            next += 1 << distance_extra(symbol).unwrap();
        }
        assert_eq!(next, 32769);
        assert!(distance_extra(30).is_err());
        let bits: Vec<_> = (257..286).map(|symbol| length_extra(symbol).unwrap()).collect();
        assert_eq!(bits, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]);
        assert!(length_extra(286).is_err());
    }

    /// The example of RFC 1951 §3.2.2.
    #[test]
    fn ws_pmd_08_codes_are_canonical() {
        let mut code = Code::<8>::EMPTY;
        code.set(&[3, 3, 3, 3, 3, 2, 4, 4]);
        for (symbol, bits) in ["010", "011", "100", "101", "110", "00", "1110", "1111"].into_iter().enumerate() {
            let mut partial = Partial::default();
            let pushed: Vec<_> = bits.bytes().map(|bit| code.push(&mut partial, bit - b'0').unwrap()).collect();
            let (last, before) = pushed.split_last().unwrap();
            assert_eq!(*last, Some(two_octets(symbol)), "{bits}");
            assert!(before.iter().all(Option::is_none), "{bits}");
        }
    }
}
