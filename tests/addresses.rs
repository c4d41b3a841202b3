//! Addresses in C with seeded texts and values: the checks of the fuzz target `codec`, with a stable compiler.
#![cfg(all(unix, feature = "capi", feature = "service"))]

#[path = "../fuzz/src/addresses.rs"]
mod addresses;
#[path = "support/random.rs"]
mod random;

use random::Random;

const SEEDS: u64 = 5_000;
const PIECES: &[&[u8]] = &[
    b"[",
    b"]:80",
    b"::",
    b":",
    b"%",
    b"%lo",
    b"1",
    b"127.0.0.1",
    b"fe80",
    b"*",
    b"unix:",
    b"@",
    b"/a",
    b"\0",
    b"\n",
    b"\xff",
];

fn text(random: &mut Random, start: &[u8], most: usize) -> Vec<u8> {
    let mut text = start.to_vec();
    for _ in 0..random.below(most + 1) {
        text.extend_from_slice(PIECES[random.below(PIECES.len())]);
    }
    text
}

/// A value whose members are near those of an address.
fn value(random: &mut Random) -> [u8; 128] {
    let mut value = [0; 128];
    value[0] = random.below(6) as u8;
    value[10] = [0, 4, 16, 108, 109, random.octet()][random.below(6)];
    for at in 0..random.below(109) {
        value[12 + at] = [0, b'a', random.octet()][random.below(3)];
    }
    if random.below(2) == 0 {
        value[random.below(128)] = random.octet();
    }
    value
}

#[test]
fn texts_of_any_kind() {
    for seed in 1..=SEEDS {
        let random = &mut Random::new(seed);
        addresses::text(&text(random, b"", 6));
        addresses::text(&text(random, b"unix:", 60));
    }
}

#[test]
fn values_of_any_kind() {
    for seed in 1..=SEEDS {
        addresses::value(&value(&mut Random::new(seed)));
    }
}
