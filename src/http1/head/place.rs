//! Heads put where their caller has them, within the pass that finds them, so that they are written out of registers.

use super::leaf::{self, Leaf, Pass};
#[cfg(feature = "capi")]
use super::parse::ThoroughPass;
use super::parse::{QuickPass, Task};
use super::start::StartLine;
use super::{FieldSink, RequestHead, Scan, request};
#[cfg(feature = "capi")]
use crate::error::Error;
use crate::guard::HeadLimits;

/// Where a head goes.
pub(crate) trait HeadPlace<H> {
    /// Takes the head of a call.
    fn put(&mut self, head: H);
}

impl<H> HeadPlace<H> for H {
    #[inline(always)]
    fn put(&mut self, head: H) {
        *self = head;
    }
}

/// [`parse_request`](super::parse_request) into `head`, for a fresh `scan` and a head that is whole and well, as nearly every one is:
/// `false` for any other, and `head` is then as it was. How far it came is left in `scan`, for `parse_request` to go on.
#[inline(always)]
pub fn parse_whole_request<S: FieldSink>(
    input: &[u8],
    scan: &mut Scan,
    limits: &HeadLimits,
    sink: &mut S,
    head: &mut RequestHead,
) -> bool {
    request::Line::suits(limits.target)
        && leaf::dispatch(WholePass(QuickPass(Task::<request::Line, S>::new(input, scan, limits, sink)), head))
}

/// Both ways in turn, as [`parse_request`](super::parse_request), into a place; `false` asks for more. That `sink` has room for `room`
/// fields is one more limit on their number.
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
        && leaf::dispatch(WholePass(QuickPass(Task::<T, S>::new(input, scan, limits, sink)), place))
    {
        return Ok(true);
    }
    let limits = HeadLimits { fields_max: limits.fields_max.min(room), ..*limits };
    leaf::dispatch(IntoPass(ThoroughPass(Task::<T, S>::new(input, scan, &limits, sink)), place))
}

/// The fast way, into a place.
struct WholePass<'a, T, S, P>(QuickPass<'a, T, S>, &'a mut P);

impl<T: StartLine, S: FieldSink, P: HeadPlace<T::Head>> Pass for WholePass<'_, T, S, P> {
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
struct IntoPass<'a, T, S, P>(ThoroughPass<'a, T, S>, &'a mut P);

#[cfg(feature = "capi")]
impl<T: StartLine, S: FieldSink, P: HeadPlace<T::Head>> Pass for IntoPass<'_, T, S, P> {
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
