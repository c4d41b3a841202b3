//! One seeded generator (xorshift64*) for the tests of every layer and for the seeds of the fuzz targets: the same seed makes the same
//! numbers everywhere. It uses nothing.
#![allow(dead_code, reason = "each test uses a part of it")]

/// Numbers that look random.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        // Never 0, of which nothing but 0 comes.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn number(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.number() >> 33) as usize % end
    }

    pub fn octet(&mut self) -> u8 {
        (self.number() >> 56) as u8
    }
}
