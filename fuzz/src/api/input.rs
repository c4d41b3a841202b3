//! Choices out of the octets of an input. When they are used up, every choice is the first one.

use super::random::Random;

/// An input of random octets.
pub fn seeded(seed: u64) -> Vec<u8> {
    let mut random = Random::new(seed);
    let len = 40 + usize::from(random.octet()) * 2;
    (0..len).map(|_| random.octet()).collect()
}

/// What is left of an input.
pub struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    pub fn new(octets: &'a [u8]) -> Self {
        Self { rest: octets }
    }

    pub fn is_over(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn octet(&mut self) -> u8 {
        let Some((&first, rest)) = self.rest.split_first() else { return 0 };
        self.rest = rest;
        first
    }

    pub fn bit(&mut self) -> bool {
        self.octet() & 1 != 0
    }

    /// One in `n`, for what is to be rare.
    pub fn rarely(&mut self, n: u8) -> bool {
        self.octet() % n == n - 1
    }

    pub fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[usize::from(self.octet()) % choices.len()]
    }

    /// A length: mostly short, 0 included, at most some KiB.
    pub fn length(&mut self) -> usize {
        let octet = usize::from(self.octet());
        match octet {
            0..192 => octet,
            192..240 => (octet - 191) * 32,
            _ => (octet - 239) * 700,
        }
    }

    /// The next octets as they are, fewer where fewer are left.
    pub fn octets(&mut self, len: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(len.min(self.rest.len()));
        self.rest = rest;
        taken
    }
}
