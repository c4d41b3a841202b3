//! From the arguments of a call to what the parser takes, and back.

use core::ptr::null;

use super::table::Table;
use super::types::{ww_field, ww_head, ww_head_limits, ww_scan, ww_span};
use crate::error::Error;
use crate::guard::HeadLimits;
use crate::http1::head::{Octets, RequestHead, ResponseHead, Scan, Summary};

/// What is in a `ww_scan`. Any octets are one.
#[repr(C)]
pub(super) struct Held {
    pub scan: Scan,
    /// Where the input lay when the fields so far were written.
    input: usize,
}

const _: () = assert!(size_of::<Held>() <= size_of::<ww_scan>() && align_of::<Held>() <= align_of::<ww_scan>());

/// The checked arguments of one call.
pub(super) struct Call<'a> {
    pub input: &'a [u8],
    pub scan: &'a mut Scan,
    pub limits: HeadLimits,
    pub table: Table,
    pub out: Out<'a>,
}

impl<'a> Call<'a> {
    /// `None` for arguments that are NULL or contradict each other.
    ///
    /// # Safety
    ///
    /// As `ww_parse_request`.
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    pub unsafe fn new(
        input: *const u8,
        len: usize,
        limits: *const ww_head_limits,
        defaults: &HeadLimits,
        scan: *mut ww_scan,
        fields: *mut ww_field,
        fields_cap: usize,
        head: *mut ww_head,
    ) -> Option<Self> {
        if (input.is_null() && len != 0) || (fields.is_null() && fields_cap != 0) || len > isize::MAX as usize {
            return None;
        }
        // SAFETY: what the caller promised; any octets are a `Held`.
        let (limits, held, head) = unsafe { (limits.as_ref(), scan.cast::<Held>().as_mut()?, head.as_mut()?) };
        let mut limits = match limits {
            None => *defaults,
            Some(limits) => read_limits(limits)?,
        };
        limits.fields_max = limits.fields_max.min(u32::try_from(fields_cap).unwrap_or(u32::MAX));
        let count = held.scan.fields() as usize;
        let fewer = len < held.scan.seen() as usize || fields_cap < count;
        if fewer && held.scan.error().is_none() {
            return None;
        }
        // SAFETY: what the caller promised, and the lengths were checked.
        let input = if len == 0 { &[] } else { unsafe { core::slice::from_raw_parts(input, len) } };
        // SAFETY: what the caller promised: the fields so far were written by the calls before.
        let mut table = unsafe { Table::new(input.as_ptr(), fields, count, fields_cap) };
        if count != 0 && held.input != input.as_ptr() as usize {
            table.rebase(held.input);
        }
        let Held { scan, input: held_input } = held;
        let out = Out { input: input.as_ptr(), held_input, fields, head };
        Some(Self { input, scan, limits, table, out })
    }
}

/// Where the result of a call goes.
pub(super) struct Out<'a> {
    input: *const u8,
    held_input: &'a mut usize,
    fields: *const ww_field,
    head: &'a mut ww_head,
}

impl Out<'_> {
    #[inline(always)]
    pub fn request(self, parsed: Result<Option<RequestHead>, Error>) -> i32 {
        self.finish(parsed, |out, parsed| ww_head {
            method: out.span(parsed.method),
            target: out.span(parsed.target),
            method_id: parsed.method_id,
            version_minor: parsed.version_minor,
            ..out.head(parsed.head_len as usize, parsed.fields, &parsed.summary)
        })
    }

    #[inline(always)]
    pub fn response(self, parsed: Result<Option<ResponseHead>, Error>) -> i32 {
        self.finish(parsed, |out, parsed| ww_head {
            reason: out.span(parsed.reason),
            status: parsed.status,
            version_minor: parsed.version_minor,
            ..out.head(parsed.head_len as usize, parsed.fields, &parsed.summary)
        })
    }

    #[inline(always)]
    pub fn trailers(self, parsed: Result<Option<(usize, u32)>, Error>) -> i32 {
        self.finish(parsed, |out, (len, fields)| out.head(len, fields, &Summary::default()))
    }

    #[inline(always)]
    fn finish<T>(self, parsed: Result<Option<T>, Error>, head: impl FnOnce(&Self, T) -> ww_head) -> i32 {
        match parsed {
            Ok(Some(parsed)) => {
                *self.head = head(&self, parsed);
                *self.held_input = 0;
                0
            }
            Ok(None) => {
                *self.held_input = self.input as usize;
                1
            }
            Err(error) => error.code() as i32,
        }
    }

    #[inline(always)]
    fn head(&self, head_len: usize, fields: u32, summary: &Summary) -> ww_head {
        const NONE: ww_span = ww_span { data: null(), len: 0 };
        let length = summary.flags & (Summary::LENGTH | Summary::LENGTH_INVALID | Summary::LENGTH_DIFFERS);
        let host = Octets { offset: summary.host, len: summary.host_len };
        ww_head {
            method: NONE,
            target: NONE,
            reason: NONE,
            fields: self.fields,
            field_count: fields as usize,
            host: if summary.flags & Summary::HOST != 0 { self.span(host) } else { NONE },
            content_length: if length == Summary::LENGTH { summary.content_length } else { u64::MAX },
            head_len,
            flags: summary.flags,
            status: 0,
            method_id: 0,
            version_minor: 0,
            reserved: [0; 2],
        }
    }

    #[inline(always)]
    fn span(&self, octets: Octets) -> ww_span {
        ww_span { data: self.input.wrapping_add(octets.offset as usize), len: octets.len as usize }
    }
}

/// `None` for a struct of another size.
#[inline(never)]
fn read_limits(limits: &ww_head_limits) -> Option<HeadLimits> {
    let ww_head_limits { size, method_max, target_max, line_max, section_max, fields_max, reserved: _ } = *limits;
    let head = HeadLimits { method_max, target_max, line_max, section_max, fields_max };
    (size >= size_of::<ww_head_limits>()).then_some(head)
}
