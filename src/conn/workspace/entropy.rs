//! Random octets: masking keys and handshake keys (RFC 6455 §5.3, §10.3).

use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Rng, SeedableRng};

use crate::error::{Code, Error, Fault};

static UNSEEDED: Fault = Fault::new(Code::Entropy, 0, c"WS-FRM-04", c"the workspace was not given a seed");

/// A generator that needs a seed. No system call: the owner's seed is its only source.
#[derive(Default)]
pub struct Entropy(Option<ChaCha20Rng>);

impl Entropy {
    /// Restarts from `seed`.
    pub fn seed(&mut self, seed: [u8; 32]) {
        self.0 = Some(ChaCha20Rng::from_seed(seed));
    }

    /// Four fresh octets for a client's frame.
    #[inline]
    pub fn mask(&mut self) -> Result<[u8; 4], Error> {
        self.octets()
    }

    /// Fresh octets. Never allocates.
    pub fn octets<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let generator = self.0.as_mut().ok_or(UNSEEDED.at(0))?;
        let mut octets = [0; N];
        generator.fill_bytes(&mut octets);
        Ok(octets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws_frm_04_nothing_without_a_seed_and_never_the_same_twice() {
        let mut entropy = Entropy::default();
        assert_eq!(entropy.mask().unwrap_err().code(), Code::Entropy);
        entropy.seed([7; 32]);
        let masks: std::collections::HashSet<_> = (0..1000).map(|_| entropy.mask().unwrap()).collect();
        assert_eq!(masks.len(), 1000);
        let mut again = Entropy::default();
        again.seed([7; 32]);
        assert!(masks.contains(&again.mask().unwrap()), "a seed is all there is to it");
    }
}
