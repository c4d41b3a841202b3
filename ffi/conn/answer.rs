//! Messages of ours: responses, requests, streamed content.

use core::ffi::c_void;

use super::{with, ww_conn};
use crate::conn::{Conn, Workspace, Write};
use crate::error::Error;
use crate::ffi::check::slice;
use crate::ffi::head::types::ww_field;
use crate::ffi::message::{self, ww_request, ww_response};
use crate::ffi::status::{WW_OK, WW_PAUSED, ww_status};

/// The status of a write.
pub(in crate::ffi) fn written(write: Write) -> ww_status {
    match write {
        Write::Queued => WW_OK,
        Write::Paused => WW_PAUSED,
    }
}

/// # Safety
/// `conn` is null or a connection that no other thread uses.
pub(super) unsafe fn write(
    conn: *mut ww_conn,
    body: impl FnOnce(&mut Conn, &mut Workspace) -> Result<Write, Error>,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            let (core, ws) = c.core_and_workspace();
            body(core, ws).map(written)
        })
    }
}

/// Answers the request in progress: head and content are copied into the output queue, all or nothing. To HEAD, and with 304, the
/// length of the content is kept and the content dropped, also content that is streamed. With WW_MESSAGE_STREAM content follows by
/// ww_conn_send() and ends with ww_conn_finish(). From the end of the response on, what is unread of the request's content is dropped,
/// up to drain_max, or the connection closes (RFC 9112 §9.3); until then it comes as WW_EVENT_DATA. An answer other than the switch to a request that offers a WebSocket closes the connection where frames
/// came behind that request already.
///
/// At WW_EVENT_ERROR with WW_EVENT_FLAG_CAN_RESPOND it answers the error: with 400 to 599, not streamed, and it always fits.
///
/// Returns WW_PAUSED above the high-water mark, whether a request waits or not; nothing was done, WW_EVENT_WRITABLE follows. Errors,
/// nothing done, and the request still waits: WW_E_ARGUMENT (also for a status that is not 200 to 599; content or a length with 204 or 205;
/// 401, 405, 407 or 426 without the field it needs); WW_E_STATE (no request waits; 2xx to CONNECT, which ww_conn_switch() sends);
/// WW_E_FIELD_NAME, WW_E_FIELD_VALUE (an octet that must not be sent, an option of Connection that is not for the caller);
/// WW_E_AMBIGUOUS_FRAMING (Content-Length or Transfer-Encoding among the fields); WW_E_NOMEM. Allocates when no output block is to spare.
///
/// Lent content stays readable until it is released.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_respond(conn: *mut ww_conn, response: *const ww_response) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        write(conn, |core, ws| {
            if let Some((content, fields)) = ww_response::usual(response)
                && let Some(write) = core.http1(ws).respond_ok(content, fields)
            {
                return Ok(write);
            }
            let (response, fields) = ww_response::read(response)?;
            core.http1(ws).respond(&response, fields)
        })
    }
}

/// Server, at a WW_EVENT_REQUEST without WW_EVENT_FLAG_LAST: this request may have at most `max` octets of content. One with more is answered
/// with 413 and ends with WW_EVENT_ERROR (WW_E_TOO_LARGE): at the next ww_conn_next() where a length is declared, before any 100 (Continue);
/// else when chunks go beyond it. body_max stays the most: it was looked at before the event, so that no head declares more.
///
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (the event is another one, or over). Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_limit_content(conn: *mut ww_conn, max: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { write(conn, |core, ws| core.http1(ws).limit_content(max).map(|()| Write::Queued)) }
}

/// Server, at a WW_EVENT_REQUEST without WW_EVENT_FLAG_LAST: ww_conn_limit_content(), and this request comes whole. No WW_EVENT_DATA follows but
/// one more WW_EVENT_REQUEST, with WW_EVENT_FLAG_LAST: its head once more, its whole content in `data`, its trailers in `head->trailers`.
/// `max` UINT64_MAX: body_max. See WW_CONN_WHOLE_CONTENT for all requests.
///
/// ```c
/// if (ev.kind == WW_EVENT_REQUEST && !(ev.flags & WW_EVENT_FLAG_LAST))
///     ww_conn_gather_content(conn, 1 << 20);
/// else if (ev.kind == WW_EVENT_REQUEST)
///     answer_whole(ev.head, ev.data);
/// ```
///
/// Errors, nothing done: those of ww_conn_limit_content(); WW_E_ARGUMENT too where `max` and body_max are about 4 GiB or more. The content that is
/// gathered takes memory of the workspace, within messages_max: beyond it the largest holder is answered with 503.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_gather_content(conn: *mut ww_conn, max: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { write(conn, |core, ws| core.http1(ws).gather_content(max).map(|()| Write::Queued)) }
}

