//! Heads in, without a handle: `ww_parse_request`, `ww_parse_response`, `ww_parse_trailers`.

mod call;
pub mod flags;
pub mod ids;
mod out;
mod table;
pub mod types;

use self::call::{Arguments, Held};
use self::types::{ww_error_info, ww_field, ww_head, ww_head_limits, ww_scan};
use super::guard::guarded;
use super::status::ww_status;
use crate::error::Code;
use crate::guard::HeadLimits;
use crate::http1::head::{NoLine, RequestLine, ResponseLine};
use core::ffi::c_void;

/// Parses a request head at `in`, where `len` octets are (RFC 9112 §2, §3, §5).
///
/// - `limits` may be NULL for the defaults (method 64, target 8192, line 8192, section 32768 octets, 100 fields).
/// - `scan` is zeroed by the caller before the first octets of a head, and is zero again after `WW_OK`.
/// - `fields` has room for `fields_cap` fields, which is one more limit on their number.
/// - `head` is written with `WW_OK` only. Its pointers, and those of `fields`, are into `in` and `fields`.
///
/// Returns `WW_OK` when the head is whole: `head->head_len` octets belong to it, and those after it were not looked at.
/// Returns `WW_NEED_INPUT` when it is not: call again with the same octets and more after them, the same `scan` and
/// the same `fields`. The octets may have moved; pointers in `fields` are moved along. What was seen is not looked at
/// again, so a head costs the same in one piece or in many. Returns the error of the first octet with which `in` can no
/// longer become a request head, as soon as that octet is there; `scan` then keeps it (`ww_scan_error`) for every later
/// call. Which result comes does not depend on the pieces.
///
/// What a single line cannot show is not judged here: see the `WW_HEAD_*` bits of `head->flags`.
///
/// Errors: `WW_E_REQUEST_LINE`, `_TARGET`, `_VERSION`, `_LINE_END`, `_FIELD_NAME`, `_FIELD_VALUE`, `_TOO_LARGE`;
/// `WW_E_ARGUMENT` for NULL, a wrong `limits->size`, fewer octets than last time, or fewer fields than were found.
///
/// Any thread; a scan belongs to one at a time. Does not allocate. Never reads outside `in`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_parse_request(
    r#in: *const c_void,
    len: usize,
    limits: *const ww_head_limits,
    scan: *mut ww_scan,
    fields: *mut ww_field,
    fields_cap: usize,
    head: *mut ww_head,
) -> ww_status {
    let r#in = r#in.cast::<u8>();
    let arguments = Arguments { input: r#in, len, limits, scan, fields, fields_cap, head };
    // SAFETY: what the caller promised.
    guarded(|| unsafe { call::parse::<RequestLine>(arguments, &HeadLimits::DEFAULT) })
}

/// Parses a response head at `in` as `ww_parse_request` does a request head (RFC 9112 §2, §4, §5).
///
/// A value that goes on in the next line (obs-fold) comes as it was received, with its CRLF, and its field has the flag
/// `WW_FIELD_FOLDED`: the octets from CR through the whitespace stand for one space.
///
/// Errors: `WW_E_STATUS_LINE`, `_VERSION`, `_LINE_END`, `_FIELD_NAME`, `_FIELD_VALUE`, `_TOO_LARGE`, `_ARGUMENT`.
///
/// Any thread; a scan belongs to one at a time. Does not allocate. Never reads outside `in`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_parse_response(
    r#in: *const c_void,
    len: usize,
    limits: *const ww_head_limits,
    scan: *mut ww_scan,
    fields: *mut ww_field,
    fields_cap: usize,
    head: *mut ww_head,
) -> ww_status {
    let r#in = r#in.cast::<u8>();
    let arguments = Arguments { input: r#in, len, limits, scan, fields, fields_cap, head };
    // SAFETY: what the caller promised.
    guarded(|| unsafe { call::parse::<ResponseLine>(arguments, &HeadLimits::DEFAULT) })
}

/// Parses a trailer section at `in`, which begins after the line of the last chunk, as `ww_parse_request` does a head
/// (RFC 9112 §7.1.2). With `limits` NULL it may have 8192 octets and 32 fields.
///
/// Of `head` only `fields`, `field_count` and `head_len` are set; the rest is zero, and `content_length` is none.
///
/// Errors: `WW_E_TRAILER`, `_TOO_LARGE`, `_ARGUMENT`.
///
/// Any thread; a scan belongs to one at a time. Does not allocate. Never reads outside `in`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_parse_trailers(
    r#in: *const c_void,
    len: usize,
    limits: *const ww_head_limits,
    scan: *mut ww_scan,
    fields: *mut ww_field,
    fields_cap: usize,
    head: *mut ww_head,
) -> ww_status {
    let r#in = r#in.cast::<u8>();
    let arguments = Arguments { input: r#in, len, limits, scan, fields, fields_cap, head };
    // SAFETY: what the caller promised.
    guarded(|| unsafe { call::parse::<NoLine>(arguments, &HeadLimits::TRAILERS) })
}

/// Tells the error that ended a scan: its status code, the octet, the status to answer a request with, and why.
///
/// `out->size` is set by the caller. Without an error, `out->code` is 0 and the texts are empty. The texts are static.
/// Returns `WW_OK`, or `WW_E_ARGUMENT` for NULL or a wrong `out->size`.
///
/// Any thread; a scan belongs to one at a time. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_scan_error(scan: *const ww_scan, out: *mut ww_error_info) -> ww_status {
    guarded(|| {
        // SAFETY: what the caller promised; any octets are a `Held`.
        let (held, out) = unsafe { (scan.cast::<Held>().as_ref(), out.as_mut()) };
        let (Some(held), Some(out)) = (held, out) else { return Code::Argument as i32 };
        if out.size < size_of::<ww_error_info>() {
            return Code::Argument as i32;
        }
        *out = ww_error_info { size: out.size, ..ww_error_info::of(held.scan.error()) };
        0
    })
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod ways;
