//! The verdict on a head: where its content ends, and whether the connection outlives it (RFC 9112 §6.3, §9.3).
//!
//! The parser gathers facts in a [`Summary`], whatever the order of the fields; here they are judged, in the order of the
//! protocol ledger: Transfer-Encoding, Content-Length, the limit on content, CONNECT.
//!
//! Offsets of errors are those of [`Summary::fault`]: the first value at fault, 0 where it is the fields together that are.

use core::ffi::CStr;

use super::head::Summary;
use crate::error::{Code, Error, Fault};

const fn fault(code: Code, status: u16, rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(code, status, rule, reason)
}

static TE_AND_LENGTH: Fault =
    fault(Code::AmbiguousFraming, 400, c"H1-TE-01", c"Content-Length and Transfer-Encoding are both present");
static TE_NOT_CHUNKED: Fault =
    fault(Code::TransferEncoding, 400, c"H1-TE-05", c"The final transfer coding of a request is not chunked");
static TE_UNSUPPORTED: Fault =
    fault(Code::TransferEncoding, 501, c"H1-TE-06", c"A transfer coding other than chunked is not supported");
static TE_AGAIN: Fault = fault(Code::TransferEncoding, 400, c"H1-TE-07", c"The coding chunked is named twice");
static TE_INVALID: Fault = fault(Code::TransferEncoding, 400, c"H1-TE-09", c"Transfer-Encoding is malformed");
static TE_IN_1_0: Fault =
    fault(Code::TransferEncoding, 400, c"H1-TE-11", c"An HTTP/1.0 message has a Transfer-Encoding");
static LENGTH_INVALID: Fault = fault(Code::ContentLength, 400, c"H1-CL-01", c"Content-Length is not a length");
static LENGTH_DIFFERS: Fault = fault(Code::ContentLength, 400, c"H1-CL-04", c"Two Content-Lengths differ");
static LENGTH_REPEATED: Fault =
    fault(Code::ContentLength, 400, c"H1-CL-05", c"A request says its Content-Length twice");
static TOO_LARGE: Fault = fault(Code::TooLarge, 413, c"H1-LIM-06", c"The content is longer than allowed");
static CONNECT: Fault = fault(Code::Upgrade, 400, c"H1-UPG-09", c"A CONNECT request has content");

/// Where the content of a message ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyLength {
    /// At the empty line: there is none.
    None,
    /// After so many octets, possibly 0.
    Length(u64),
    /// After the trailer section of chunked framing.
    Chunked,
    /// With the connection; responses only.
    UntilClose,
    /// Never: a tunnel begins at the empty line; responses to CONNECT only.
    Tunnel,
}

/// What of the verdict on a request is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestRules {
    /// The longest content that may be declared, in octets.
    pub body_max: u64,
    /// Leniency: admits Content-Length beside a chunked Transfer-Encoding, which then frames alone; the connection does not
    /// outlive the response (H1-TE-03). Reopens request smuggling past a proxy that goes by the other field.
    pub admit_length_with_te: bool,
}

/// The request a response answers, as far as framing depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnsweredMethod {
    /// HEAD.
    Head,
    /// CONNECT.
    Connect,
    /// Any other.
    Other,
}

/// Where the content of a request ends (H1-TE-*, H1-CL-*, H1-LIM-06, H1-BODY-01, H1-UPG-09).
///
/// `minor` is that of the version, `connect` whether the method is CONNECT. The answer is `None`, `Length` or `Chunked`.
#[inline]
pub fn request_framing(summary: &Summary, minor: u8, connect: bool, rules: &RequestRules) -> Result<BodyLength, Error> {
    if has(summary, Summary::LENGTH | Summary::TE) {
        return declared_framing(summary, minor, connect, rules);
    }
    Ok(BodyLength::None)
}

/// [`request_framing`] where the head says something of it.
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

/// Where the content of a response ends (H1-BODY-02 to -06, H1-TE-04, -05, -07, -10, -11, H1-CL-*).
pub fn response_framing(
    summary: &Summary,
    minor: u8,
    status: u16,
    answered: AnsweredMethod,
) -> Result<BodyLength, Error> {
    match (answered, status) {
        (AnsweredMethod::Connect, 200..=299) => Ok(BodyLength::Tunnel),
        (AnsweredMethod::Head, _) | (_, 100..=199 | 204 | 304) => Ok(BodyLength::None),
        _ if has(summary, Summary::TE) => response_coding(summary, minor),
        _ => Ok(declared_length(summary, &[INVALID, DIFFERS])?.map_or(BodyLength::UntilClose, BodyLength::Length)),
    }
}

/// Whether the connection may carry another message after this one (H1-CONN-01, H1-TE-03, -04). A response that lasts
/// [`BodyLength::UntilClose`] ends it besides.
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

/// Fails by the first of `rules` whose flag is set.
fn hold(summary: &Summary, rules: &[Rule]) -> Result<(), Error> {
    let broken = rules.iter().find(|(flag, _)| has(summary, *flag));
    broken.map_or(Ok(()), |(_, fault)| Err(fault.at(u64::from(summary.fault))))
}

fn declared_length(summary: &Summary, rules: &[Rule]) -> Result<Option<u64>, Error> {
    hold(summary, rules)?;
    Ok(has(summary, Summary::LENGTH).then_some(summary.content_length))
}

/// Accepts exactly `chunked`.
fn request_coding(summary: &Summary, minor: u8, rules: &RequestRules) -> Result<(), Error> {
    if minor == 0 {
        return Err(TE_IN_1_0.at(0));
    }
    hold(summary, &[MALFORMED])?;
    if !has(summary, Summary::TE_CHUNKED) {
        return Err(TE_NOT_CHUNKED.at(u64::from(summary.fault)));
    }
    hold(summary, &[(Summary::TE_CHUNKED_AGAIN, &TE_AGAIN), (Summary::TE_OTHER, &TE_UNSUPPORTED)])?;
    if has(summary, Summary::LENGTH) && !rules.admit_length_with_te {
        return Err(TE_AND_LENGTH.at(0));
    }
    hold(summary, &[INVALID, DIFFERS, REPEATED])
}

/// A coding that is not chunked at the end leaves nothing but the close to end the content, and is left to the application.
fn response_coding(summary: &Summary, minor: u8) -> Result<BodyLength, Error> {
    if minor == 0 {
        return Err(TE_IN_1_0.at(0));
    }
    hold(summary, &[MALFORMED])?;
    if !has(summary, Summary::TE_CHUNKED) {
        return Ok(BodyLength::UntilClose);
    }
    hold(summary, &[(Summary::TE_CHUNKED_AGAIN, &TE_AGAIN)])?;
    Ok(BodyLength::Chunked)
}
