//! What a connection says of itself, and holding it.

use super::{look, with, ww_conn};
use crate::conn::bits;
use crate::ffi::error_info::describe;
use crate::ffi::head::types::{ww_error_info, ww_field};
use crate::ffi::status::{WW_OK, ww_status};
use crate::ffi::view::HeadView;

/// State: read from the transport and lend what comes.
pub const WW_STATE_WANT_READ: u32 = 1 << 0;
/// State: there is output to write.
pub const WW_STATE_WANT_WRITE: u32 = 1 << 1;
/// State: ww_conn_next() has something without more input. Run the turn again.
pub const WW_STATE_EVENTS: u32 = 1 << 2;
/// State: close the write side of the transport; doing it again is harmless.
pub const WW_STATE_SHUTDOWN_WRITE: u32 = 1 << 3;
/// State: close the transport.
pub const WW_STATE_CLOSE: u32 = 1 << 4;
/// State: between messages. A client may send a request, a pool may reuse the connection.
pub const WW_STATE_IDLE: u32 = 1 << 5;
/// State: a request waits for its final response, or an error does: see WW_EVENT_FLAG_CAN_RESPOND.
pub const WW_STATE_CAN_RESPOND: u32 = 1 << 6;
/// State, with WW_STATE_CLOSE: close the transport by a reset (SO_LINGER on, of 0 seconds, before close()). Content that only the end of the
/// connection delimits was cut off, or the peer does not read: a FIN would make what it has look whole (RFC 9112 section 8).
pub const WW_STATE_RESET: u32 = 1 << 9;

const _: () = assert!(
    WW_STATE_WANT_READ == bits::WANT_READ
        && WW_STATE_WANT_WRITE == bits::WANT_WRITE
        && WW_STATE_EVENTS == bits::EVENTS
        && WW_STATE_SHUTDOWN_WRITE == bits::SHUTDOWN_WRITE
        && WW_STATE_CLOSE == bits::CLOSE
        && WW_STATE_IDLE == bits::IDLE
        && WW_STATE_CAN_RESPOND == bits::CAN_RESPOND
        && WW_STATE_RESET == bits::RESET
);

/// What the owner should do now: WW_STATE_* bits, also those of TLS where there is some. Ask when ww_conn_next() has answered anything but
/// WW_OK: before that a lend may have more events than this tells. A handle that is NULL or broken answers WW_STATE_CLOSE. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_state(conn: *const ww_conn) -> u32 {
    let mut state = WW_STATE_CLOSE;
    // SAFETY: as the caller promises.
    unsafe {
        look(conn, |c| {
            state = c.core.state(c.workspace());
            Ok(WW_OK)
        })
    };
    state
}

/// The octets of the workspace's memory that the connection holds and that come back when it ends: output that is not sent, unread input, a
/// head or message in the making, the head of the present event, a TLS record that is cut, what it knows of permessage-deflate. The connection itself and the state of its
/// TLS come on top. 0 for NULL. With ww_workspace_memory() it tells whom to end with ww_conn_abort() before memory is used up: the largest
/// holder. Costs as much as the connection has blocks of output. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_memory(conn: *const ww_conn) -> usize {
    let mut octets = 0;
    // SAFETY: as the caller promises.
    unsafe {
        look(conn, |c| {
            octets = c.core.shown(c.workspace()).memory();
            octets += c.view.as_ref().map_or(0, |view| size_of::<HeadView>() + view.room() * size_of::<ww_field>());
            Ok(WW_OK)
        })
    };
    octets
}

/// The last error of the connection, in `out` (start from WW_ERROR_INFO_INIT): code, offset in the input of that call, the HTTP status a server
/// answers with, the ledger's rule, a reason for a log. It ended the connection, unless it is about one request: an expectation (417), another
/// authority (421), or the handshake of a WebSocket (400, 426; ww_conn_accept_websocket()). Everything is 0 or empty while there was none. The
/// strings are static. Does not allocate.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_error(conn: *const ww_conn, out: *mut ww_error_info) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { look(conn, |c| describe(c.core.error(), out)) }
}

/// Holds the stream: ww_conn_next() answers WW_PAUSED, WW_STATE_WANT_READ goes, at most one lend is kept, and the peer's clock stands
/// still from the next ww_conn_deadline() to that after ww_conn_resume(); then it goes on. answer_ms is no clock of the peer's and goes on
/// meanwhile. Does not allocate.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_pause(conn: *mut ww_conn) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            c.core.pause();
            Ok(WW_OK)
        })
    }
}

/// Lets a held stream go on; run a turn afterwards. Does not allocate.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_resume(conn: *mut ww_conn) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            c.core.resume();
            Ok(WW_OK)
        })
    }
}

/// Makes the exchange in progress the last: its response says `close`, and the connection is closed in stages after it. An idle
/// connection closes now, one in a handshake of TLS too, and an open WebSocket sends a Close with 1001. A tunnel goes on until both
/// sides have ended it: its octets say nothing of an end, so its owner closes the transport when it has waited long enough. Allocates when no output block is to spare for that Close, and
/// over TLS for a close_notify.
///
/// Errors: WW_E_ARGUMENT; WW_E_NOMEM: there is no memory for the Close. Nothing was done then, and the call may be made again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_shutdown(conn: *mut ww_conn) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            let (core, ws) = c.core_and_workspace();
            core.shutdown(ws)?;
            Ok(WW_OK)
        })
    }
}
