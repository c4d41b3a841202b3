//! Vectors of the ledger's rows WS-PMD, and round trips of all sizes.

mod distances;
mod final_blocks;
mod inflating;
mod pool;
mod round_trips;

use super::*;
use crate::error::Error;
use crate::random::Random;

fn heap() -> Heap {
    Heap::new(1 << 24)
}

fn inflater(window_bits: u8) -> Inflater {
    Inflater::new(&heap(), window_bits).unwrap()
}

fn deflater(window_bits: u8, level: u8) -> Deflater {
    Deflater::new(&heap(), window_bits, level).unwrap()
}

/// Inflates a payload given in `pieces`, `room` octets at a time.
fn inflate(inflater: &mut Inflater, pieces: &[&[u8]], room: usize) -> Result<Vec<u8>, Error> {
    run(pieces, room, |input, out, is_last| inflater.inflate(input, out, is_last))
}

/// Compresses a message given in `pieces`.
fn deflate(deflater: &mut Deflater, pieces: &[&[u8]], room: usize) -> Vec<u8> {
    run(pieces, room, |input, out, is_last| deflater.deflate(input, out, is_last)).unwrap()
}

fn run(
    pieces: &[&[u8]],
    room: usize,
    mut step: impl FnMut(&[u8], &mut [u8], bool) -> Result<Step, Error>,
) -> Result<Vec<u8>, Error> {
    let (mut all, mut out) = (Vec::new(), vec![0; room]);
    for (at, piece) in pieces.iter().enumerate() {
        let (mut input, is_last) = (*piece, at + 1 == pieces.len());
        loop {
            let Step { used, written, next } = step(input, &mut out, is_last)?;
            all.extend_from_slice(&out[..written]);
            input = &input[used..];
            if next != Next::Room {
                assert_eq!((input.len(), next == Next::Done), (0, is_last));
                break;
            }
        }
    }
    Ok(all)
}

fn hex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

/// Seeded random octets.
struct Noise(Random);

impl Noise {
    fn new(seed: u64) -> Self {
        Self(Random::new(seed))
    }

    fn below(&mut self, end: usize) -> usize {
        self.0.below(end)
    }

    /// Octets below `symbols`, with repeats of earlier runs; a larger `echo` means more of them.
    fn content(&mut self, len: usize, symbols: usize, echo: usize) -> Vec<u8> {
        let mut content = Vec::new();
        while content.len() < len {
            if content.len() > 4 && self.below(100) < echo {
                let start = self.below(content.len());
                let end = content.len().min(start + 3 + self.below(300));
                content.extend_from_within(start..end);
            } else {
                content.push(self.below(symbols) as u8);
            }
        }
        content.truncate(len);
        content
    }
}
