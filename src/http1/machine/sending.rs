//! Sending content, in any framing.

use crate::error::{Code, Error, Fault};
use crate::http1::write::{Content, Framing};

static NO_CONTENT_HERE: Fault = Fault::new(Code::State, 0, c"H1-BODY-07", c"this message has no content");
static TOO_MUCH: Fault = Fault::new(Code::BodyLength, 0, c"H1-GEN-04", c"more content than declared");
static TOO_LITTLE: Fault = Fault::new(Code::BodyLength, 0, c"H1-GEN-04", c"less content than declared");
static NOT_CHUNKED: Fault = Fault::new(Code::Trailer, 0, c"H1-TRAIL-04", c"trailers need chunked content");

/// How the content of our current message is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// No content.
    None,
    /// This many more octets.
    Length(u64),
    /// Chunks.
    Chunked,
    /// Unframed; the end of the transport ends it.
    UntilClose,
    /// Accepted and discarded: the response has no content, which its handler need not know (RFC 9110 §9.3.2).
    Dropped,
}

/// How content goes into the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapping {
    /// Unchanged.
    None,
    /// As a chunk.
    Chunk,
    /// Discarded.
    Dropped,
}

impl Sending {
    /// How content after a head with this framing is sent; content passed with the head goes with it.
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
            // An empty chunk would be the last one (H1-CHUNK-12).
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

    /// Whether the content may end now, with or without `trailers`, and whether a last chunk is needed.
    pub fn plan_finish(self, trailers: bool) -> Result<bool, Error> {
        match self {
            Self::Length(rest) if rest > 0 => Err(TOO_LITTLE.at(rest)),
            Self::Chunked => Ok(true),
            // Trailers are discarded with the content.
            Self::Dropped => Ok(false),
            _ if trailers => Err(NOT_CHUNKED.at(0)),
            _ => Ok(false),
        }
    }
}
