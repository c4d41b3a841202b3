//! The three entries (a request head, a response head, a trailer section) and the course they share.

use super::leaf::{self, Leaf, Pass};
use super::section::{self, Section};
use super::start::StartLine;
use super::walk::{Rules, Walk};
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
    leaf::dispatch(RequestPass { input, scan, limits, sink })
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
    leaf::dispatch(ResponsePass { input, scan, limits, sink })
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
    leaf::dispatch(TrailersPass { input, scan, limits, sink })
}

/// [`parse_request`] with a leaf of choice.
pub(super) struct RequestPass<'a, S> {
    pub input: &'a [u8],
    pub scan: &'a mut Scan,
    pub limits: &'a HeadLimits,
    pub sink: &'a mut S,
}

impl<S: FieldSink> Pass for RequestPass<'_, S> {
    type Output = Result<Option<RequestHead>, Error>;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> Self::Output {
        request_with(leaf, self.input, self.scan, self.limits, self.sink)
    }
}

/// [`parse_response`] with a leaf of choice.
pub(super) struct ResponsePass<'a, S> {
    pub input: &'a [u8],
    pub scan: &'a mut Scan,
    pub limits: &'a HeadLimits,
    pub sink: &'a mut S,
}

impl<S: FieldSink> Pass for ResponsePass<'_, S> {
    type Output = Result<Option<ResponseHead>, Error>;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> Self::Output {
        response_with(leaf, self.input, self.scan, self.limits, self.sink)
    }
}

/// [`parse_trailers`] with a leaf of choice.
pub(super) struct TrailersPass<'a, S> {
    pub input: &'a [u8],
    pub scan: &'a mut Scan,
    pub limits: &'a HeadLimits,
    pub sink: &'a mut S,
}

impl<S: FieldSink> Pass for TrailersPass<'_, S> {
    type Output = Result<Option<usize>, Error>;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> Self::Output {
        Ok(trailers_with(leaf, self.input, self.scan, self.limits, self.sink)?.map(|(len, _)| len))
    }
}

/// [`parse_request`] with a leaf, for a pass of its own: what is done with the head is then compiled together with it.
#[inline(always)]
pub(crate) fn request_with<L: Leaf, S: FieldSink>(
    leaf: L,
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<RequestHead>, Error> {
    let parsed = parse::<L, request::Line, S>(leaf, input, scan, limits, sink)?;
    Ok(parsed.map(|parsed| RequestHead::new(parsed.line, parsed.len, parsed.fields, parsed.summary)))
}

/// As [`request_with`].
#[inline(always)]
pub(crate) fn response_with<L: Leaf, S: FieldSink>(
    leaf: L,
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<ResponseHead>, Error> {
    let parsed = parse::<L, response::Line, S>(leaf, input, scan, limits, sink)?;
    Ok(parsed.map(|parsed| ResponseHead::new(parsed.line, parsed.len, parsed.fields, parsed.summary)))
}

/// As [`request_with`]: octets and fields.
#[inline(always)]
pub(crate) fn trailers_with<L: Leaf, S: FieldSink>(
    leaf: L,
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<(usize, u32)>, Error> {
    let parsed = parse::<L, trailers::NoLine, S>(leaf, input, scan, limits, sink)?;
    Ok(parsed.map(|parsed| (parsed.len, parsed.fields)))
}

/// What a start line of type `T` and the fields after it came to.
struct Parsed<T> {
    line: T,
    len: usize,
    fields: u32,
    summary: Summary,
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
    let (line, start, walk, mut summary) = match whole {
        Some(line) => (line, line.len(), Walk::at(line.len()), Summary::default()),
        None => {
            if !resume::<T>(input, scan, limits)? || section::goes_on(leaf, input, scan, limits) {
                return Ok(None);
            }
            (T::of(scan), scan.section as usize, Walk::of(scan), scan.summary)
        }
    };
    let rules = Rules::of(limits, start);
    let mut section = Section::<L, T, S>::new(leaf, input, rules, walk, sink, &mut summary);
    let outcome = section.run();
    let walk = *section.walk();
    match outcome {
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
