//! Finds references beyond a window of less than 32 KiB in a deflate stream (RFC 1951 §3.2).
//!
//! zlib-rs inflates with a window of 32 KiB, whatever was agreed on. Where the agreed window is smaller, this check reads the symbols of
//! the same octets, bit by bit, and skips their content. zlib-rs enforces every other rule: the check accepts whatever zlib-rs accepts,
//! and may accept what zlib-rs refuses.

mod code;
mod lengths;
mod too_far;

use code::{Code, FIXED_DISTANCES, FIXED_LITERALS, Partial, distance, distance_extra, length_extra};
use lengths::Lengths;
use too_far::TooFar;

/// The position in the stream. Input comes in pieces of any size.
pub(super) struct DistanceCheck {
    window: u32,
    state: State,
    /// The number being read: bits still needed (0 while reading a symbol), bits read, value.
    bits_left: u8,
    bits_read: u8,
    number: u32,
    symbol: Partial,
    is_final: bool,
    /// The remaining bits of this octet are padding.
    pads: bool,
    lengths: Lengths,
    literals: Code<288>,
    /// The distance code; while code lengths are read, the code length code.
    distances: Code<32>,
}

#[derive(Clone, Copy)]
enum State {
    Header,
    StoredLength,
    Stored(u16),
    Counts,
    CodeLength(u8),
    Length,
    Repeat(u16),
    Symbol,
    LengthExtra,
    Distance,
    DistanceExtra(u16),
}

impl DistanceCheck {
    pub fn new(window_bits: u8) -> Self {
        Self {
            window: 1 << window_bits,
            state: State::Header,
            bits_left: 3,
            bits_read: 0,
            number: 0,
            symbol: Partial::default(),
            is_final: false,
            pads: false,
            lengths: Lengths::EMPTY,
            literals: Code::EMPTY,
            distances: Code::EMPTY,
        }
    }

    pub fn check(&mut self, mut octets: &[u8]) -> Result<(), TooFar> {
        while let Some((&octet, rest)) = octets.split_first() {
            if let State::Stored(left) = self.state {
                let skipped = octets.len().min(usize::from(left));
                octets = &octets[skipped..];
                self.stored(left - crate::narrow::two_octets(skipped))?;
            } else {
                self.octet(octet)?;
                octets = rest;
            }
        }
        Ok(())
    }

    fn octet(&mut self, octet: u8) -> Result<(), TooFar> {
        for at in 0..8 {
            self.bit(octet >> at & 1)?;
            if core::mem::take(&mut self.pads) {
                break;
            }
        }
        Ok(())
    }

    #[inline]
    fn bit(&mut self, bit: u8) -> Result<(), TooFar> {
        if self.bits_left == 0 {
            let found = match self.state {
                State::Symbol => self.literals.push(&mut self.symbol, bit),
                _ => self.distances.push(&mut self.symbol, bit),
            };
            return found?.map_or(Ok(()), |symbol| self.symbol(symbol));
        }
        self.number |= u32::from(bit) << self.bits_read;
        self.bits_read += 1;
        self.bits_left -= 1;
        if self.bits_left == 0 { self.number() } else { Ok(()) }
    }

    /// Expects a number of `bits` bits next; with no bits it is 0.
    fn expect(&mut self, state: State, bits: u8) -> Result<(), TooFar> {
        (self.state, self.bits_left, self.bits_read, self.number) = (state, bits, 0, 0);
        if bits == 0 { self.number() } else { Ok(()) }
    }

    /// Expects a symbol next.
    fn expect_symbol(&mut self, state: State) -> Result<(), TooFar> {
        (self.state, self.bits_left, self.symbol) = (state, 0, Partial::default());
        Ok(())
    }

    fn number(&mut self) -> Result<(), TooFar> {
        let number = self.number;
        match self.state {
            State::Header => self.header(number),
            State::StoredLength => self.stored(crate::narrow::two_octets((number & 0xffff) as usize)),
            State::Counts => self.counts(number),
            State::CodeLength(index) => self.code_length(index, crate::narrow::octet(number as usize)),
            State::Repeat(symbol) => self.repeat(symbol, number),
            State::DistanceExtra(symbol) if distance(symbol, number) > self.window => Err(TooFar),
            State::DistanceExtra(_) => self.expect_symbol(State::Symbol),
            _ => self.expect_symbol(State::Distance),
        }
    }

    fn symbol(&mut self, symbol: u16) -> Result<(), TooFar> {
        match (self.state, symbol) {
            (State::Length, 0..=15) => self.length(crate::narrow::octet(usize::from(symbol))),
            (State::Length, _) => self.expect(State::Repeat(symbol), [2, 3, 7][usize::from(symbol - 16)]),
            (State::Symbol, 0..=255) => self.expect_symbol(State::Symbol),
            (State::Symbol, 256) => self.end_of_block(),
            (State::Symbol, _) => self.expect(State::LengthExtra, length_extra(symbol)?),
            _ => self.expect(State::DistanceExtra(symbol), distance_extra(symbol)?),
        }
    }

    fn header(&mut self, bits: u32) -> Result<(), TooFar> {
        self.is_final = bits & 1 != 0;
        match bits >> 1 {
            0 => {
                self.pads = true;
                self.expect(State::StoredLength, 32)
            }
            1 => {
                self.literals.set(&FIXED_LITERALS);
                self.distances.set(&FIXED_DISTANCES);
                self.expect_symbol(State::Symbol)
            }
            2 => self.expect(State::Counts, 14),
            _ => Err(TooFar),
        }
    }

    /// `left` octets of the stored block remain.
    fn stored(&mut self, left: u16) -> Result<(), TooFar> {
        self.state = State::Stored(left);
        if left == 0 { self.expect(State::Header, 3) } else { Ok(()) }
    }

    fn end_of_block(&mut self) -> Result<(), TooFar> {
        // The block after a final one starts at the next octet.
        self.pads = self.is_final;
        self.expect(State::Header, 3)
    }

    fn counts(&mut self, counts: u32) -> Result<(), TooFar> {
        self.lengths.start(counts)?;
        self.expect(State::CodeLength(0), 3)
    }

    /// The length of one code length code.
    fn code_length(&mut self, index: u8, length: u8) -> Result<(), TooFar> {
        if let Some(codes) = self.lengths.set_code(index, length) {
            self.distances.set(codes);
            return self.expect_symbol(State::Length);
        }
        self.expect(State::CodeLength(index + 1), 3)
    }

    fn length(&mut self, length: u8) -> Result<(), TooFar> {
        self.lengths.push(length, 1)?;
        self.next_length()
    }

    fn repeat(&mut self, symbol: u16, extra: u32) -> Result<(), TooFar> {
        self.lengths.repeat(symbol, extra)?;
        self.next_length()
    }

    fn next_length(&mut self) -> Result<(), TooFar> {
        if let Some((literals, distances)) = self.lengths.complete() {
            self.literals.set(literals);
            self.distances.set(distances);
            return self.expect_symbol(State::Symbol);
        }
        self.expect_symbol(State::Length)
    }
}
