//! Receiving content, in any framing.

use crate::error::{Code, Error, Fault};
use crate::guard::Limits;
use crate::http1::chunk::{ChunkDecoder, ChunkStep};
use crate::http1::framing::BodyLength;

static OVER_BODY: Fault = Fault::new(Code::TooLarge, 413, c"H1-LIM-06", c"the content is longer than allowed");

/// The framing of the content being received.
#[derive(Clone, Copy, Debug)]
pub enum Receiving {
    /// No content.
    None,
    /// This many more octets.
    Length(u64),
    /// Chunks, and the octets of content so far.
    Chunked(ChunkDecoder, u64),
    /// The trailer section after the last chunk.
    Trailers,
    /// Everything until the transport ends, and the octets so far.
    UntilClose(u64),
}

/// One step through the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Content.
    Data {
        /// Offset in the window.
        offset: usize,
        /// Length.
        len: usize,
        /// Octets of the window consumed.
        used: usize,
        /// The message is complete.
        last: bool,
    },
    /// Input was consumed, but there is nothing to deliver.
    Starved {
        /// Octets of the window consumed.
        used: usize,
    },
    /// The last chunk was read; the trailer section follows.
    Trailers {
        /// Octets of the window consumed.
        used: usize,
    },
}

impl Receiving {
    /// The framing of a message of this length.
    pub fn start(length: BodyLength) -> Self {
        match length {
            BodyLength::Length(n) if n > 0 => Self::Length(n),
            BodyLength::Chunked => Self::Chunked(ChunkDecoder::default(), 0),
            BodyLength::UntilClose => Self::UntilClose(0),
            _ => Self::None,
        }
    }

    /// Octets still to come, if known.
    pub fn due(&self) -> Option<u64> {
        match *self {
            Self::None => Some(0),
            Self::Length(rest) => Some(rest),
            _ => None,
        }
    }

    /// Reads the next octets. `bytes` is not empty.
    pub fn step(&mut self, bytes: &[u8], limits: &Limits) -> Result<Step, Error> {
        match self {
            Self::Length(rest) => {
                let len = bytes.len().min(usize::try_from(*rest).unwrap_or(usize::MAX));
                *rest -= len as u64;
                Ok(Step::Data { offset: 0, len, used: len, last: *rest == 0 })
            }
            Self::Chunked(decoder, total) => chunk_step(decoder, total, bytes, limits),
            Self::UntilClose(total) => until_close(total, bytes, limits),
            Self::None | Self::Trailers => Ok(Step::Starved { used: 0 }),
        }
    }
}

/// Delivers the octets up to the limit; the next one is the error. So the result does not depend on cuts.
fn until_close(total: &mut u64, bytes: &[u8], limits: &Limits) -> Result<Step, Error> {
    let room = usize::try_from(limits.body_max.saturating_sub(*total)).unwrap_or(usize::MAX);
    let len = bytes.len().min(room);
    if len == 0 {
        return Err(OVER_BODY.at(0));
    }
    *total += len as u64;
    Ok(Step::Data { offset: 0, len, used: len, last: false })
}

/// A chunk beyond the limit is refused at its line, before its content.
fn chunk_step(decoder: &mut ChunkDecoder, total: &mut u64, bytes: &[u8], limits: &Limits) -> Result<Step, Error> {
    let step = decoder.next(bytes, limits)?;
    let (at, len) = match step {
        ChunkStep::Data { offset, len } => (offset, len),
        ChunkStep::NeedInput { consumed } | ChunkStep::LastChunk { consumed } => (consumed, 0),
    };
    *total += len as u64;
    if total.saturating_add(decoder.remaining()) > limits.body_max {
        return Err(OVER_BODY.at(at as u64));
    }
    Ok(match step {
        ChunkStep::Data { offset, len } => Step::Data { offset, len, used: offset + len, last: false },
        ChunkStep::NeedInput { consumed } => Step::Starved { used: consumed },
        ChunkStep::LastChunk { consumed } => Step::Trailers { used: consumed },
    })
}
