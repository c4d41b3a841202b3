//! WebSocket on a connection.

use core::ffi::c_void;

use super::answer::write;
use super::ww_conn;
use crate::conn::{Conn, Workspace, Write};
use crate::error::Error;
use crate::ffi::check::{ARGUMENT, slice};
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::status::ww_status;
use crate::ffi::ws_message::{accept_error, part, whole, ww_ws_handshake};
use crate::ffi::ws_prepared::ww_ws_prepared;

/// Accepts the WebSocket that the request in progress offers (RFC 6455 §4.2.2): 101 is queued, and the peer's frames come as
/// WW_EVENT_MESSAGE and the other WebSocket events, those included that came before the 101: at most one lend of them is held until then.
/// `handshake` NULL: no subprotocol, no more fields. To refuse, answer the request as any other; the connection closes then if frames came
/// already. A browser's page is known by the Origin among the request's fields. Call it where the head has WW_HEAD_WEBSOCKET only: to a
/// plain request where nothing but a WebSocket is served, respond with 426 and a field `Upgrade: websocket`.
///
/// Returns WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows. Errors, nothing done: WW_E_ARGUMENT (also for
/// a field that is the handshake's own); WW_E_STATE (no request waits); WW_E_WS_SUBPROTOCOL (this one was not offered); WW_E_FIELD_NAME,
/// WW_E_FIELD_VALUE, WW_E_AMBIGUOUS_FRAMING; WW_E_NOMEM.
///
/// WW_E_WS_HANDSHAKE: the request offers WebSocket badly or not at all. It was answered with 426 where it asks for another version than 13,
/// else with 400, and waits no longer; ww_conn_error() tells why. A request with content is answered with 400 too, and the connection closes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_accept_websocket(conn: *mut ww_conn, handshake: *const ww_ws_handshake) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        write(conn, |core, ws| {
            let (handshake, fields) = ww_ws_handshake::read(handshake)?;
            core.websocket(ws).accept(&handshake.accept(), fields).map_err(accept_error)
        })
    }
}

/// Client: asks for a WebSocket (RFC 6455 §4.1). The answer is WW_EVENT_RESPONSE: with status 101 the WebSocket is open, its
/// Sec-WebSocket-Accept, subprotocol and extensions verified; any other status is a response like others. A 101 that does not answer what
/// was asked is WW_EVENT_ERROR.
///
/// Returns WW_PAUSED above the high-water mark. Errors, nothing done: those of ww_conn_request(); WW_E_ARGUMENT also for a field that is
/// the handshake's own; WW_E_WS_SUBPROTOCOL, or WW_E_TOO_LARGE for more than 64 (`protocol` is no list of distinct tokens); WW_E_ENTROPY
/// (the workspace has no seed).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_request_websocket(conn: *mut ww_conn, handshake: *const ww_ws_handshake) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        write(conn, |core, ws| {
            if handshake.is_null() {
                return Err(ARGUMENT);
            }
            let (handshake, fields) = ww_ws_handshake::read(handshake)?;
            core.websocket(ws).request(&handshake.connect(), fields)
        })
    }
}

/// Sends a message or a part of one. `flags` are WW_SEND_TEXT or WW_SEND_BINARY; for a message in parts WW_SEND_TEXT_PART or
/// WW_SEND_BINARY_PART, with WW_SEND_FIRST for its first part and WW_SEND_LAST for its last; and WW_SEND_UNCOMPRESSED. The flags of a
/// WW_EVENT_MESSAGE send the same. Copied, all or nothing; each call is one frame.
///
/// Returns WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows.
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no WebSocket is open, or parts of two messages are mixed); WW_E_WS_CLOSING; WW_E_UTF8
/// (text that is not, over all its parts); WW_E_ENTROPY; WW_E_NOMEM. Allocates when no output block is to spare, and for compressing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_send_message(
    conn: *mut ww_conn,
    flags: u32,
    data: *const c_void,
    len: usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        write(conn, |core, ws| {
            let octets = slice(data.cast::<u8>(), len)?;
            if let Some((text, compressed)) = whole(flags)
                && core.fast_messages(ws).send(text, compressed, octets)
            {
                return Ok(Write::Queued);
            }
            send_any(core, ws, flags, octets)
        })
    }
}

#[inline(never)]
fn send_any(core: &mut Conn, ws: &mut Workspace, flags: u32, octets: &[u8]) -> Result<Write, Error> {
    core.websocket(ws).send_message(part(flags)?, octets)
}

/// Sends a message that was prepared, whole: one copy, and neither validating nor framing nor, as a rule, compressing. A client gives each
/// copy a mask of its own. Between the parts of another message it is refused.
///
/// Returns WW_PAUSED above the high-water mark; nothing was done, WW_EVENT_WRITABLE follows.
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no WebSocket is open, or another message is under way); WW_E_WS_CLOSING;
/// WW_E_ENTROPY; WW_E_NOMEM. Allocates when no output block is to spare, and the first time that the message is to be compressed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_send_prepared(conn: *mut ww_conn, message: *const ww_ws_prepared) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { write(conn, |core, ws| core.websocket(ws).send_prepared(ww_ws_prepared::read(message)?)) }
}

/// Sends a Ping of at most 125 octets. The Pong comes as WW_EVENT_PONG. The keep-alive of ping_ms needs no call.
///
/// Returns WW_PAUSED above the high-water mark.
/// Errors, nothing done: WW_E_ARGUMENT (more than 125 octets); WW_E_STATE (no WebSocket is open); WW_E_WS_CLOSING; WW_E_ENTROPY; WW_E_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_ping(conn: *mut ww_conn, data: *const c_void, len: usize) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { write(conn, |core, ws| core.websocket(ws).ping(slice(data.cast::<u8>(), len)?)) }
}

/// Closes a WebSocket (RFC 6455 §7): a Close with this code and reason (UTF-8, at most 123 octets) is queued, and nothing may follow.
/// Code 0: without a code, and without a reason. The connection closes when the peer's Close has come, or after close_ms.
///
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (no WebSocket is open); WW_E_WS_CLOSING (a Close was sent already); WW_E_WS_CLOSE (a code
/// that must not be sent, a reason that is too long); WW_E_UTF8; WW_E_ENTROPY (of a client, without a mask); WW_E_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_close_websocket(conn: *mut ww_conn, code: u16, reason: ww_span) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { write(conn, |core, ws| core.websocket(ws).close(code, octets(reason)?).map(|()| Write::Queued)) }
}
