//! The three entries (a request head, a response head, a trailer section) and the course they share.

use core::marker::PhantomData;

use super::leaf::{self, Leaf, Pass};
use super::section::{self, Rules, Walk};
use super::start::StartLine;
use super::{FieldSink, RequestHead, ResponseHead, Scan, Summary, request, response, trailers};
use crate::error::Error;
use crate::guard::HeadLimits;

/// Parses a request head at the start of `input` (RFC 9112 §2, §3, §5).
///
/// `None` asks for more: call again with the same octets (they may lie elsewhere) and more after them, the same `scan`
/// and the same `sink`. What was seen is not looked at again, so a head costs the same in one piece or a thousand, and
/// the result does not depend on the cuts. No line may be longer than 65,535 octets and no part of a head than 1 GiB,
/// whatever the limits say. Never allocates.
///
/// # Errors
///
/// At the first octet with which `input` can no longer become a request head, at once; `scan` keeps the error.
#[inline]
pub fn parse_request<S: FieldSink>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<RequestHead>, Error> {
    parse_request_then(input, scan, limits, sink, |head| head)
}

/// Parses a response head at the start of `input` (RFC 9112 §2, §4, §5), as [`parse_request`] does.
///
/// A value with an obs-fold is marked [`Field::FOLDED`](super::Field::FOLDED) and comes as it was received. A field is
/// complete only when the octet after its line is there.
///
/// # Errors
///
/// As [`parse_request`].
#[inline]
pub fn parse_response<S: FieldSink>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<ResponseHead>, Error> {
    parse_response_then(input, scan, limits, sink, |head| head)
}

/// Parses a trailer section at the start of `input` (RFC 9112 §7.1.2), as [`parse_request`] does; yields its octets, the
/// empty line included.
///
/// # Errors
///
/// As [`parse_request`]; whatever is malformed is of the code `Trailer` (H1-TRAIL-02).
#[inline]
pub fn parse_trailers<S: FieldSink>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<usize>, Error> {
    parse_trailers_then(input, scan, limits, sink, |section| section.map(|section| section.map(|(len, _)| len)))
}

/// [`parse_request`] and what is done with the head: compiled together with the leaf, so the head stays in registers.
#[inline(always)]
pub(crate) fn parse_request_then<S: FieldSink, R>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: S,
    then: impl FnOnce(Result<Option<RequestHead>, Error>) -> R,
) -> R {
    let then = |parsed: Result<_, _>| then(parsed.map(|parsed: Option<_>| parsed.map(Parsed::request)));
    leaf::dispatch(Head::new(input, scan, limits, sink, then))
}

/// [`parse_response`] in the way of [`parse_request_then`].
#[inline(always)]
pub(crate) fn parse_response_then<S: FieldSink, R>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: S,
    then: impl FnOnce(Result<Option<ResponseHead>, Error>) -> R,
) -> R {
    let then = |parsed: Result<_, _>| then(parsed.map(|parsed: Option<_>| parsed.map(Parsed::response)));
    leaf::dispatch(Head::new(input, scan, limits, sink, then))
}

/// [`parse_trailers`] in the way of [`parse_request_then`]: octets and fields.
#[inline(always)]
pub(crate) fn parse_trailers_then<S: FieldSink, R>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: S,
    then: impl FnOnce(Result<Option<(usize, u32)>, Error>) -> R,
) -> R {
    let then = |parsed: Result<_, _>| then(parsed.map(|parsed: Option<_>| parsed.map(Parsed::trailers)));
    leaf::dispatch(Head::new(input, scan, limits, sink, then))
}

/// What a start line of type `T` and the fields after it came to.
pub(super) struct Parsed<T> {
    line: T,
    len: usize,
    fields: u32,
    summary: Summary,
}

impl Parsed<request::Line> {
    #[inline(always)]
    pub fn request(self) -> RequestHead {
        RequestHead::new(self.line, self.len, self.fields, self.summary)
    }
}

impl Parsed<response::Line> {
    #[inline(always)]
    pub fn response(self) -> ResponseHead {
        ResponseHead::new(self.line, self.len, self.fields, self.summary)
    }
}

impl Parsed<trailers::NoLine> {
    #[inline(always)]
    pub fn trailers(self) -> (usize, u32) {
        (self.len, self.fields)
    }
}

/// The parsing of one head, to be run with a leaf.
pub(super) struct Head<'a, T, S, F> {
    input: &'a [u8],
    scan: &'a mut Scan,
    limits: &'a HeadLimits,
    sink: S,
    then: F,
    line: PhantomData<T>,
}

impl<'a, T, S, F> Head<'a, T, S, F> {
    #[inline(always)]
    pub fn new(input: &'a [u8], scan: &'a mut Scan, limits: &'a HeadLimits, sink: S, then: F) -> Self {
        Self { input, scan, limits, sink, then, line: PhantomData }
    }
}

impl<T: StartLine, S: FieldSink, R, F> Pass for Head<'_, T, S, F>
where
    F: FnOnce(Result<Option<Parsed<T>>, Error>) -> R,
{
    type Output = R;

    #[inline(always)]
    fn run<L: Leaf>(mut self, leaf: L) -> R {
        (self.then)(parse::<L, T, S>(leaf, self.input, self.scan, self.limits, &mut self.sink))
    }
}

/// The course of every head. The scan is written only when input is missing: a head in one piece leaves it as it was.
#[inline(always)]
fn parse<L: Leaf, T: StartLine, S: FieldSink>(
    leaf: L,
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<Parsed<T>>, Error> {
    let whole = if scan.is_fresh() { T::whole(leaf, input, limits) } else { None };
    let (line, mut walk, mut summary) = match whole {
        Some(line) => (line, Walk::at(line.len()), Summary::default()),
        None => {
            if !resume::<T>(input, scan, limits)? {
                return Ok(None);
            }
            (T::of(scan), Walk::of(scan), scan.summary)
        }
    };
    let rules = Rules::of(limits, if whole.is_some() { line.len() } else { scan.section as usize });
    match section::fields::<L, T, S>(leaf, input, &mut walk, &rules, sink, &mut summary) {
        Ok(Some(len)) => {
            if whole.is_none() {
                *scan = Scan::FRESH;
            }
            Ok(Some(Parsed { line, len, fields: walk.count, summary: walk.complete(summary) }))
        }
        Ok(None) => {
            if whole.is_some() {
                line.keep(scan);
            }
            walk.keep(scan);
            scan.summary = walk.complete(summary);
            Ok(None)
        }
        Err(error) => Err(scan.poison(T::error(error))),
    }
}

/// The start line when it came in pieces, and the error when there was one.
#[inline(always)]
fn resume<T: StartLine>(input: &[u8], scan: &mut Scan, limits: &HeadLimits) -> Result<bool, Error> {
    if scan.in_fields() {
        return Ok(true);
    }
    match scan.error() {
        Some(error) => Err(error),
        None => T::resume(input, scan, limits).map_err(|error| scan.poison(error)),
    }
}
