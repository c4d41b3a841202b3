//! The code lengths at the start of a block of BTYPE 10 (RFC 1951 §3.2.7).

use super::too_far::TooFar;

/// Maximum number of symbols of both codes.
const MAX: usize = 286 + 30;
/// The order of the code length codes.
const ORDER: [u8; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

pub(super) struct Lengths {
    all: [u8; MAX],
    known: usize,
    literals: usize,
    total: usize,
    /// The number of code length codes, and their lengths.
    codes: u8,
    code_lengths: [u8; ORDER.len()],
}

impl Lengths {
    pub const EMPTY: Self =
        Self { all: [0; MAX], known: 0, literals: 0, total: 0, codes: 0, code_lengths: [0; ORDER.len()] };

    /// HLIT, HDIST and HCLEN.
    pub fn start(&mut self, counts: u32) -> Result<(), TooFar> {
        let literals = 257 + (counts & 31) as usize;
        let distances = 1 + (counts >> 5 & 31) as usize;
        if literals > 286 || distances > 30 {
            return Err(TooFar);
        }
        *self = Self {
            literals,
            total: literals + distances,
            codes: 4 + crate::narrow::octet((counts >> 10) as usize),
            ..Self::EMPTY
        };
        Ok(())
    }

    /// Sets the length of the code at `index`. Returns all lengths after the last one.
    pub fn set_code(&mut self, index: u8, length: u8) -> Option<&[u8]> {
        self.code_lengths[usize::from(ORDER[usize::from(index)])] = length;
        (index + 1 == self.codes).then_some(&self.code_lengths)
    }

    /// The next `times` symbols have codes of `length` bits.
    pub fn push(&mut self, length: u8, times: usize) -> Result<(), TooFar> {
        let end = self.known + times;
        if end > self.total {
            return Err(TooFar);
        }
        self.all[self.known..end].fill(length);
        self.known = end;
        Ok(())
    }

    /// Symbols 16 to 18: repeats the previous length, or 0.
    pub fn repeat(&mut self, symbol: u16, extra: u32) -> Result<(), TooFar> {
        let extra = extra as usize;
        match symbol {
            16 => {
                let before = self.known.checked_sub(1).ok_or(TooFar)?;
                self.push(self.all[before], 3 + extra)
            }
            17 => self.push(0, 3 + extra),
            _ => self.push(0, 11 + extra),
        }
    }

    /// The lengths of the literal and distance codes, when complete.
    pub fn complete(&self) -> Option<(&[u8], &[u8])> {
        (self.known == self.total).then(|| self.all[..self.total].split_at(self.literals))
    }
}
