//! Chunked framing in.

use super::faults;
use super::grammar::{self, State};
use crate::error::{Error, Fault};
use crate::guard::Limits;
use crate::http1::octet;
use crate::narrow::in_memory;

/// What the decoder found in the octets it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkStep {
    /// `len` octets of content, at least one, lie at `offset`. Consumed: up to and with them.
    Data {
        /// Where the content starts in the input of this call.
        offset: usize,
        /// How many octets of it there are.
        len: usize,
    },
    /// More octets are needed. Consumed: the whole input.
    NeedInput {
        /// Octets consumed.
        consumed: usize,
    },
    /// The last-chunk has passed; the trailer section follows it.
    LastChunk {
        /// Octets consumed, CRLF of the last-chunk included.
        consumed: usize,
    },
}

impl ChunkStep {
    /// Octets of the input that are done with; the next call starts after them.
    pub const fn consumed(self) -> usize {
        match self {
            Self::Data { offset, len } => offset + len,
            Self::NeedInput { consumed } | Self::LastChunk { consumed } => consumed,
        }
    }
}

/// Where a chunked message stands between two calls. The default is before its first chunk.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChunkDecoder {
    /// The size as read so far, or the octets of content still due.
    remaining: u64,
    /// Octets of the current chunk line, its CRLF excluded.
    line: u32,
    /// Octets of chunk extensions in the whole message.
    extensions: u32,
    state: State,
}

impl ChunkDecoder {
    /// Looks at the octets that no earlier call has consumed, up to the end of the first piece of content in them.
    ///
    /// Any split of a message gives the same content, the same end and the same fault at the same octet. An error's
    /// offset counts from the start of `input`; after one every call fails with the same fault at offset 0. After
    /// [`ChunkStep::LastChunk`] every call consumes nothing and says so again.
    ///
    /// Never allocates; linear in the octets of framing, independent of those of content. Source: RFC 9112 §7.1.
    // Inlined so that the step stays in registers: where the next chunk line starts hangs on it.
    #[inline(always)]
    pub fn next(&mut self, input: &[u8], limits: &Limits) -> Result<ChunkStep, Error> {
        let line = match self.state {
            State::Data => return Ok(self.content(0, input.len())),
            State::Start => input,
            State::DataCr => input.strip_prefix(b"\r\n").unwrap_or_default(),
            _ => &[],
        };
        if let Some((size, octets)) = ordinary_line(line)
            && octets - 2 <= limits.chunk_line_max as usize
        {
            self.remaining = size;
            let at = input.len() - line.len() + octets;
            return Ok(self.content(at, input.len() - at));
        }
        self.closely(input, limits)
    }

    /// What ended the message, if something did: the fault with which every further call fails.
    pub fn fault(&self) -> Option<&'static Fault> {
        faults::of(self.state)
    }

    /// Octets of content still due of the chunk that is being read; 0 outside of its content.
    ///
    /// A chunk that cannot fit what a message may still hold can be refused by this before its content arrives.
    pub fn remaining(&self) -> u64 {
        if self.state == State::Data { self.remaining } else { 0 }
    }

    #[inline(always)]
    fn content(&mut self, offset: usize, available: usize) -> ChunkStep {
        self.state = State::Data;
        if available == 0 {
            return ChunkStep::NeedInput { consumed: offset };
        }
        if self.remaining > available as u64 {
            self.remaining -= available as u64;
            return ChunkStep::Data { offset, len: available };
        }
        self.state = State::DataCr;
        ChunkStep::Data { offset, len: in_memory(core::mem::take(&mut self.remaining)) }
    }

    /// What [`Self::next`] does, for everything but content and ordinary lines.
    #[inline(never)]
    fn closely(&mut self, input: &[u8], limits: &Limits) -> Result<ChunkStep, Error> {
        let at = self.framing(input, 0, limits)?;
        Ok(match self.state {
            State::Data => self.content(at, input.len() - at),
            State::Done => ChunkStep::LastChunk { consumed: at },
            _ => ChunkStep::NeedInput { consumed: at },
        })
    }

    /// Takes framing octet by octet, from `at` on, until content or the end of the message is due or the input is used up.
    fn framing(&mut self, input: &[u8], mut at: usize, limits: &Limits) -> Result<usize, Error> {
        while !matches!(self.state, State::Data | State::Done) {
            if let Some(fault) = faults::of(self.state) {
                return Err(fault.at(at as u64));
            }
            let Some(&octet) = input.get(at) else { break };
            self.state = self.step(octet, limits);
            at += usize::from(faults::of(self.state).is_none());
        }
        Ok(at)
    }

    fn step(&mut self, octet: u8, limits: &Limits) -> State {
        match (self.state, octet) {
            (State::LineLf, b'\n') => self.line_end(),
            (State::LineLf, _) => State::BadLineEnd,
            (State::DataCr, b'\r') => State::DataLf,
            (State::DataLf, b'\n') => State::Start,
            (State::DataCr | State::DataLf, _) => State::BadDataEnd,
            _ => self.line_octet(octet, limits),
        }
    }

    /// One octet of a chunk line before its LF. Limits come before grammar, so that the octet that crosses one names it.
    fn line_octet(&mut self, octet: u8, limits: &Limits) -> State {
        let next = grammar::next(self.state, octet);
        if matches!(octet, b'\r' | b'\n') {
            return next;
        }
        if self.line >= limits.chunk_line_max {
            return State::LongLine;
        }
        self.line += 1;
        if next.is_extension() {
            if self.extensions >= limits.chunk_extensions_max {
                return State::LongExtensions;
            }
            self.extensions += 1;
        }
        if next == State::Size { self.digit(octet) } else { next }
    }

    fn digit(&mut self, octet: u8) -> State {
        if self.remaining >> 60 != 0 {
            return State::Overflow;
        }
        self.remaining = self.remaining << 4 | u64::from(octet::hex(octet));
        State::Size
    }

    fn line_end(&mut self) -> State {
        self.line = 0;
        if self.remaining == 0 { State::Done } else { State::Data }
    }
}

/// The size and the octets of a line `1*15HEXDIG CRLF` that is there in one piece and not the last-chunk, as it nearly
/// always is. `None` says nothing but that it has to be looked at more closely.
#[inline(always)]
fn ordinary_line(line: &[u8]) -> Option<(u64, usize)> {
    let mut size = 0;
    for (digits, &octet) in line.iter().take(16).enumerate() {
        // Decimal digits by arithmetic and letters by the table: where the next chunk lies hangs on this value.
        let mut digit = octet.wrapping_sub(b'0');
        if digit > 9 {
            if octet == b'\r' {
                let ends = line.get(digits + 1) == Some(&b'\n') && size != 0;
                return ends.then_some((size, digits + 2));
            }
            digit = octet::hex(octet);
            if digit > 15 {
                return None;
            }
        }
        size = size << 4 | u64::from(digit);
    }
    None
}
