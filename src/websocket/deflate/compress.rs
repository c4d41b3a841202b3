//! Compressing messages.

use zlib_rs::{Deflate, DeflateConfig, DeflateFlush, Strategy};

use super::{Next, Step, TAIL, reserve};
use crate::error::{Code, Error, Fault};
use crate::memory::{Heap, Reserved};
use crate::narrow::in_memory;

static ROOM: Fault = Fault::new(Code::Buffer, 0, c"WS-PMD-03", c"the output for compressed content is too small");
static BROKEN: Fault = Fault::new(Code::State, 1011, c"WS-PMD-03", c"the compressor failed");

/// Log2 of the smallest window that zlib compresses raw data for.
const ZLIB_MIN: u8 = 9;

/// The state of our messages to one peer.
pub struct Deflater {
    stream: Deflate,
    window_bits: u8,
    level: u8,
    /// The message has no octets yet.
    is_empty: bool,
    /// The last compressed octets, withheld because they may be the tail that is stripped.
    withheld: [u8; TAIL.len()],
    withheld_len: usize,
    _memory: Reserved,
}

impl Deflater {
    /// Minimum size of the output.
    pub const ROOM_MIN: usize = 16;

    /// A compressor with a window of `window_bits` (8 to 15) and level `level` (1 to 9). zlib has no raw window of 8
    /// bits; for 8 bits the compressor only encodes runs, at a distance of 1 (WS-EXT-12).
    ///
    /// # Errors
    ///
    /// No memory, or numbers out of range.
    pub fn new(heap: &Heap, window_bits: u8, level: u8) -> Result<Self, Error> {
        if !matches!((window_bits, level), (8..=15, 1..=9)) {
            return Err(BROKEN.at(0));
        }
        let memory = reserve(heap, Self::memory(window_bits))?;
        let config = DeflateConfig {
            level: i32::from(level),
            window_bits: -i32::from(window_bits.max(ZLIB_MIN)),
            mem_level: mem_level(window_bits),
            strategy: if window_bits < ZLIB_MIN { Strategy::Rle } else { Strategy::Default },
            ..DeflateConfig::default()
        };
        let stream = Deflate::new_with_config(config);
        let withheld = [0; TAIL.len()];
        Ok(Self { stream, window_bits, level, is_empty: true, withheld, withheld_len: 0, _memory: memory })
    }

    /// What zlib-rs allocates for one deflater, besides the struct itself.
    pub const fn memory(window_bits: u8) -> usize {
        // Two windows, the hash chains, three times the symbols of a block with its output, the hash table and the
        // state.
        let window_bits = if window_bits < ZLIB_MIN { ZLIB_MIN } else { window_bits };
        (4 << window_bits) + (7 << (mem_level(window_bits) + 6)) + (128 + 8) * 1024
    }

    /// The maximum compressed size of a piece of `len` octets.
    pub const fn bound(len: usize) -> usize {
        len.saturating_add(len / 8).saturating_add(len / 64).saturating_add(32)
    }

    /// Log2 of the window.
    pub const fn window_bits(&self) -> u8 {
        self.window_bits
    }

    /// The compression level.
    pub const fn level(&self) -> u8 {
        self.level
    }

    /// Resets all state. Clears 128 KiB.
    pub fn reset(&mut self) {
        self.stream.reset();
        self.is_empty = true;
        self.withheld_len = 0;
    }

    /// Compresses `input`, the next piece of a message; `is_last` marks the last piece. The peer can inflate each piece
    /// once it has arrived: every piece ends with a flush, and the last one omits the four-octet tail.
    ///
    /// Writes at most `out.len()` octets, which must be at least [`ROOM_MIN`](Self::ROOM_MIN). The payload of the
    /// message is the output of all its calls; an empty message has one octet (WS-PMD-05). The output depends on how
    /// the message was cut into pieces.
    ///
    /// # Errors
    ///
    /// The output is too small; nothing has changed.
    pub fn deflate(&mut self, input: &[u8], out: &mut [u8], is_last: bool) -> Result<Step, Error> {
        if out.len() < Self::ROOM_MIN {
            return Err(ROOM.at(0));
        }
        self.is_empty &= input.is_empty();
        if self.is_empty {
            return Ok(empty(out, is_last));
        }
        out[..self.withheld_len].copy_from_slice(&self.withheld[..self.withheld_len]);
        let (used, end) = self.run(input, out)?;
        // A flush is complete only if it leaves room.
        let next = match (end < out.len(), is_last) {
            (false, _) => Next::Room,
            (true, false) => Next::Input,
            (true, true) => Next::Done,
        };
        let written = end - end.min(TAIL.len());
        self.withhold(&out[written..end], next);
        Ok(Step { used, written, next })
    }

    /// Runs until the input is used up or the output is full. Returns the octets used and the end of the output, which
    /// starts with what was withheld.
    fn run(&mut self, input: &[u8], out: &mut [u8]) -> Result<(usize, usize), Error> {
        let (mut used, mut end) = (0, self.withheld_len);
        loop {
            let before = (self.stream.total_in(), self.stream.total_out());
            self.stream
                .compress(&input[used..], &mut out[end..], DeflateFlush::SyncFlush)
                .map_err(|_| BROKEN.at(used as u64))?;
            used += in_memory(self.stream.total_in() - before.0);
            end += in_memory(self.stream.total_out() - before.1);
            if used == input.len() || end == out.len() {
                return Ok((used, end));
            }
        }
    }

    fn withhold(&mut self, last: &[u8], next: Next) {
        self.withheld_len = 0;
        self.is_empty = next == Next::Done;
        if next == Next::Done {
            debug_assert_eq!(last, TAIL, "a flush ends with an empty stored block");
        } else {
            self.withheld[..last.len()].copy_from_slice(last);
            self.withheld_len = last.len();
        }
    }
}

/// Small windows are for saving memory, so the other tables shrink with them.
const fn mem_level(window_bits: u8) -> i32 {
    match window_bits {
        12..=15 => window_bits as i32 - 7,
        _ => 4,
    }
}

/// An empty message, for which zlib writes nothing: the start of an empty stored block (RFC 7692 §7.2.3.6).
fn empty(out: &mut [u8], is_last: bool) -> Step {
    if is_last {
        out[0] = 0x00;
        Step { used: 0, written: 1, next: Next::Done }
    } else {
        Step { used: 0, written: 0, next: Next::Input }
    }
}
