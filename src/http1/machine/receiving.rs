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
    /// Chunks, and the octets of content that may still come.
    Chunked(ChunkDecoder, u64),
    /// The trailer section after the last chunk.
    Trailers,
    /// Everything until the transport ends, and the octets that may still come.
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
    NeedInput {
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
    /// The framing of a message of this length, whose content may have `max` octets.
    pub fn start(length: BodyLength, max: u64) -> Self {
        match length {
            BodyLength::Length(n) if n > 0 => Self::Length(n),
            BodyLength::Chunked => Self::Chunked(ChunkDecoder::default(), max),
            BodyLength::UntilClose => Self::UntilClose(max),
            _ => Self::None,
        }
    }

    /// From now on the content may have `max` octets more, if it was allowed as many before. Fails where more are announced.
    pub fn limit(&mut self, max: u64) -> Result<(), Error> {
        match self {
            Self::Length(rest) if *rest > max => Err(OVER_BODY.at(0)),
            Self::Chunked(_, room) | Self::UntilClose(room) => {
                *room = max.min(*room);
                Ok(())
            }
            Self::None | Self::Length(_) | Self::Trailers => Ok(()),
        }
    }

    /// The most octets that may still come.
    pub fn room(&self) -> u64 {
        match *self {
            Self::None | Self::Trailers => 0,
            Self::Length(rest) => rest,
            Self::Chunked(_, room) | Self::UntilClose(room) => room,
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
            Self::Chunked(decoder, room) => chunk_step(decoder, room, bytes, limits),
            Self::UntilClose(room) => until_close(room, bytes),
            Self::None | Self::Trailers => Ok(Step::NeedInput { used: 0 }),
        }
    }
}

/// Delivers the octets up to the limit; the next one is the error. So the result does not depend on cuts.
fn until_close(room: &mut u64, bytes: &[u8]) -> Result<Step, Error> {
    let len = bytes.len().min(usize::try_from(*room).unwrap_or(usize::MAX));
    if len == 0 {
        return Err(OVER_BODY.at(0));
    }
    *room -= len as u64;
    Ok(Step::Data { offset: 0, len, used: len, last: false })
}

/// A chunk beyond the limit is refused at its line, before its content.
fn chunk_step(decoder: &mut ChunkDecoder, room: &mut u64, bytes: &[u8], limits: &Limits) -> Result<Step, Error> {
    let step = decoder.next(bytes, limits)?;
    let (at, len) = match step {
        ChunkStep::Data { offset, len } => (offset, len),
        ChunkStep::NeedInput { consumed } | ChunkStep::LastChunk { consumed } => (consumed, 0),
    };
    if (len as u64).saturating_add(decoder.remaining()) > *room {
        return Err(OVER_BODY.at(at as u64));
    }
    *room -= len as u64;
    Ok(match step {
        ChunkStep::Data { offset, len } => Step::Data { offset, len, used: offset + len, last: false },
        ChunkStep::NeedInput { consumed } => Step::NeedInput { used: consumed },
        ChunkStep::LastChunk { consumed } => Step::Trailers { used: consumed },
    })
}
