//! The C calls: from arguments to what the parser takes. A call is a pass of its own, so that the head is written out of
//! registers.

use super::out::Out;
use super::table::Table;
use super::types::{ww_field, ww_head, ww_head_limits, ww_scan};
use crate::error::Code;
use crate::guard::HeadLimits;
use crate::http1::head::{self, Leaf, Pass, Scan};

/// The arguments of a call as they came.
#[derive(Clone, Copy)]
pub(super) struct Arguments {
    pub input: *const u8,
    pub len: usize,
    pub limits: *const ww_head_limits,
    pub scan: *mut ww_scan,
    pub fields: *mut ww_field,
    pub fields_cap: usize,
    pub head: *mut ww_head,
}

/// `ww_parse_request`
pub(super) struct Request(Arguments);

/// `ww_parse_response`
pub(super) struct Response(Arguments);

/// `ww_parse_trailers`
pub(super) struct Trailers(Arguments);

impl Request {
    /// # Safety
    ///
    /// As `ww_parse_request`, until the pass has run.
    #[inline(always)]
    pub unsafe fn new(arguments: Arguments) -> Self {
        Self(arguments)
    }
}

impl Response {
    /// # Safety
    ///
    /// As `ww_parse_request`, until the pass has run.
    #[inline(always)]
    pub unsafe fn new(arguments: Arguments) -> Self {
        Self(arguments)
    }
}

impl Trailers {
    /// # Safety
    ///
    /// As `ww_parse_request`, until the pass has run.
    #[inline(always)]
    pub unsafe fn new(arguments: Arguments) -> Self {
        Self(arguments)
    }
}

impl Pass for Request {
    type Output = i32;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> i32 {
        // SAFETY: what the caller of `new` promised.
        let call = unsafe { Call::new(&self.0, &HeadLimits::DEFAULT) };
        let Some(Call { input, scan, limits, mut table, out }) = call else { return Code::Argument as i32 };
        out.request(head::request_with(leaf, input, scan, &limits, &mut table))
    }
}

impl Pass for Response {
    type Output = i32;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> i32 {
        // SAFETY: what the caller of `new` promised.
        let call = unsafe { Call::new(&self.0, &HeadLimits::DEFAULT) };
        let Some(Call { input, scan, limits, mut table, out }) = call else { return Code::Argument as i32 };
        out.response(head::response_with(leaf, input, scan, &limits, &mut table))
    }
}

impl Pass for Trailers {
    type Output = i32;

    #[inline(always)]
    fn run<L: Leaf>(self, leaf: L) -> i32 {
        // SAFETY: what the caller of `new` promised.
        let call = unsafe { Call::new(&self.0, &HeadLimits::TRAILERS) };
        let Some(Call { input, scan, limits, mut table, out }) = call else { return Code::Argument as i32 };
        out.trailers(head::trailers_with(leaf, input, scan, &limits, &mut table))
    }
}

/// What is in a `ww_scan`. Any octets are one.
#[repr(C)]
pub(super) struct Held {
    pub scan: Scan,
    /// Where the input lay when the fields so far were written.
    input: usize,
}

const _: () = assert!(size_of::<Held>() <= size_of::<ww_scan>() && align_of::<Held>() <= align_of::<ww_scan>());

/// The checked arguments of one call.
struct Call<'a> {
    input: &'a [u8],
    scan: &'a mut Scan,
    limits: HeadLimits,
    table: Table,
    out: Out<'a>,
}

impl<'a> Call<'a> {
    /// `None` for arguments that are NULL or contradict each other.
    ///
    /// # Safety
    ///
    /// As `ww_parse_request`.
    #[inline(always)]
    unsafe fn new(arguments: &Arguments, defaults: &HeadLimits) -> Option<Self> {
        let Arguments { len, fields, fields_cap, .. } = *arguments;
        if !arguments.are_plausible() {
            return None;
        }
        // SAFETY: what the caller promised; any octets are a `Held`.
        let (held, head) = unsafe { (&mut *arguments.scan.cast::<Held>(), &mut *arguments.head) };
        // SAFETY: what the caller promised.
        let limits = unsafe { read_limits(arguments.limits, defaults, fields_cap) }?;
        let count = held.scan.fields() as usize;
        if len < held.scan.seen() as usize && held.scan.error().is_none() || fields_cap < count {
            return None;
        }
        // SAFETY: what the caller promised, and the lengths were checked.
        let input = if len == 0 { &[] } else { unsafe { core::slice::from_raw_parts(arguments.input, len) } };
        // SAFETY: what the caller promised: the fields so far were written by the calls before.
        let mut table = unsafe { Table::new(input.as_ptr(), fields, count, fields_cap) };
        if count != 0 && held.input != input.as_ptr() as usize {
            table.rebase(held.input, count);
        }
        let out = Out { input: input.as_ptr(), held_input: &mut held.input, fields, head };
        Some(Self { input, scan: &mut held.scan, limits, table, out })
    }
}

impl Arguments {
    /// Nothing is NULL that must not be, and no length is beyond what memory can hold.
    #[inline(always)]
    fn are_plausible(&self) -> bool {
        let input = !self.input.is_null() || self.len == 0;
        let fields = !self.fields.is_null() || self.fields_cap == 0;
        input && fields && isize::try_from(self.len).is_ok() && !self.scan.is_null() && !self.head.is_null()
    }
}

/// The caller's limits or the defaults, and no more fields than there is room for; `None` for a struct of another size.
///
/// # Safety
///
/// `limits` is NULL or points to what its type says.
#[inline(always)]
unsafe fn read_limits(limits: *const ww_head_limits, defaults: &HeadLimits, fields_cap: usize) -> Option<HeadLimits> {
    let room = u32::try_from(fields_cap).unwrap_or(u32::MAX);
    // SAFETY: what the caller promised.
    let Some(limits) = (unsafe { limits.as_ref() }) else {
        return Some(HeadLimits { fields_max: defaults.fields_max.min(room), ..*defaults });
    };
    let ww_head_limits { size, method_max, target_max, line_max, section_max, fields_max, reserved: _ } = *limits;
    let head = HeadLimits { method_max, target_max, line_max, section_max, fields_max: fields_max.min(room) };
    (size >= size_of::<ww_head_limits>()).then_some(head)
}
