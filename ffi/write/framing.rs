//! Which line says where the content ends, when the caller owns the connection.
//!
//! What depends on the peer and on the request that is answered (HEAD, CONNECT, HTTP/1.0) is the caller's to know here; the
//! machine of a connection knows it and decides by itself.

use super::{ARGUMENT, WW_MESSAGE_UNFRAMED};
use crate::conn::{Request, Response};
use crate::error::{Code, Error, Fault};
use crate::ffi::message::{WW_MESSAGE_LENGTH, WW_MESSAGE_STREAM};
use crate::http1::head::method_id;
use crate::http1::machine::Content;
use crate::http1::write::{BodyLine, FieldFacts};

static TRACE_CONTENT: Fault = Fault::new(Code::State, 0, c"H1-GEN-06", c"TRACE has no content");
static NOTHING_EXPECTED: Fault = Fault::new(Code::State, 0, c"H1-EXP-06", c"Expect without content");
static RESET_CONTENT: Fault = Fault::new(Code::State, 0, c"H1-BODY-07", c"a 205 has no content");
static SAID_TWICE: Fault = Fault::new(
    Code::AmbiguousFraming,
    0,
    c"H1-GEN-03",
    c"the fields say where the content ends, and the message says it again",
);

/// What a message says by its flags, besides what every door reads.
#[derive(Clone, Copy)]
pub(super) struct Flags {
    unframed: bool,
}

impl Flags {
    /// Takes the flags only this door knows out of `flags`; of the others only framing and `more` are allowed.
    pub fn take(flags: &mut u32, more: u32) -> Result<Self, Error> {
        let unframed = *flags & WW_MESSAGE_UNFRAMED != 0;
        *flags &= !WW_MESSAGE_UNFRAMED;
        let known = WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH | more;
        if *flags & !known != 0 || (unframed && *flags & WW_MESSAGE_LENGTH != 0) {
            return Err(ARGUMENT);
        }
        Ok(Self { unframed })
    }
}

/// The framing line of a request (H1-GEN-03, -06).
pub(super) fn body_of_request(request: &Request<'_>, flags: Flags, facts: &FieldFacts) -> Result<BodyLine, Error> {
    use crate::http1::head::method::{PATCH, POST, PUT, TRACE};
    let content = content(request.stream, request.content);
    let method = method_id(request.method);
    let has_content = content != Content::Whole(0) || facts.has(FieldFacts::LENGTH | FieldFacts::CHUNKED);
    if has_content && method == TRACE {
        return Err(TRACE_CONTENT.at(0));
    }
    if !has_content && request.expect {
        return Err(NOTHING_EXPECTED.at(0));
    }
    if is_said(content, flags, facts)? || (content == Content::Whole(0) && !matches!(method, POST | PUT | PATCH)) {
        return Ok(BodyLine::None);
    }
    Ok(line(content))
}

/// The framing line of a response (H1-GEN-03, H1-BODY-08).
pub(super) fn body_of_response(response: &Response<'_>, flags: Flags, facts: &FieldFacts) -> Result<BodyLine, Error> {
    let content = content(response.stream, response.content);
    let is_empty = content == Content::Whole(0);
    if response.status == 205 && !(is_empty && facts.length.unwrap_or(0) == 0 && !facts.has(FieldFacts::CHUNKED)) {
        return Err(RESET_CONTENT.at(0));
    }
    let is_bare = is_empty && matches!(response.status, 100..=199 | 204 | 304);
    if is_said(content, flags, facts)? || is_bare {
        return Ok(BodyLine::None);
    }
    Ok(line(content))
}

fn content(stream: Option<Option<u64>>, content: &[u8]) -> Content {
    stream.map_or(Content::Whole(content.len() as u64), Content::Stream)
}

fn line(content: Content) -> BodyLine {
    match content {
        Content::Whole(length) | Content::Stream(Some(length)) => BodyLine::Length(length),
        Content::Stream(None) => BodyLine::Chunked,
    }
}

/// Whether the caller says where the content ends, or says that nothing is to say it. To say it both by a field and by a
/// length is refused even when they agree: one of them will be changed without the other.
fn is_said(content: Content, flags: Flags, facts: &FieldFacts) -> Result<bool, Error> {
    if !facts.has(FieldFacts::LENGTH | FieldFacts::CHUNKED) {
        return Ok(flags.unframed);
    }
    match content {
        Content::Whole(0) | Content::Stream(None) if !flags.unframed => Ok(true),
        _ => Err(SAID_TWICE.at(0)),
    }
}
