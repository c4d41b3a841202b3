//! Holding and ending a connection of a server.

use core::ffi::c_void;
use core::ptr::null_mut;

use super::{id, with, ww_server};
use crate::error::Error;
use crate::ffi::check::ARGUMENT;
use crate::ffi::event::ww_id;
use crate::ffi::status::{WW_DONE, WW_OK, ww_status};
use crate::service::{Calls, Id};

/// # Safety
/// `server` is null or a server that no other thread uses.
unsafe fn call(
    server: *mut ww_server,
    conn: ww_id,
    body: impl FnOnce(&mut Calls<'_>, Id) -> Result<(), Error>,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| body(&mut s.core.calls(), id(conn)).map(|()| WW_OK)) }
}

/// Holds the stream of a connection, for a slow consumer: no events of its input come, nothing is read, the peer's clock stands
/// still. What was received before is kept, at most one receive. A reset is still noticed.
/// Allocates when no output block is to spare for messages of this turn that are not sent yet.
///
/// Errors: WW_E_ARGUMENT, WW_E_GONE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_pause(server: *mut ww_server, conn: ww_id) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { call(server, conn, |calls, id| calls.pause(id)) }
}

/// Lets a held stream go on. Allocates as ww_server_pause().
///
/// Errors: WW_E_ARGUMENT, WW_E_GONE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_resume(server: *mut ww_server, conn: ww_id) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { call(server, conn, |calls, id| calls.resume(id)) }
}

/// Makes the exchange in progress of a connection the last: ww_conn_shutdown() by id. WW_EVENT_CLOSED follows when it is over. A
/// tunnel goes on: ww_server_abort() ends it. Allocates when no output block is to spare.
///
/// Errors: WW_E_ARGUMENT, WW_E_GONE; WW_E_NOMEM: there is no memory for the Close of a WebSocket. Nothing was done then, and the call may
/// be made again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_shutdown(server: *mut ww_server, conn: ww_id) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { call(server, conn, |calls, id| calls.shutdown(id)) }
}

/// Ends a connection at once: ww_conn_abort() by id. What is queued is offered to the system once and otherwise lost; lent octets are released,
/// then WW_EVENT_CLOSED with code 0 follows. To finish an exchange first: ww_server_shutdown(). Allocates when no output block is to spare
/// for messages of this turn that are not sent yet, and over TLS.
///
/// Errors: WW_E_ARGUMENT, WW_E_GONE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_abort(server: *mut ww_server, conn: ww_id) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { call(server, conn, |calls, id| calls.abort(id)) }
}

/// Stores a pointer that all later events of a connection carry in `user`, WW_EVENT_CLOSED included; see ww_server_take_user() for those of
/// connections that live when the server is freed. The library never looks at it. The first one takes memory, of a pointer for each of 64 connections.
///
/// Errors: WW_E_ARGUMENT, WW_E_GONE, WW_E_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_set_user(server: *mut ww_server, conn: ww_id, user: *mut c_void) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { call(server, conn, |calls, id| calls.set_user(id, user)) }
}

/// Gives back one of the pointers that ww_server_set_user() stored and whose connections live, in `*user`: for a program that frees a server
/// before all connections have ended. Each pointer comes back once, here or with WW_EVENT_CLOSED, and later events of its connection
/// carry NULL. All of them together cost one look at each connection there is.
///
/// ```c
/// while (ww_server_take_user(server, &user) == WW_OK) free(user);
/// ww_server_free(server);
/// ```
///
/// Returns WW_OK, or WW_DONE when there is none left; `*user` is NULL then. Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_take_user(server: *mut ww_server, user: *mut *mut c_void) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            let out = user.as_mut().ok_or(ARGUMENT)?;
            let taken = s.core.take_user();
            *out = taken.unwrap_or(null_mut());
            Ok(if taken.is_some() { WW_OK } else { WW_DONE })
        })
    }
}
