//! Content out: how far ours goes, whatever framing it has.

use crate::error::{Code, Error, Fault};
use crate::http1::write::{Content, Framing};

static NO_CONTENT_HERE: Fault = Fault::new(Code::State, 0, c"H1-BODY-07", c"this message goes without content");
static TOO_MUCH: Fault = Fault::new(Code::BodyLength, 0, c"H1-GEN-04", c"more content than declared");
static TOO_LITTLE: Fault = Fault::new(Code::BodyLength, 0, c"H1-GEN-04", c"less content than declared");
static NOT_CHUNKED: Fault = Fault::new(Code::Trailer, 0, c"H1-TRAIL-04", c"trailers need chunked content");

/// How the content of our present message is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// None is due.
    None,
    /// That many octets more.
    Length(u64),
    /// Chunks.
    Chunked,
    /// As it is; the end of the transport ends it.
    UntilClose,
    /// It is accepted and never leaves: the response goes without content, which its handler need not know (RFC 9110 §9.3.2).
    Dropped,
}

/// How octets of content go into the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapping {
    /// As they are.
    None,
    /// As a chunk.
    Chunk,
    /// Not at all.
    Dropped,
}

impl Sending {
    /// How content goes behind a head with this framing: what came with the head is sent with it.
    #[inline]
    pub fn of(content: Content, framing: Framing) -> Self {
        match (content, framing) {
            (Content::Whole(_), _) | (_, Framing::None) => Self::None,
            (_, Framing::Length(length)) => Self::Length(length),
            (_, Framing::Chunked) => Self::Chunked,
            (_, Framing::UntilClose) => Self::UntilClose,
        }
    }

    /// Whether `len` octets may be sent now, and how.
    pub fn plan(self, len: u64) -> Result<Wrapping, Error> {
        match self {
            Self::None => Err(NO_CONTENT_HERE.at(0)),
            Self::Length(rest) if len > rest => Err(TOO_MUCH.at(rest)),
            // A chunk of no octets would be the last one (H1-CHUNK-12).
            Self::Chunked if len > 0 => Ok(Wrapping::Chunk),
            Self::Length(_) | Self::UntilClose | Self::Chunked => Ok(Wrapping::None),
            Self::Dropped => Ok(Wrapping::Dropped),
        }
    }

    /// `len` planned octets were queued.
    pub fn sent(&mut self, len: u64) {
        if let Self::Length(rest) = self {
            *rest -= len;
        }
    }

    /// Whether the content may end now, with `trailers` or without, and whether a last chunk is due.
    pub fn plan_finish(self, trailers: bool) -> Result<bool, Error> {
        match self {
            Self::Length(rest) if rest > 0 => Err(TOO_LITTLE.at(rest)),
            Self::Chunked => Ok(true),
            // Trailers go the way of the content.
            Self::Dropped => Ok(false),
            _ if trailers => Err(NOT_CHUNKED.at(0)),
            _ => Ok(false),
        }
    }
}
