//! Messages to a connection of a server.

use core::ffi::c_void;

use super::{id, with, ww_server};
use crate::ffi::check::slice;
use crate::ffi::conn::answer::written;
use crate::ffi::event::ww_id;
use crate::ffi::file::ww_file;
use crate::ffi::file_response::ww_file_response;
use crate::ffi::head::types::{ww_field, ww_head};
use crate::ffi::message::{self, ww_response};
use crate::ffi::semantics::{self, selection::selectors};
use crate::ffi::status::{WW_OK, ww_status};

/// Answers the request in progress of a connection, now or at any later time: ww_conn_respond() by id. Head and content are copied into
/// its output queue, all or nothing; with WW_MESSAGE_STREAM content follows by ww_server_send() and ends with ww_server_finish().
///
/// Returns WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows. Errors, nothing done, and the request still
/// waits: WW_E_GONE (the connection has ended); those of ww_conn_respond(). Answer otherwise then, as with 500, or call ww_server_abort():
/// a peer that gets no answer waits. Allocates when no output block is to spare.
///
/// Lent content stays readable until it is released.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_respond(
    server: *mut ww_server,
    conn: ww_id,
    response: *const ww_response,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            if let Some((content, fields)) = ww_response::usual(response)
                && let Some(write) = s.core.calls().respond_ok(id(conn), content, fields)
            {
                return Ok(written(write));
            }
            let (response, fields) = ww_response::read(response)?;
            s.core.calls().respond(id(conn), &response, fields).map(written)
        })
    }
}

/// Sends an interim (1xx) response before the final one: ww_conn_send_interim() by id.
///
/// Returns WW_PAUSED as ww_server_respond(). Errors, nothing done: WW_E_GONE; those of ww_conn_send_interim().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_send_interim(
    server: *mut ww_server,
    conn: ww_id,
    status: u16,
    fields: *const ww_field,
    count: usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| s.core.calls().send_interim(id(conn), status, message::fields(fields, count)?).map(written))
    }
}

/// How much content a request may have: ww_conn_limit_content() by id.
///
/// Errors, nothing done: WW_E_GONE; those of ww_conn_limit_content().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_limit_content(server: *mut ww_server, conn: ww_id, max: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.calls().limit_content(id(conn), max).map(|()| WW_OK)) }
}

/// A request comes whole: ww_conn_gather_content() by id.
///
/// Errors, nothing done: WW_E_GONE; those of ww_conn_gather_content().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_gather_content(server: *mut ww_server, conn: ww_id, max: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.calls().gather_content(id(conn), max).map(|()| WW_OK)) }
}

/// Switches protocols, or opens the tunnel of CONNECT (WW_CONN_TUNNELS): ww_conn_switch() by id. The peer's octets then come as WW_EVENT_RAW.
///
/// Returns WW_OK, above the high-water mark too. Errors, nothing done: WW_E_GONE; those of ww_conn_switch().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_switch(
    server: *mut ww_server,
    conn: ww_id,
    response: *const ww_response,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            let (response, fields) = ww_response::read(response)?;
            s.core.calls().switch(id(conn), &response, fields).map(written)
        })
    }
}

/// Sends content of a streamed response, or raw octets after a switch: ww_conn_send() by id. Copied, all or nothing.
///
/// Returns WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows.
/// Errors, nothing done: WW_E_GONE; those of ww_conn_send(). Allocates when no output block is to spare.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_send(
    server: *mut ww_server,
    conn: ww_id,
    data: *const c_void,
    len: usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.calls().send(id(conn), slice(data.cast::<u8>(), len)?).map(written)) }
}

/// Sends content without copying it: `data` stays the library's, unchanged, until WW_EVENT_RELEASED with `token`, which comes
/// also when the connection ends, but not after ww_server_free(). Over TLS it is copied, and released when the copy is encrypted, unless
/// the system encrypts (WW_TLS_KERNEL). Octets of an event must not be lent.
///
/// Returns what ww_server_send() does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_send_lent(
    server: *mut ww_server,
    conn: ww_id,
    data: *const c_void,
    len: usize,
    token: u64,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.calls().send_lent(id(conn), slice(data.cast::<u8>(), len)?, token).map(written)) }
}

/// Sends a stretch of a file as content of a streamed response, or as raw octets after a switch: ww_conn_send_file() by id. The descriptor
/// stays the caller's, open, and what it holds there as it is, until WW_EVENT_RELEASED with `token`, which comes also when the connection
/// ends, but not after ww_server_free(). Files that change are to be replaced by others, as said there: octets that are overwritten in
/// place change on their way to the peer, also after that event.
///
/// Where the system can, it sends from the file by itself (sendfile() on Linux; over TLS only where the system encrypts), a MiB
/// at most in one turn; else 64 KiB at a time are read and sent. Either way it waits for the disk, and the other connections of
/// this server wait with it: files that are not in the page cache belong on fast disks, or on a server of their own. One that
/// turns out shorter than `len`, or cannot be read, ends its connection with WW_EVENT_ERROR and WW_E_BODY_LENGTH, since what
/// was promised cannot be kept.
///
/// Say the length (WW_MESSAGE_LENGTH): a response without one goes to a client of HTTP/1.0 up to the end of the
/// connection, and looks whole there when it is not.
///
/// Returns what ww_server_send() does. Errors, nothing done: WW_E_GONE; those of ww_conn_send_file().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_send_file(
    server: *mut ww_server,
    conn: ww_id,
    file: *const ww_file,
    token: u64,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.calls().send_file(id(conn), &ww_file::read(file)?, token).map(written)) }
}

/// Answers the request in progress of a connection with a file, all of it, a range or none of it: ww_conn_respond_file() by id.
/// ww_server_send_file() says how the file is sent, and what happens when it turns out shorter.
///
/// Returns WW_PAUSED as ww_server_respond(). Errors, nothing done: WW_E_GONE; those of ww_conn_respond_file().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_respond_file(
    server: *mut ww_server,
    conn: ww_id,
    request: *const ww_head,
    response: *const ww_file_response,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            let ((method, sent), (response, fields)) =
                (semantics::request(request)?, ww_file_response::read(response)?);
            s.core.calls().respond_file(id(conn), method, selectors(sent), &response, fields).map(written)
        })
    }
}

/// Ends a streamed response, with trailers where it is chunked; after a switch, ends our side: ww_conn_finish() by id.
///
/// Errors, nothing done: WW_E_GONE; those of ww_conn_finish(). WW_E_BODY_LENGTH (less than declared) ends the connection.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_finish(
    server: *mut ww_server,
    conn: ww_id,
    trailers: *const ww_field,
    count: usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.calls().finish(id(conn), message::fields(trailers, count)?).map(written)) }
}
