//! Parsing a head into the caller's storage, within the pass, so that it is written from registers.

use super::leaf::{self, Leaf, Pass};
#[cfg(feature = "capi")]
use super::parse::FullPass;
use super::parse::{FastPass, Task};
use super::start::StartLine;
use super::{FieldSink, RequestHead, Scan, request};
#[cfg(feature = "capi")]
use crate::error::Error;
use crate::guard::HeadLimits;

/// Storage for a head.
pub(crate) trait HeadPlace<H> {
    /// Stores the head.
    fn put(&mut self, head: H);
}

impl<H> HeadPlace<H> for H {
    #[inline(always)]
    fn put(&mut self, head: H) {
        *self = head;
    }
}

/// The fast way of [`parse_request`](super::parse_request), into `head`, for a fresh `scan`: `false` if the head is not
/// complete and valid. Then `head` is unchanged and `scan` has the progress, for `parse_request` to continue.
#[inline(always)]
pub fn parse_request_fast<S: FieldSink>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
    head: &mut RequestHead,
) -> bool {
    request::Line::suits(limits.target)
        && leaf::dispatch(FastIntoPass(FastPass(Task::<request::Line, S>::new(input, scan, limits, sink)), head))
}

/// Like [`parse_request`](super::parse_request), into a place; `false` means that more input is needed. `room` in
/// `sink` is one more limit on the number of fields.
#[cfg(feature = "capi")]
#[inline(always)]
pub(crate) fn parse_into<T: StartLine, S: FieldSink, P: HeadPlace<T::Head>>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    room: u32,
    sink: &mut S,
    place: &mut P,
) -> Result<bool, Error> {
    if scan.is_fresh()
        && T::suits(limits.target)
        && leaf::dispatch(FastIntoPass(FastPass(Task::<T, S>::new(input, scan, limits, sink)), place))
    {
        return Ok(true);
    }
    let limits = HeadLimits { fields_max: limits.fields_max.min(room), ..*limits };
    leaf::dispatch(FullIntoPass(FullPass(Task::<T, S>::new(input, scan, &limits, sink)), place))
}

/// The fast way, into a place.
struct FastIntoPass<'a, T, S, P>(FastPass<'a, T, S>, &'a mut P);

impl<T: StartLine, S: FieldSink, P: HeadPlace<T::Head>> Pass for FastIntoPass<'_, T, S, P> {
    type Output = bool;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> bool {
        let Self(pass, place) = self;
        match pass.run(leaf) {
            Some(head) => {
                place.put(head);
                true
            }
            None => false,
        }
    }
}

/// The full way, into a place.
#[cfg(feature = "capi")]
struct FullIntoPass<'a, T, S, P>(FullPass<'a, T, S>, &'a mut P);

#[cfg(feature = "capi")]
impl<T: StartLine, S: FieldSink, P: HeadPlace<T::Head>> Pass for FullIntoPass<'_, T, S, P> {
    type Output = Result<bool, Error>;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> Self::Output {
        let Self(pass, place) = self;
        match pass.run(leaf)? {
            Some(head) => {
                place.put(head);
                Ok(true)
            }
            None => Ok(false),
        }
    }
}
