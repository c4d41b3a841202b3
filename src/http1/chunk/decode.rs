//! Decoding chunked framing.

use super::faults;
use super::grammar::{self, State};
use crate::error::{Error, Fault};
use crate::guard::Limits;
use crate::http1::octet;
use crate::narrow::in_memory;

/// The result of [`ChunkDecoder::next`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkStep {
    /// `len` octets of content, at least one, at `offset`. Everything up to their end is consumed.
    Data {
        /// Offset of the content in the input.
        offset: usize,
        /// Length of the content.
        len: usize,
    },
    /// More input is needed. All of the input is consumed.
    NeedInput {
        /// Octets consumed.
        consumed: usize,
    },
    /// The last-chunk ended; the trailer section follows.
    LastChunk {
        /// Octets consumed, including the CRLF of the last-chunk.
        consumed: usize,
    },
}

impl ChunkStep {
    /// Octets of the input consumed; the next call starts after them.
    pub const fn consumed(self) -> usize {
        match self {
            Self::Data { offset, len } => offset + len,
            Self::NeedInput { consumed } | Self::LastChunk { consumed } => consumed,
        }
    }
}

/// The state between two calls. The default is before the first chunk.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChunkDecoder {
    /// The chunk size read so far, or the octets of content still to come.
    remaining: u64,
    /// Length of the current chunk line, without CRLF.
    line: u32,
    /// Total length of the chunk extensions of the message.
    extensions: u32,
    state: State,
}

impl ChunkDecoder {
    /// Decodes octets that earlier calls have not consumed, up to the end of the first piece of content.
    ///
    /// The result does not depend on cuts: same content, same end, same fault at the same octet. The offset of an error
    /// is into `input`; after an error every call fails with the same fault at offset 0. After [`ChunkStep::LastChunk`]
    /// every call consumes nothing and returns it again.
    ///
    /// Never allocates; linear in the framing, independent of the content length. Source: RFC 9112 §7.1.
    // Inlined to keep the step in registers: the position of the next chunk line depends on it.
    #[inline(always)]
    pub fn next(&mut self, input: &[u8], limits: &Limits) -> Result<ChunkStep, Error> {
        let line = match self.state {
            State::Data => return Ok(self.content(0, input.len())),
            State::Start => input,
            State::DataCr => input.strip_prefix(b"\r\n").unwrap_or_default(),
            _ => &[],
        };
        if let Some((size, octets)) = line_fast(line)
            && octets - 2 <= limits.chunk_line_max as usize
        {
            self.remaining = size;
            let at = input.len() - line.len() + octets;
            return Ok(self.content(at, input.len() - at));
        }
        self.next_full(input, limits)
    }

    /// The fault with which every further call fails, if there is one.
    pub fn fault(&self) -> Option<&'static Fault> {
        faults::of(self.state)
    }

    /// Octets of content still to come in the current chunk; 0 outside of content.
    ///
    /// Lets the caller refuse a chunk that exceeds a limit before its content arrives.
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

    /// The full way of [`Self::next`].
    #[inline(never)]
    fn next_full(&mut self, input: &[u8], limits: &Limits) -> Result<ChunkStep, Error> {
        let at = self.framing(input, 0, limits)?;
        Ok(match self.state {
            State::Data => self.content(at, input.len() - at),
            State::Done => ChunkStep::LastChunk { consumed: at },
            _ => ChunkStep::NeedInput { consumed: at },
        })
    }

    /// Reads framing octet by octet from `at`, until content, the end of the message or the end of the input.
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

    /// One octet of a chunk line before its LF. Limits are checked before grammar, so that the octet that exceeds a
    /// limit reports it.
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

/// The fast way: size and length of a line `1*15HEXDIG CRLF` that is complete and not the last-chunk, as most are.
/// `None` for any other line.
#[inline(always)]
fn line_fast(line: &[u8]) -> Option<(u64, usize)> {
    let mut size = 0;
    for (digits, &octet) in line.iter().take(16).enumerate() {
        // Digits by arithmetic, letters by table: the position of the next chunk depends on this value.
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
