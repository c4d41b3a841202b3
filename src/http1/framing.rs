//! Framing of a message: where its content ends, and whether the connection persists (RFC 9112 §6.3, §9.3).
//!
//! The parser collects facts in a [`Summary`], in any field order. The rules here check them in the ledger's order:
//! Transfer-Encoding, Content-Length, the content limit, CONNECT.
//!
//! The offset of an error is [`Summary::fault`]: the first offending value, or 0 if only the combination is wrong.

use core::ffi::CStr;

use super::head::Summary;
use crate::error::{Code, Error, Fault};

const fn fault(code: Code, status: u16, rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(code, status, rule, reason)
}

static TE_AND_LENGTH: Fault =
    fault(Code::AmbiguousFraming, 400, c"H1-TE-01", c"Content-Length and Transfer-Encoding are both present");
static TE_NOT_CHUNKED: Fault =
    fault(Code::TransferEncoding, 400, c"H1-TE-05", c"the final transfer coding of a request is not chunked");
static TE_UNSUPPORTED: Fault =
    fault(Code::TransferEncoding, 501, c"H1-TE-06", c"a transfer coding other than chunked is not supported");
static TE_AGAIN: Fault = fault(Code::TransferEncoding, 400, c"H1-TE-07", c"the coding chunked is named twice");
static TE_INVALID: Fault = fault(Code::TransferEncoding, 400, c"H1-TE-09", c"Transfer-Encoding is malformed");
static TE_IN_1_0: Fault =
    fault(Code::TransferEncoding, 400, c"H1-TE-11", c"an HTTP/1.0 message has a Transfer-Encoding");
static LENGTH_INVALID: Fault = fault(Code::ContentLength, 400, c"H1-CL-01", c"Content-Length is not a length");
static LENGTH_DIFFERS: Fault = fault(Code::ContentLength, 400, c"H1-CL-04", c"two Content-Lengths differ");
static LENGTH_REPEATED: Fault = fault(Code::ContentLength, 400, c"H1-CL-05", c"a request has two Content-Lengths");
static TOO_LARGE: Fault = fault(Code::TooLarge, 413, c"H1-LIM-06", c"the content is longer than allowed");
static CONNECT: Fault = fault(Code::Upgrade, 400, c"H1-UPG-09", c"a CONNECT request has content");

/// Where the content of a message ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyLength {
    /// No content.
    None,
    /// After this many octets, possibly 0.
    Length(u64),
    /// After the trailer section of chunked framing.
    Chunked,
    /// With the connection. Only responses.
    UntilClose,
    /// Never: a tunnel begins at the empty line. Only responses to CONNECT.
    Tunnel,
}

/// Configuration of [`request_framing`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestRules {
    /// Maximum declared content, in octets.
    pub body_max: u64,
    /// Leniency: accept Content-Length beside a chunked Transfer-Encoding. Transfer-Encoding wins, and the connection
    /// closes after the response (H1-TE-03). Reopens request smuggling through a proxy that uses Content-Length.
    pub admit_length_with_te: bool,
}

/// The method of the request, as far as it affects the framing of the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestMethod {
    /// HEAD.
    Head,
    /// CONNECT.
    Connect,
    /// Any other.
    Other,
}

/// The framing of a request (H1-TE-*, H1-CL-*, H1-LIM-06, H1-BODY-01, H1-UPG-09).
///
/// `minor` is the minor version; `connect` means that the method is CONNECT. Returns `None`, `Length` or `Chunked`.
#[inline]
pub fn request_framing(summary: &Summary, minor: u8, connect: bool, rules: &RequestRules) -> Result<BodyLength, Error> {
    if has(summary, Summary::LENGTH | Summary::TE) {
        return declared_framing(summary, minor, connect, rules);
    }
    Ok(BodyLength::None)
}

