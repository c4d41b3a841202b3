//! Which framing the content of a message to be sent gets: the one place of these rules, for the machine of a connection and for the
//! codec.
//!
//! The verdicts depend on the message alone. What depends on the peer (HTTP/1.0, HEAD) the machine adds to them; the codec leaves it to its
//! caller.

use super::facts::FieldFacts;
use super::faults;
use super::lines::BodyLine;
use crate::error::Error;
use crate::http1::head::method;

/// The content of a message as the caller declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// All of it, now.
    Whole(u64),
    /// It follows; its length is known or not.
    Stream(Option<u64>),
}

impl Content {
    /// All of `content`, unless content follows: then its length, where it is known.
    #[inline(always)]
    pub fn of(content: &[u8], stream: Option<Option<u64>>) -> Self {
        stream.map_or(Self::Whole(content.len() as u64), Self::Stream)
    }
}

/// What the head says of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Nothing.
    None,
    /// Content-Length.
    Length(u64),
    /// Transfer-Encoding: chunked.
    Chunked,
    /// Nothing; the end of the transport ends it.
    UntilClose,
}

/// The framing of a request to a peer that speaks HTTP/1.1 (H1-GEN-06, H1-EXP-06). `expect`: it waits for 100 Continue.
///
/// # Errors
///
/// Content with TRACE or CONNECT, an expectation without content.
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
    Ok(if has_content || expects_content { framing(content) } else { Framing::None })
}

/// The framing of a response to a peer that speaks HTTP/1.1 (H1-BODY-07, -08).
///
/// # Errors
///
/// Content, or a length of content that follows, with 1xx, 204 or 205.
#[inline]
pub fn frame_response(status: u16, content: Content) -> Result<Framing, Error> {
    match (status, content) {
        (100..=199 | 204, Content::Whole(0)) => Ok(Framing::None),
        (205, Content::Whole(0)) => Ok(Framing::Length(0)),
        (100..=199 | 204 | 205, _) => Err(faults::CONTENT_OF_STATUS.at(0)),
        // RFC 9110 §15.4.5: a 304 without a length says nothing about the length of the 200.
        (304, Content::Whole(0) | Content::Stream(None)) => Ok(Framing::None),
        _ => Ok(framing(content)),
    }
}

#[inline]
fn framing(content: Content) -> Framing {
    match content {
        Content::Whole(length) | Content::Stream(Some(length)) => Framing::Length(length),
        Content::Stream(None) => Framing::Chunked,
    }
}

impl Framing {
    /// The line of the head that says it.
    #[inline(always)]
    pub const fn line(self) -> BodyLine {
        match self {
            Self::Length(length) => BodyLine::Length(length),
            Self::Chunked => BodyLine::Chunked,
            Self::None | Self::UntilClose => BodyLine::None,
        }
    }
}

/// What a message without a connection says of its content, its fields included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared {
    /// Whichever of the two declares it.
    pub content: Content,
    /// The library writes no line of its own.
    is_said: bool,
}

impl Declared {
    /// The content as `content` and the fields declare it. `unframed`: nothing is to say where it ends.
    ///
    /// # Errors
    ///
    /// Both declare it, even when they agree: one of them would be changed without the other (H1-GEN-03).
    pub fn of(content: Content, unframed: bool, facts: &FieldFacts) -> Result<Self, Error> {
        if !facts.has(FieldFacts::LENGTH | FieldFacts::CHUNKED) {
            return Ok(Self { content, is_said: unframed });
        }
        if unframed || !matches!(content, Content::Whole(0) | Content::Stream(None)) {
            return Err(faults::FRAMED_TWICE.at(0));
        }
        // A length of 0 is no content, whoever says it.
        let content = if facts.length == Some(0) { Content::Whole(0) } else { Content::Stream(facts.length) };
        Ok(Self { content, is_said: true })
    }

    /// The library's line for a verdict on the content.
    pub fn line(self, framing: Framing) -> BodyLine {
        if self.is_said { BodyLine::None } else { framing.line() }
    }
}
