//! Where the peer's octets are cut.

use crate::random::Random;

/// Nowhere.
pub fn whole() -> impl Iterator<Item = usize> {
    std::iter::repeat(usize::MAX)
}

/// By two octets of the input: one octet at a time (long inputs: all in a few hundred pieces, to be fast), one cut, or pieces
/// of changing sizes.
pub fn chosen(scale: u8, seed: u8, len: usize) -> Box<dyn Iterator<Item = usize>> {
    match scale {
        0..32 => Box::new(std::iter::repeat(1 + len / 256)),
        32..128 => {
            let first = usize::from(scale - 32) << 4 | usize::from(seed & 15);
            Box::new(std::iter::once(first + 1).chain(whole()))
        }
        _ => Box::new(changing(usize::from(scale - 127), u64::from(seed))),
    }
}

/// Sizes from 1 to `most`, small ones more often.
fn changing(most: usize, seed: u64) -> impl Iterator<Item = usize> {
    let mut random = Random::new(seed);
    std::iter::repeat_with(move || {
        let most = 1 + random.below(most);
        1 + random.below(most)
    })
}
