//! The three entries (a request head, a response head, a trailer section) and the course they share.

use core::marker::PhantomData;

use super::leaf::{self, Leaf, Pass};
use super::quick::{Notes, Quick};
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
    parse::<request::Line, S>(input, scan, limits, sink)
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
    parse::<response::Line, S>(input, scan, limits, sink)
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
    Ok(parse::<NoLine, S>(input, scan, limits, sink)?.map(|(len, _)| len))
}

/// Both ways in turn.
#[inline(always)]
fn parse<T: StartLine, S: FieldSink>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<T::Head>, Error> {
    if scan.is_fresh()
        && T::suits(limits.target)
        && let Some(head) = leaf::dispatch(QuickPass::<T, S>(Task::new(input, scan, limits, sink)))
    {
        return Ok(Some(head));
    }
    leaf::dispatch(ThoroughPass::<T, S>(Task::new(input, scan, limits, sink)))
}

/// What a pass needs.
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

/// [`quick`]
pub(super) struct QuickPass<'a, T, S>(pub Task<'a, T, S>);

impl<T: StartLine, S: FieldSink> Pass for QuickPass<'_, T, S> {
    type Output = Option<T::Head>;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> Self::Output {
        quick::<L, T, S>(leaf, self.0.input, self.0.scan, self.0.limits, self.0.sink)
    }
}

/// [`thorough`]
pub(super) struct ThoroughPass<'a, T, S>(pub Task<'a, T, S>);

impl<T: StartLine, S: FieldSink> Pass for ThoroughPass<'_, T, S> {
    type Output = Result<Option<T::Head>, Error>;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> Self::Output {
        thorough::<L, T, S>(leaf, self.0.input, self.0.scan, self.0.limits, self.0.sink)
    }
}

/// The way of nearly every head: a fresh scan, and the head is whole and well. On any other it returns `None`, having
/// left in `scan` how far it came, and [`thorough`] goes on from there. Of a head that is whole, `scan` is never written.
#[inline(always)]
fn quick<L: Leaf, T: StartLine, S: FieldSink>(
    leaf: L,
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Option<T::Head> {
    // A head this short crosses no limit on lines and sections.
    let window = Rules::of(limits, 0).window();
    let input = input.get(..window).unwrap_or(input);
    // Shorter ones are hardly ever whole, and blocks of them would need a way of their own.
    input.first_chunk::<32>()?;
    let line = T::whole(leaf, input, limits)?;
    let mut notes = Notes::new();
    let mut quick = Quick::<L, T, S>::new(leaf, input, line.len(), limits.fields_max, sink, &mut notes);
    let end = quick.run();
    let (at, count) = (quick.line(), limits.fields_max - quick.room());
    let Some(end) = end else {
        line.keep(scan);
        (scan.pos, scan.line, scan.count) = (place(at), place(at), count);
        notes.keep(scan, input);
        return None;
    };
    Some(line.head(end, count, notes.summary(input)))
}

/// The way of every head: errors, limits, heads in pieces.
#[inline(always)]
fn thorough<L: Leaf, T: StartLine, S: FieldSink>(
    leaf: L,
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
) -> Result<Option<T::Head>, Error> {
    if !resume::<T>(input, scan, limits)? || section::goes_on(leaf, input, scan, limits) {
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
            walk.keep(scan);
            scan.summary = summary;
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
