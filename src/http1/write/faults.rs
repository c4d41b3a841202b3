//! Why a head is not written. Answers to the caller: no status is due.

use crate::error::{Code, Error, Fault};

const fn refused(code: Code, rule: &'static str, reason: &'static str) -> Fault {
    Fault::new(code, 0, rule, reason)
}

pub(super) static NAME: Fault = refused(Code::FieldName, "H1-GEN-02", "A field name is not a token");
pub(super) static VALUE: Fault = refused(Code::FieldValue, "H1-GEN-01", "A field value holds a control");
pub(super) static REASON: Fault = refused(Code::FieldValue, "H1-GEN-01", "A reason phrase holds a control");
pub(super) static METHOD: Fault = refused(Code::RequestLine, "H1-GEN-02", "A method is not a token");
pub(super) static STATUS: Fault = refused(Code::Argument, "H1-GEN-08", "A status is not within 100 to 599");
pub(super) static FRAMING: Fault = refused(
    Code::AmbiguousFraming,
    "H1-GEN-03",
    "Content-Length and Transfer-Encoding are malformed, repeated or contradict each other",
);
pub(super) static NO_CONTENT: Fault =
    refused(Code::State, "H1-BODY-08", "A response with this status has neither Content-Length nor Transfer-Encoding");
pub(super) static COMPANION: Fault =
    refused(Code::State, "H1-GEN-11", "A response with this status needs a field that is missing");
pub(super) static HOST: Fault = refused(Code::Host, "H1-TGT-15", "A request carries exactly one well-formed Host");
pub(super) static TRAILER: Fault = refused(Code::Trailer, "H1-TRAIL-04", "A field is not allowed in a trailer section");
static ROOM: Fault = refused(Code::Buffer, "", "The output buffer is too small; the offset is the size needed");

/// The error of an output buffer that is too small for `needed` octets.
pub(super) const fn no_room(needed: usize) -> Error {
    ROOM.at(needed as u64)
}
