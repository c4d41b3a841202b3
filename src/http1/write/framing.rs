//! The framing rules of messages to send, for the machine and the codec.
//!
//! The rules depend on the message alone. The machine adds what depends on the peer (HTTP/1.0, HEAD); users of the
//! codec do so themselves.

use super::facts::FieldFacts;
use super::faults;
use super::lines::BodyLine;
use crate::error::Error;
use crate::http1::head::method;

/// The longest content that a message can declare.
const LENGTH_MAX: u64 = i64::MAX as u64;

/// The content of a message as the caller declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// All of the content, now.
    Whole(u64),
    /// Content follows, with a known length or not.
    Stream(Option<u64>),
}

impl Content {
    /// All of `content`; if `stream` is set, content follows, with its length if known.
    #[inline(always)]
    pub fn of(content: &[u8], stream: Option<Option<u64>>) -> Self {
        stream.map_or(Self::Whole(content.len() as u64), Self::Stream)
    }
}

/// The framing fields of a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Nothing.
    None,
    /// Content-Length.
    Length(u64),
    /// Transfer-Encoding: chunked.
    Chunked,
    /// None; the end of the transport ends the content.
    UntilClose,
}

/// The framing of a request to an HTTP/1.1 peer (H1-GEN-06, H1-EXP-06). `expect`: it waits for 100 Continue.
///
/// # Errors
///
/// Content with TRACE or CONNECT, an expectation without content, a length above 2^63 - 1.
#[inline]
pub fn frame_request(method_id: u8, content: Content, expect: bool) -> Result<Framing, Error> {
    let has_content = content != Content::Whole(0);
    if has_content && matches!(method_id, method::TRACE | method::CONNECT) {
        return Err(faults::CONTENT_OF_METHOD.at(0));
    }
    if expect && !has_content {
        return Err(faults::EXPECT.at(0));
    }
    let expects_content = matches!(method_id, method::POST | method::PUT | method::PATCH);
    if has_content || expects_content { framing(content) } else { Ok(Framing::None) }
}

/// The framing of a response to an HTTP/1.1 peer (H1-BODY-07, -08).
///
/// # Errors
///
/// Content, or a length of content to follow, with 1xx, 204 or 205; a length above 2^63 - 1.
#[inline]
pub fn frame_response(status: u16, content: Content) -> Result<Framing, Error> {
    match (status, content) {
        (100..=199 | 204, Content::Whole(0)) => Ok(Framing::None),
        (205, Content::Whole(0)) => Ok(Framing::Length(0)),
        (100..=199 | 204 | 205, _) => Err(faults::CONTENT_OF_STATUS.at(0)),
        // RFC 9110 §15.4.5: a 304 without a length says nothing about the length of the 200.
        (304, Content::Whole(0) | Content::Stream(None)) => Ok(Framing::None),
        _ => framing(content),
    }
}

#[inline]
fn framing(content: Content) -> Result<Framing, Error> {
    match content {
        // What no recipient takes is not sent either (H1-CL-01).
        Content::Stream(Some(length)) if length > LENGTH_MAX => Err(faults::LONG.at(0)),
        Content::Whole(length) | Content::Stream(Some(length)) => Ok(Framing::Length(length)),
        Content::Stream(None) => Ok(Framing::Chunked),
    }
}

impl Framing {
    /// The framing line of the head.
    #[inline(always)]
    pub const fn line(self) -> BodyLine {
        match self {
            Self::Length(length) => BodyLine::Length(length),
            Self::Chunked => BodyLine::Chunked,
            Self::None | Self::UntilClose => BodyLine::None,
        }
    }
}

/// The content declared by a message of the codec, including its fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared {
    /// As declared by the message or its fields.
    pub content: Content,
    /// The fields declare it: the library adds no line.
    by_fields: bool,
}

impl Declared {
    /// Combines `content` and the fields. `unframed`: nothing declares where the content ends.
    ///
    /// # Errors
    ///
    /// Both declare it, even if they agree: changing one would break the other (H1-GEN-03).
    pub fn of(content: Content, unframed: bool, facts: &FieldFacts) -> Result<Self, Error> {
        if !facts.has(FieldFacts::LENGTH | FieldFacts::CHUNKED) {
            return Ok(Self { content, by_fields: unframed });
        }
        if unframed || !matches!(content, Content::Whole(0) | Content::Stream(None)) {
            return Err(faults::FRAMED_TWICE.at(0));
        }
        // A length of 0 means no content in either.
        let content = if facts.length == Some(0) { Content::Whole(0) } else { Content::Stream(facts.length) };
        Ok(Self { content, by_fields: true })
    }

    /// The library's line for a framing.
    pub fn line(self, framing: Framing) -> BodyLine {
        if self.by_fields { BodyLine::None } else { framing.line() }
    }
}
