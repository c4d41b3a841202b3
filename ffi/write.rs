//! Heads and trailer sections out, without a handle: `ww_write_request`, `ww_write_response`, `ww_write_trailers`,
//! `ww_write_date`.

pub(super) mod room;

use self::room::Room;
use super::check::{ARGUMENT, prefix};
use super::guard::guarded;
use super::head::types::{flagged_rule, ww_field};
use super::message::{
    WW_MESSAGE_CLOSE, WW_MESSAGE_EXPECT, WW_MESSAGE_LENGTH, WW_MESSAGE_STREAM, fields, ww_request, ww_response,
};
use super::status::ww_status;
use crate::error::Error;
use crate::http1::write::{Content, DateCache, StandaloneRequest, StandaloneResponse, check_trailers, write_trailers};
use core::ffi::c_void;

/// Message flag of ww_write_request() and ww_write_response(): the library says nothing of where the content ends. For content
/// that lasts until the connection ends, for a 2xx to CONNECT, and where there is none.
pub const WW_MESSAGE_UNFRAMED: u32 = 1 << 5;

/// Message flag of ww_write_request(): the target is of RFC 3986 octets with whole escapes, see WW_TARGET_STRICT. Without this flag and the next
/// one it may have what browsers send, see WW_TARGET_BROWSER.
pub const WW_MESSAGE_STRICT_TARGET: u32 = 1 << 6;
/// Message flag of ww_write_request(): the target may have every octet above 0x20 but `#` and DEL, see WW_TARGET_LENIENT. Not with
/// WW_MESSAGE_STRICT_TARGET.
pub const WW_MESSAGE_LENIENT_TARGET: u32 = 1 << 7;

const TARGET_FLAGS: u32 = WW_MESSAGE_STRICT_TARGET | WW_MESSAGE_LENIENT_TARGET;

/// Writes the head of a request, with the empty line that ends it, and nothing of its content (RFC 9112 §3, §5).
///
/// Lines in order: the request line; Host from `authority`, unless that is empty and Host is among the fields; the
/// line that says where the content ends; Connection, when there is something to say; the fields as given. What the framing line says:
///
/// - WW_MESSAGE_STREAM with WW_MESSAGE_LENGTH: Content-Length of `content_length`
/// - WW_MESSAGE_STREAM alone: Transfer-Encoding: chunked; only for a server known to speak HTTP/1.1
/// - else: Content-Length of `content`; none where `content` is empty and the method is not POST, PUT or PATCH
/// - nothing with WW_MESSAGE_UNFRAMED, or when the fields have Content-Length or Transfer-Encoding and `content` and
///   `content_length` say no other
///
/// Connection gets `close` for WW_MESSAGE_CLOSE and names Upgrade and TE when they are among the fields. WW_MESSAGE_EXPECT adds
/// `Expect: 100-continue`. WW_MESSAGE_LENT is not for this call.
///
/// Returns `WW_OK` with the octets of the head in `*written`. Returns `WW_E_BUFFER` with the octets needed in `*written` when
/// they are more than `out_cap`: with `out` NULL and `out_cap` 0 that is how to ask.
///
/// Errors, with 0 in `*written`: `WW_E_REQUEST_LINE` (the method), `WW_E_TARGET`, `WW_E_HOST` (malformed, missing, or said twice),
/// `WW_E_FIELD_NAME`, `WW_E_FIELD_VALUE` (an octet that must not be sent), `WW_E_AMBIGUOUS_FRAMING` (Content-Length and
/// Transfer-Encoding repeated, malformed, or against the rules above), `WW_E_STATE` (content with TRACE or CONNECT; an Expect without
/// content), `WW_E_ARGUMENT`. Nothing of `out` is touched unless `WW_OK` is returned.
///
/// Any thread. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_write_request(
    request: *const ww_request,
    out: *mut c_void,
    out_cap: usize,
    written: *mut usize,
) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        unsafe { room::write(out, out_cap, written, |room| request_head(request, room)) }
    })
}

/// # Safety
/// `from` is null or a valid request.
unsafe fn request_head(from: *const ww_request, room: Room<'_>) -> Result<usize, Error> {
    // SAFETY: as the caller promises; all-zero octets are a valid request.
    let mut given = unsafe { prefix(from) }?;
    let rule = flagged_rule(given.flags, WW_MESSAGE_STRICT_TARGET, WW_MESSAGE_LENIENT_TARGET)?;
    given.flags &= !TARGET_FLAGS;
    let unframed = take_unframed(&mut given.flags, WW_MESSAGE_CLOSE | WW_MESSAGE_EXPECT)?;
    given.size = size_of::<ww_request>();
    // SAFETY: a copy of what the caller promised.
    let (request, fields) = unsafe { ww_request::read(&raw const given) }?;
    let head = StandaloneRequest {
        method: request.method,
        target: request.target,
        rule,
        authority: request.authority,
        content: Content::of(request.content, request.stream),
        unframed,
        close: request.close,
        expect: request.expect,
    };
    head.write(fields, room.octets)
}

