//! Errors of chunked framing.

use core::ffi::CStr;

use super::grammar::State;
use crate::error::{Code, Fault};

const fn bad(code: Code, rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(code, 400, rule, reason)
}

static SIZE: Fault = bad(Code::Chunk, c"H1-CHUNK-01", c"a chunk size is not a hexadecimal number");
static SPACE: Fault = bad(Code::Chunk, c"H1-CHUNK-02", c"whitespace in a chunk line is not followed by an extension");
static OVERFLOW: Fault = bad(Code::Chunk, c"H1-CHUNK-03", c"a chunk size does not fit 64 bits");
static DATA_END: Fault = bad(Code::Chunk, c"H1-CHUNK-05", c"chunk data is not followed by CRLF");
static LINE_END: Fault = bad(Code::LineEnd, c"H1-CHUNK-06", c"a chunk line holds a bare CR or LF");
static EXTENSION: Fault = bad(Code::Chunk, c"H1-CHUNK-07", c"a chunk extension is malformed");
static LONG_LINE: Fault = bad(Code::TooLarge, c"H1-LIM-04", c"a chunk line is too long");
static LONG_EXTENSIONS: Fault = bad(Code::TooLarge, c"H1-LIM-04", c"the chunk extensions of a message are too long");

/// The fault of an error state.
pub(super) const fn of(state: State) -> Option<&'static Fault> {
    Some(match state {
        State::BadSize => &SIZE,
        State::BadSpace => &SPACE,
        State::Overflow => &OVERFLOW,
        State::BadDataEnd => &DATA_END,
        State::BadLineEnd => &LINE_END,
        State::BadExtension => &EXTENSION,
        State::LongLine => &LONG_LINE,
        State::LongExtensions => &LONG_EXTENSIONS,
        _ => return None,
    })
}