/// Sends an interim (1xx) response before the final one. 100 answers `Expect: 100-continue`, which otherwise is answered when
/// ww_conn_next() wants the content.
///
/// Returns WW_PAUSED as ww_conn_respond(). Errors, nothing done: WW_E_ARGUMENT (also for a final status and for 101, which
/// ww_conn_switch() sends); WW_E_STATE (no request waits, or one of HTTP/1.0, which knows no such responses); WW_E_FIELD_NAME,
/// WW_E_FIELD_VALUE, WW_E_AMBIGUOUS_FRAMING; WW_E_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_send_interim(
    conn: *mut ww_conn,
    status: u16,
    fields: *const ww_field,
    count: usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { write(conn, |core, ws| core.http1(ws).send_interim(status, message::fields(fields, count)?)) }
}

/// Switches protocols: 101 to a request that offers an Upgrade (a field Upgrade names one of the offered protocols; Connection is
/// the library's), or 2xx to CONNECT (WW_CONN_TUNNELS). What the peer sent after its request comes as WW_EVENT_RAW, exactly once; ww_conn_send() then sends
/// raw octets and ww_conn_finish() ends our side.
///
/// Returns WW_OK, above the high-water mark too. Errors, nothing done: WW_E_ARGUMENT (also for content of our own); WW_E_STATE (no request
/// waits that asks for this, or its content is not complete; another status); WW_E_UPGRADE (101 without a field Upgrade, to a protocol that
/// was not offered, or to h2c); WW_E_FIELD_NAME, WW_E_FIELD_VALUE, WW_E_AMBIGUOUS_FRAMING; WW_E_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_switch(conn: *mut ww_conn, response: *const ww_response) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        write(conn, |core, ws| {
            let (response, fields) = ww_response::read(response)?;
            core.http1(ws).switch(&response, fields)
        })
    }
}

/// Client: sends a request; head and content are copied into the output queue, all or nothing. Host is written from `authority`.
///
/// Returns WW_PAUSED above the high-water mark. Errors, nothing done: WW_E_ARGUMENT (also for content with TRACE or CONNECT,
/// and for an Expect without content); WW_E_STATE (a request waits for its response and none may be pipelined behind it; streamed content
/// without a length to a server that has not answered with HTTP/1.1 yet, since others do not know chunks); WW_E_CLOSING (the connection
/// takes no further request); WW_E_REQUEST_LINE (the method), WW_E_TARGET, WW_E_HOST, WW_E_FIELD_NAME, WW_E_FIELD_VALUE,
/// WW_E_AMBIGUOUS_FRAMING; WW_E_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_request(conn: *mut ww_conn, request: *const ww_request) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        write(conn, |core, ws| {
            let (request, fields) = ww_request::read(request)?;
            core.http1(ws).request(&request, fields)
        })
    }
}

/// Sends content of a streamed message, or raw octets after a switch; copied, all or nothing. An empty write emits nothing. Where the
/// response goes without content (to HEAD, and with 304) the octets are accepted and dropped, whatever length was declared: a handler need
/// not look at the method. What was lent is released then, too.
///
/// Returns WW_PAUSED above the high-water mark; an empty queue always takes one write.
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no content is due here); WW_E_NOT_SWITCHED (client: the switch that was asked for is not
/// answered yet); WW_E_BODY_LENGTH (more than declared); WW_E_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_send(conn: *mut ww_conn, data: *const c_void, len: usize) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { write(conn, |core, ws| core.http1(ws).send(slice(data.cast::<u8>(), len)?)) }
}

/// Sends content without copying it: `data` stays the library's, unchanged, until WW_EVENT_RELEASED with `token`. A connection
/// that has closed releases what is left after ww_conn_abort(), which says that nothing reads the octets any more, and after
/// ww_conn_reset(); ww_conn_free() releases without an event. Over TLS they are copied, and released when the copy is encrypted. Octets of an
/// event must not be lent. Returns what ww_conn_send() does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_send_lent(
    conn: *mut ww_conn,
    data: *const c_void,
    len: usize,
    token: u64,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { write(conn, |core, ws| core.http1(ws).send_lent(slice(data.cast::<u8>(), len)?, token)) }
}

/// Ends a streamed message, with trailers when it is chunked; after a switch, ends our side. Where the response goes without content
/// its trailers are dropped as well.
///
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no message is in progress); WW_E_TRAILER (a name that must not be a trailer, or
/// content that is not chunked); WW_E_FIELD_NAME, WW_E_FIELD_VALUE; WW_E_NOMEM. WW_E_BODY_LENGTH (less than declared) ends the connection.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_finish(conn: *mut ww_conn, trailers: *const ww_field, count: usize) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { write(conn, |core, ws| core.http1(ws).finish(message::fields(trailers, count)?)) }
}