/// Writes the head of a response, interim ones included, with the empty line that ends it, and nothing of its content
/// (RFC 9112 §4, §5).
///
/// Lines in order: the status line; the line that says where the content ends; Connection, when there is something to say; the fields
/// as given. An empty `reason` means the standard phrase. No Date is written: it is a field like others here, see
/// ww_write_date(). What the framing line says:
///
/// - WW_MESSAGE_STREAM with WW_MESSAGE_LENGTH: Content-Length of `content_length`; also the way to answer HEAD
/// - WW_MESSAGE_STREAM alone: Transfer-Encoding: chunked, but nothing with 304; never for a client that speaks HTTP/1.0
/// - else: Content-Length of `content`; none with 1xx and 204, nor with 304 when `content` is empty
/// - nothing with WW_MESSAGE_UNFRAMED, or when the fields have Content-Length or Transfer-Encoding and `content` and
///   `content_length` say no other
///
/// Connection gets `close` for WW_MESSAGE_CLOSE and names Upgrade and TE when they are among the fields. WW_MESSAGE_LENT and
/// WW_MESSAGE_EXPECT are not for this call.
///
/// Returns `WW_OK` or `WW_E_BUFFER` as ww_write_request() does.
///
/// Errors, with 0 in `*written`: `WW_E_FIELD_NAME`, `WW_E_FIELD_VALUE` (an octet that must not be sent, also in `reason`),
/// `WW_E_AMBIGUOUS_FRAMING` (Content-Length and Transfer-Encoding repeated, malformed, or against the rules above), `WW_E_STATE`
/// (content, a length or chunked with 1xx or 204, content with 205; 101, 401, 405, 407, 426 without the field they need),
/// `WW_E_ARGUMENT` (also: a status outside of 100 to 599). Nothing of `out` is touched unless `WW_OK` is returned.
///
/// Any thread. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_write_response(
    response: *const ww_response,
    out: *mut c_void,
    out_cap: usize,
    written: *mut usize,
) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        unsafe { room::write(out, out_cap, written, |room| response_head(response, room)) }
    })
}

/// # Safety
/// `from` is null or a valid response.
unsafe fn response_head(from: *const ww_response, room: Room<'_>) -> Result<usize, Error> {
    // SAFETY: as the caller promises; all-zero octets are a valid response.
    let mut given = unsafe { prefix(from) }?;
    let unframed = take_unframed(&mut given.flags, WW_MESSAGE_CLOSE)?;
    given.size = size_of::<ww_response>();
    // SAFETY: a copy of what the caller promised.
    let (response, fields) = unsafe { ww_response::read(&raw const given) }?;
    let head = StandaloneResponse {
        status: response.status,
        reason: response.reason,
        content: Content::of(response.content, response.stream),
        unframed,
        close: response.close,
    };
    head.write(fields, room.octets)
}

/// Takes WW_MESSAGE_UNFRAMED, which only this door knows, out of `flags`; of the others only framing and `more` are allowed.
fn take_unframed(flags: &mut u32, more: u32) -> Result<bool, Error> {
    let unframed = *flags & WW_MESSAGE_UNFRAMED != 0;
    *flags &= !WW_MESSAGE_UNFRAMED;
    let known = WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH | more;
    if *flags & !known != 0 || (unframed && *flags & WW_MESSAGE_LENGTH != 0) { Err(ARGUMENT) } else { Ok(unframed) }
}

/// Writes a trailer section and the empty line that ends it; it goes behind WW_LAST_CHUNK (RFC 9112 §7.1.2).
///
/// Returns `WW_OK` or `WW_E_BUFFER` as ww_write_request() does.
///
/// Errors, with 0 in `*written`: `WW_E_TRAILER` (a field that means nothing there: it frames, routes, authenticates or says how to
/// process the content; RFC 9110 §6.5.1), `WW_E_FIELD_NAME`, `WW_E_FIELD_VALUE`, `WW_E_ARGUMENT`.
///
/// Any thread. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_write_trailers(
    trailers: *const ww_field,
    count: usize,
    out: *mut c_void,
    out_cap: usize,
    written: *mut usize,
) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        // SAFETY: what the caller promised.
        unsafe {
            room::write(out, out_cap, written, |room| {
                let trailers = fields(trailers, count)?;
                check_trailers(trailers.clone())?;
                write_trailers(trailers, room.octets)
            })
        }
    })
}

/// Octets of a date as ww_write_date() writes it.
pub const WW_DATE_LEN: usize = 29;

/// Writes `unix_seconds` since 1970, UTC, as the value of Date, as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7). Do it once
/// a second, not once a response. Seconds after the year 9999 count as its last one.
///
/// Returns `WW_OK` or `WW_E_BUFFER` as ww_write_request() does; the size is always WW_DATE_LEN. Errors: `WW_E_ARGUMENT`.
///
/// Any thread. Does not allocate, and reads no clock.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_write_date(
    unix_seconds: u64,
    out: *mut c_void,
    out_cap: usize,
    written: *mut usize,
) -> ww_status {
    let out = out.cast::<u8>();
    guarded(|| {
        let mut date = DateCache::new();
        date.set(unix_seconds);
        // SAFETY: what the caller promised.
        unsafe { room::write(out, out_cap, written, |room| room.put(date.value())) }
    })
}
