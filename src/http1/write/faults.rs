//! Errors of a head to write. They go to the caller, so they have no status.

use core::ffi::CStr;

use crate::error::{Code, Error, Fault};

const fn refused(code: Code, rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(code, 0, rule, reason)
}

pub(super) static NAME: Fault = refused(Code::FieldName, c"H1-GEN-02", c"a field name is not a token");
pub(super) static VALUE: Fault = refused(Code::FieldValue, c"H1-GEN-01", c"a field value contains a control");
pub(super) static REASON: Fault = refused(Code::FieldValue, c"H1-GEN-01", c"a reason phrase contains a control");
pub(super) static METHOD: Fault = refused(Code::RequestLine, c"H1-GEN-02", c"a method is not a token");
pub(super) static STATUS: Fault = refused(Code::Argument, c"H1-GEN-08", c"a status is not within 100 to 599");
pub(super) static FRAMING: Fault = refused(
    Code::AmbiguousFraming,
    c"H1-GEN-03",
    c"Content-Length and Transfer-Encoding are malformed, repeated or contradict each other",
);
pub(super) static NO_CONTENT: Fault = refused(
    Code::Argument,
    c"H1-BODY-08",
    c"a response with this status has neither Content-Length nor Transfer-Encoding",
);
pub(super) static FRAMED_TWICE: Fault =
    refused(Code::AmbiguousFraming, c"H1-GEN-03", c"the content length is given by the fields and by the message");
pub(super) static CONTENT_OF_METHOD: Fault =
    refused(Code::Argument, c"H1-GEN-06", c"a TRACE or CONNECT request has no content");
pub(super) static EXPECT: Fault = refused(Code::Argument, c"H1-EXP-06", c"100-continue is expected without content");
pub(super) static CONTENT_OF_STATUS: Fault =
    refused(Code::Argument, c"H1-BODY-07", c"a response with this status has no content");
pub(super) static LONG: Fault = refused(Code::Argument, c"H1-CL-01", c"a length is above 2^63 - 1");
pub(super) static COMPANION: Fault =
    refused(Code::Argument, c"H1-GEN-11", c"a response with this status needs a field that is missing");
pub(super) static HOST: Fault = refused(Code::Host, c"H1-TGT-15", c"a request has exactly one well-formed Host");
pub(super) static CONNECTION: Fault =
    refused(Code::FieldValue, c"H1-GEN-12", c"Connection names something other than close, keep-alive, upgrade or TE");
pub(super) static TE: Fault = refused(Code::FieldValue, c"H1-GEN-12", c"TE names chunked");
pub(super) static TRAILER: Fault =
    refused(Code::Trailer, c"H1-TRAIL-04", c"a field is not allowed in a trailer section");
static ROOM: Fault = refused(Code::Buffer, c"", c"the output buffer is too small; the offset is the size needed");

/// The error of an output buffer that is too small for `needed` octets.
pub(crate) const fn no_room(needed: usize) -> Error {
    ROOM.at(needed as u64)
}
