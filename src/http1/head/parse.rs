//! The three entry points (request head, response head, trailer section) and what they share.

use core::marker::PhantomData;

use super::fast_section::{FastSection, FramingFields};
use super::leaf::{self, Leaf, Pass};
use super::section::{self, Section};
use super::start::StartLine;
use super::trailers::NoLine;
use super::walk::{Rules, Walk};
use super::{FieldSink, RequestHead, ResponseHead, Scan, request, response};
use crate::error::Error;
use crate::guard::HeadLimits;
use crate::narrow::place;

/// Parses a request head at the start of `input` (RFC 9112 §2, §3, §5).
///
/// `None` means that more input is needed: call again with the same octets (possibly moved) and more after them, the
/// same `scan` and the same `sink`. Octets are not read twice, so the cost and the result do not depend on cuts.
/// Whatever the limits, a line has at most 65,535 octets and a part of a head at most 1 GiB. Never allocates.
///
/// # Errors
///
/// At the first octet after which `input` cannot become a request head, as soon as it arrives. `scan` stores the error.
#[inline]
pub fn parse_request<S: FieldSink>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<RequestHead>, Error> {
    parse::<request::Line, S>(input, scan, limits, sink)
}

/// Parses a response head at the start of `input` (RFC 9112 §2, §4, §5), like [`parse_request`].
///
/// A value with an obs-fold is marked [`Field::FOLDED`](super::Field::FOLDED) and left as received. A field is complete
/// only when the octet after its line has arrived.
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
    parse::<response::Line, S>(input, scan, limits, sink)
}

/// Parses a trailer section at the start of `input` (RFC 9112 §7.1.2), like [`parse_request`]. Returns its length,
/// including the empty line, and the number of fields.
///
/// # Errors
///
/// As [`parse_request`]; all syntax errors have the code `Trailer` (H1-TRAIL-02).
#[inline]
pub fn parse_trailers<S: FieldSink>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<usize>, Error> {
    Ok(parse::<NoLine, S>(input, scan, limits, sink)?.map(|(len, _)| len))
}

/// The fast way, then the full way.
#[inline(always)]
fn parse<T: StartLine, S: FieldSink>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<T::Head>, Error> {
    if scan.is_fresh()
        && T::suits(limits.target)
        && let Some(head) = leaf::dispatch(FastPass::<T, S>(Task::new(input, scan, limits, sink)))
    {
        return Ok(Some(head));
    }
    leaf::dispatch(FullPass::<T, S>(Task::new(input, scan, limits, sink)))
}

/// The arguments of a pass.
pub(super) struct Task<'a, T, S> {
    input: &'a [u8],
    scan: &'a mut Scan,
    limits: &'a HeadLimits,
    sink: &'a mut S,
    start_line: PhantomData<T>,
}

impl<'a, T, S> Task<'a, T, S> {
    #[inline(always)]
    pub fn new(input: &'a [u8], scan: &'a mut Scan, limits: &'a HeadLimits, sink: &'a mut S) -> Self {
        Self { input, scan, limits, sink, start_line: PhantomData }
    }
}

/// [`parse_fast`] by a leaf.
pub(super) struct FastPass<'a, T, S>(pub Task<'a, T, S>);

impl<T: StartLine, S: FieldSink> Pass for FastPass<'_, T, S> {
    type Output = Option<T::Head>;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> Self::Output {
        parse_fast::<L, T, S>(leaf, self.0.input, self.0.scan, self.0.limits, self.0.sink)
    }
}

/// [`parse_full`] by a leaf.
pub(super) struct FullPass<'a, T, S>(pub Task<'a, T, S>);

impl<T: StartLine, S: FieldSink> Pass for FullPass<'_, T, S> {
    type Output = Result<Option<T::Head>, Error>;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> Self::Output {
        parse_full::<L, T, S>(leaf, self.0.input, self.0.scan, self.0.limits, self.0.sink)
    }
}

/// The fast way: a fresh scan, and a complete, valid head. Otherwise returns `None` and stores the progress in `scan`,
/// from which [`parse_full`] continues. For a complete head, `scan` is not written.
#[inline(always)]
fn parse_fast<L: Leaf, T: StartLine, S: FieldSink>(
    leaf: L,
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Option<T::Head> {
    // A head this short exceeds no limit on lines and sections.
    let window = Rules::of(limits, 0).window();
    let input = input.get(..window).unwrap_or(input);
    // Shorter heads are rarely complete, and their blocks would need separate code.
    input.first_chunk::<32>()?;
    let line = T::line_fast(leaf, input, limits)?;
    let mut framing_fields = FramingFields::new();
    let mut section =
        FastSection::<L, T, S>::new(leaf, input, line.len(), limits.fields_max, sink, &mut framing_fields);
    let end = section.run();
    let (at, count) = (section.line(), limits.fields_max - section.room());
    let Some(end) = end else {
        line.save(scan);
        (scan.pos, scan.line, scan.count) = (place(at), place(at), count);
        framing_fields.save(scan, input);
        return None;
    };
    Some(line.head(end, count, framing_fields.summary(input)))
}

/// The full way: errors, limits, heads in pieces.
#[inline(always)]
fn parse_full<L: Leaf, T: StartLine, S: FieldSink>(
    leaf: L,
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<T::Head>, Error> {
    if !resume::<T>(input, scan, limits)? || section::resume_fast(leaf, input, scan, limits) {
        return Ok(None);
    }
    let mut summary = scan.summary;
    let rules = Rules::of(limits, scan.section as usize);
    let mut section = Section::<L, T, S>::new(leaf, input, rules, Walk::of(scan), sink, &mut summary);
    let outcome = section.run();
    let walk = *section.walk();
    match outcome {
        Ok(Some(len)) => {
            let line = T::of(scan);
            *scan = Scan::FRESH;
            Ok(Some(line.head(len, walk.count, summary)))
        }
        Ok(None) => {
            walk.save(scan);
            scan.summary = summary;
            Ok(None)
        }
        Err(error) => Err(scan.poison(T::error(error))),
    }
}

/// Continues the start line when it comes in pieces; fails with the stored error if there is one.
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
