//! Headers with octets changed, taken away and put in: the checks of the fuzz target `proxy`, with a stable compiler.

use crate::random::Random;
use crate::{checks, vectors};

const SEEDS: u64 = 20_000;

/// One vector, changed at a few places.
fn changed(random: &mut Random, vectors: &[vectors::Vector]) -> Vec<u8> {
    let mut octets = vectors[random.below(vectors.len())].octets.clone();
    octets.truncate(300);
    for _ in 0..random.below(4) {
        let at = random.below(octets.len() + 1);
        let octet = [b' ', b'0', b':', b'\r', b'\n', 0, 1, 3, 0x21, 0xff][random.below(10)];
        match random.below(3) {
            0 => octets.insert(at, octet),
            1 if at < octets.len() => octets[at] = octet,
            _ => drop(octets.drain(at.min(octets.len())..(at + 1).min(octets.len()))),
        }
    }
    octets
}

#[test]
fn changed_headers_are_refused_or_can_be_written_again() {
    let vectors = vectors::all();
    for seed in 0..SEEDS {
        let mut random = Random::new(seed);
        checks::header(&changed(&mut random, &vectors));
    }
    for vector in &vectors {
        checks::header(&vector.octets);
    }
}
