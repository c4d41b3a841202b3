//! Unmasking in place beside a copy of as many octets.

use std::hint::black_box;

use wireway::websocket::mask::{mask_into, unmask};

use crate::clock::race;

const KEY: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

pub fn table() {
    println!("unmasking: best times in ns; speed beside a copy (1.00: as fast as memcpy)");
    println!(
        "{:>9} {:>6} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "octets", "at", "memcpy", "unmask", "speed", "mask copy", "speed"
    );
    for len in [20, 64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20] {
        for at in [0, 6, 29] {
            row(len, at);
        }
    }
}

/// Messages of `len` octets that begin `at` octets behind a line of the cache. Short ones are many, one behind the other: to work on
/// the same octets again at once would be to wait for them.
fn row(len: usize, at: usize) {
    let (mut from, mut to) = (Messages::new(len, at), Messages::new(len, at));
    let (mut data, mut masked) = (Messages::new(len, at), Messages::new(len, at));
    let count = from.each().count() as f64;
    let times = race(&mut [
        Box::new(|times| {
            for _ in 0..times {
                from.each().zip(to.each()).for_each(|(from, to)| black_box(to).copy_from_slice(black_box(from)));
            }
        }),
        Box::new(|times| {
            (0..times).for_each(|_| data.each().for_each(|data| unmask(black_box(data), black_box(KEY), 0)))
        }),
    ]);
    let copy_and_mask = race(&mut [Box::new(|times| {
        for _ in 0..times {
            from.each().zip(masked.each()).for_each(|(from, to)| mask_into(from, black_box(to), black_box(KEY), 0));
        }
    })]);
    let (copy, ours, both) = (times[0] / count, times[1] / count, copy_and_mask[0] / count);
    println!("{len:>9} {at:>6} {copy:>9.1} {ours:>9.1} {:>9.2} {both:>9.1} {:>9.2}", copy / ours, copy / both);
}

struct Messages {
    memory: Vec<u8>,
    len: usize,
    at: usize,
}

impl Messages {
    fn new(len: usize, at: usize) -> Self {
        let count = (8 << 10) / len + 1;
        Self { memory: vec![b'a'; count * stride(len, at) + 64], len, at }
    }

    fn each(&mut self) -> impl Iterator<Item = &mut [u8]> {
        let start = self.memory.as_ptr().align_offset(64);
        let messages = self.memory[start..].chunks_exact_mut(stride(self.len, self.at));
        messages.map(|message| &mut message[self.at..self.at + self.len])
    }
}

fn stride(len: usize, at: usize) -> usize {
    (at + len).next_multiple_of(64)
}
