//! WebSocket on a connection of a server.

use core::ffi::c_void;

use super::{id, with, ww_server};
use crate::error::Error;
use crate::ffi::check::slice;
use crate::ffi::conn::answer::written;
use crate::ffi::event::ww_id;
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::status::{WW_OK, ww_status};
use crate::ffi::ws_message::{accept_error, part, whole, ww_ws_handshake};
use crate::ffi::ws_prepared::ww_ws_prepared;
use crate::service::Server;

/// Accepts the WebSocket that the request in progress of a connection offers, now or at any later time:
/// ww_conn_accept_websocket() by id. The peer's messages then come as WW_EVENT_MESSAGE.
///
/// Returns WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows.
/// Errors, nothing done: WW_E_GONE (the connection has ended); those of ww_conn_accept_websocket().
///
/// WW_E_WS_HANDSHAKE: the request was answered, as ww_conn_accept_websocket() says. While the server drains, the WebSocket that is accepted
/// closes at once (1001).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_accept_websocket(
    server: *mut ww_server,
    conn: ww_id,
    handshake: *const ww_ws_handshake,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            let (handshake, fields) = ww_ws_handshake::read(handshake)?;
            s.core.calls().accept_websocket(id(conn), &handshake.accept(), fields).map_err(accept_error).map(written)
        })
    }
}

/// Sends a message or a part of one: ww_conn_send_message() by id. Copied, all or nothing; each call is one frame.
///
/// ```c
/// if (event.kind == WW_EVENT_MESSAGE) // an echo
///     ww_server_send_message(server, event.conn, event.flags, event.data.data, event.data.len);
/// ```
///
/// Returns WW_PAUSED above the high-water mark, and while messages wait for the connection (see WW_SLOW_CLOSE); nothing was done,
/// WW_EVENT_WRITABLE follows.
/// Errors, nothing done: WW_E_GONE; those of ww_conn_send_message(). Allocates when no output block is to spare, and for compressing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_send_message(
    server: *mut ww_server,
    conn: ww_id,
    flags: u32,
    data: *const c_void,
    len: usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            let octets = slice(data.cast::<u8>(), len)?;
            if let Some((text, compressed)) = whole(flags)
                && s.core.calls().send_whole(id(conn), text, compressed, octets)
            {
                return Ok(WW_OK);
            }
            send_long(&mut s.core, conn, flags, octets)
        })
    }
}

#[inline(never)]
fn send_long(server: &mut Server, conn: ww_id, flags: u32, octets: &[u8]) -> Result<ww_status, Error> {
    server.messages().send_message(id(conn), part(flags)?, octets).map(written)
}

/// Sends a message that was prepared: ww_conn_send_prepared() by id.
///
/// Returns WW_PAUSED as ww_server_send_message().
/// Errors, nothing done: WW_E_GONE; those of ww_conn_send_prepared().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_send_prepared(
    server: *mut ww_server,
    conn: ww_id,
    message: *const ww_ws_prepared,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.messages().send_prepared(id(conn), ww_ws_prepared::read(message)?).map(written)) }
}

/// Sends a Ping of at most 125 octets: ww_conn_ping() by id.
///
/// Returns WW_PAUSED above the high-water mark.
/// Errors, nothing done: WW_E_GONE; those of ww_conn_ping().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_ping(
    server: *mut ww_server,
    conn: ww_id,
    data: *const c_void,
    len: usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.calls().ping(id(conn), slice(data.cast::<u8>(), len)?).map(written)) }
}

/// Closes the WebSocket of a connection with a code and a reason: ww_conn_close_websocket() by id. WW_EVENT_CLOSED follows when the
/// peer's Close has come, or after close_ms. To end the connection at once: ww_server_abort().
///
/// Errors, nothing done: WW_E_GONE; those of ww_conn_close_websocket().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_close_websocket(
    server: *mut ww_server,
    conn: ww_id,
    code: u16,
    reason: ww_span,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.calls().close_websocket(id(conn), code, octets(reason)?).map(|()| WW_OK)) }
}