/// [`request_framing`] for a head with framing fields.
fn declared_framing(summary: &Summary, minor: u8, connect: bool, rules: &RequestRules) -> Result<BodyLength, Error> {
    let body = if has(summary, Summary::TE) {
        request_coding(summary, minor, rules)?;
        BodyLength::Chunked
    } else {
        declared_length(summary, &[INVALID, DIFFERS, REPEATED])?.map_or(BodyLength::None, BodyLength::Length)
    };
    match body {
        BodyLength::Length(length) if length > rules.body_max => Err(TOO_LARGE.at(0)),
        BodyLength::Length(1..) | BodyLength::Chunked if connect => Err(CONNECT.at(0)),
        _ => Ok(body),
    }
}

/// The framing of a response (H1-BODY-02 to -06, H1-TE-04, -05, -07, -10, -11, H1-CL-*).
pub fn response_framing(
    summary: &Summary,
    minor: u8,
    status: u16,
    request: RequestMethod,
) -> Result<BodyLength, Error> {
    match (request, status) {
        (RequestMethod::Connect, 200..=299) => Ok(BodyLength::Tunnel),
        (RequestMethod::Head, _) | (_, 100..=199 | 204 | 304) => Ok(BodyLength::None),
        _ if has(summary, Summary::TE) => response_coding(summary, minor),
        _ => Ok(declared_length(summary, &[INVALID, DIFFERS])?.map_or(BodyLength::UntilClose, BodyLength::Length)),
    }
}

/// Whether another message may follow on the connection (H1-CONN-01, H1-TE-03, -04). A response with
/// [`BodyLength::UntilClose`] ends the connection as well.
#[inline]
pub fn persistence(summary: &Summary, minor: u8) -> bool {
    let ambiguous = has(summary, Summary::TE) && has(summary, Summary::LENGTH);
    let closes = has(summary, Summary::CLOSE);
    !closes && !ambiguous && (minor >= 1 || has(summary, Summary::KEEP_ALIVE))
}

type Rule = (u32, &'static Fault);

const INVALID: Rule = (Summary::LENGTH_INVALID, &LENGTH_INVALID);
const DIFFERS: Rule = (Summary::LENGTH_DIFFERS, &LENGTH_DIFFERS);
const REPEATED: Rule = (Summary::LENGTH_REPEATED, &LENGTH_REPEATED);
const MALFORMED: Rule = (Summary::TE_INVALID, &TE_INVALID);

fn has(summary: &Summary, flag: u32) -> bool {
    summary.flags & flag != 0
}

/// Fails with the first of `rules` whose flag is set.
fn check(summary: &Summary, rules: &[Rule]) -> Result<(), Error> {
    let broken = rules.iter().find(|(flag, _)| has(summary, *flag));
    broken.map_or(Ok(()), |(_, fault)| Err(fault.at(u64::from(summary.fault))))
}

fn declared_length(summary: &Summary, rules: &[Rule]) -> Result<Option<u64>, Error> {
    check(summary, rules)?;
    Ok(has(summary, Summary::LENGTH).then_some(summary.content_length))
}

/// Accepts exactly `chunked`.
fn request_coding(summary: &Summary, minor: u8, rules: &RequestRules) -> Result<(), Error> {
    if minor == 0 {
        return Err(TE_IN_1_0.at(0));
    }
    check(summary, &[MALFORMED])?;
    if !has(summary, Summary::TE_CHUNKED) {
        return Err(TE_NOT_CHUNKED.at(u64::from(summary.fault)));
    }
    check(summary, &[(Summary::TE_CHUNKED_AGAIN, &TE_AGAIN), (Summary::TE_OTHER, &TE_UNSUPPORTED)])?;
    if has(summary, Summary::LENGTH) && !rules.admit_length_with_te {
        return Err(TE_AND_LENGTH.at(0));
    }
    check(summary, &[INVALID, DIFFERS, REPEATED])
}

/// If the final coding is not chunked, only the close ends the content; decoding is the application's.
fn response_coding(summary: &Summary, minor: u8) -> Result<BodyLength, Error> {
    if minor == 0 {
        return Err(TE_IN_1_0.at(0));
    }
    check(summary, &[MALFORMED])?;
    if !has(summary, Summary::TE_CHUNKED) {
        return Ok(BodyLength::UntilClose);
    }
    check(summary, &[(Summary::TE_CHUNKED_AGAIN, &TE_AGAIN)])?;
    Ok(BodyLength::Chunked)
}
