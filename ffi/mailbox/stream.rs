//! Answers of other threads that come piece by piece, and the wait for room.

use core::ffi::c_void;
use core::time::Duration;

use super::{put, ww_mailbox};
use crate::ffi::check::{ARGUMENT, slice};
use crate::ffi::event::ww_id;
use crate::ffi::guard::guarded;
use crate::ffi::head::types::ww_field;
use crate::ffi::message::fields;
use crate::ffi::status::{WW_OK, WW_TIMEOUT, ww_status};
use crate::ffi::ws_message::ww_ws_handshake;
use crate::service::Id;

/// Sends content of a streamed response from another thread, or raw octets after a switch: ww_server_send() on the server's thread, without
/// an event. Copied. What one thread posts for a connection comes in its order. Any thread; takes a lock and allocates.
///
/// ```c
/// ww_mailbox_respond(mailbox, conn, &head, 0, 0);                  // head.flags: WW_MESSAGE_STREAM
/// while ((len = produce(data)) > 0)
///     while ((status = ww_mailbox_send(mailbox, conn, data, len, 0, 0)) == WW_PAUSED)
///         if (ww_mailbox_wait(mailbox, conn, len, 30000) != WW_OK) return; // the peer has ended, or does not read
/// ww_mailbox_finish(mailbox, conn, NULL, 0, 0, 0);
/// ```
///
/// Returns WW_OK: queued. WW_PAUSED, nothing done: what is on its way to this connection and not in its output yet is `post_conn_max` of
/// ww_server_config with these octets, or the mailbox is full; ww_mailbox_wait() waits for room. A peer that does not read holds up those
/// who post to it and nobody else.
///
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_NOMEM; WW_E_GONE: the server has ended, or the connection and that was found out by a post
/// before. Whatever else ww_server_send() may answer is told by WW_EVENT_UNDELIVERED with WW_POST_REPORT, and not at all without it. No
/// response is sent with a hole: more than the declared content, or no memory for it (WW_E_NOMEM), ends the connection.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_mailbox_send(
    mailbox: *mut ww_mailbox,
    conn: ww_id,
    data: *const c_void,
    len: usize,
    token: u64,
    flags: u32,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        put(mailbox, flags, |mailbox, report| {
            mailbox.send(Id::from_number(conn), slice(data.cast::<u8>(), len)?, token, report)
        })
    }
}

/// Ends a streamed response from another thread, with trailers: ww_server_finish() on the server's thread. Where the response is not chunked,
/// as to a client of HTTP/1.0, trailers are dropped. Any thread; takes a lock and allocates.
///
/// Returns what ww_mailbox_send() does, but WW_PAUSED only where the mailbox is full; WW_E_FIELD_NAME, WW_E_FIELD_VALUE, WW_E_TRAILER. Less than the declared content ends the connection.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_mailbox_finish(
    mailbox: *mut ww_mailbox,
    conn: ww_id,
    trailers: *const ww_field,
    count: usize,
    token: u64,
    flags: u32,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        put(mailbox, flags, |mailbox, report| {
            mailbox.finish(Id::from_number(conn), fields(trailers, count)?, token, report)
        })
    }
}

/// Accepts the WebSocket that the request of a connection offers, from another thread: ww_server_accept_websocket() on the server's thread.
/// Messages that are posted behind it follow it. Any thread; takes a lock and allocates.
///
/// Returns what ww_mailbox_finish() does. What ww_server_accept_websocket() may answer else is told by
/// WW_EVENT_UNDELIVERED with WW_POST_REPORT, and not at all without it. After WW_E_WS_HANDSHAKE the request is answered, WW_E_NOMEM ends the
/// connection, and after any other error but WW_E_GONE the request still waits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_mailbox_accept_websocket(
    mailbox: *mut ww_mailbox,
    conn: ww_id,
    handshake: *const ww_ws_handshake,
    token: u64,
    flags: u32,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        put(mailbox, flags, |mailbox, report| {
            let (handshake, fields) = ww_ws_handshake::read(handshake)?;
            mailbox.accept_websocket(Id::from_number(conn), &handshake.accept(), fields, token, report)
        })
    }
}

/// Waits until ww_mailbox_send() of `len` octets to a connection would be taken, at most `timeout_ms` milliseconds; 0 only looks, a negative
/// one never ends. For the threads that post, any of them; never on the server's own, which is where room is made. Signals do not end it. A
/// server that is freed ends it, so free the server before threads that wait are joined.
///
/// Returns WW_OK: there is room, and nobody else who posts to this connection has taken it yet; WW_TIMEOUT: not in this time.
/// Errors: WW_E_ARGUMENT; WW_E_GONE (the connection has ended, and that was found out, or the server); WW_E_LIMIT (the mailbox never takes so
/// many octets); WW_E_NOMEM.
///
/// No other thread frees this handle meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_mailbox_wait(
    mailbox: *const ww_mailbox,
    conn: ww_id,
    len: usize,
    timeout_ms: i64,
) -> ww_status {
    guarded(|| {
        // SAFETY: as the caller promises.
        let Some(mailbox) = (unsafe { mailbox.as_ref() }) else {
            return ARGUMENT.code() as ww_status;
        };
        let timeout = u64::try_from(timeout_ms).ok().map(Duration::from_millis);
        match mailbox.core.wait(Id::from_number(conn), len, timeout) {
            Ok(true) => WW_OK,
            Ok(false) => WW_TIMEOUT,
            Err(error) => error.code() as ww_status,
        }
    })
}
