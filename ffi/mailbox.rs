//! `ww_mailbox` across the C ABI: how other threads and signal handlers reach a server.

pub mod stream;

use core::ffi::c_void;
use core::ptr::null_mut;

use super::check::{ARGUMENT, slice};
use super::event::ww_id;
use super::guard::{answer, guarded};
use super::handle::with;
use super::head::types::ww_span;
use super::message::{octets, ww_response};
use super::server::ww_server;
use super::slow::delivery;
use super::status::{WW_OK, WW_PAUSED, ww_status};
use crate::error::Error;
use crate::service::{Id, Mailbox, Posted};

/// Post flag: a post, response or message that does not reach its connection comes back as WW_EVENT_UNDELIVERED, with `token` and the
/// reason in `code`.
pub const WW_POST_REPORT: u32 = 1 << 0;

/// The mailbox of a server: counted, for any thread, valid after its server was freed.
pub struct ww_mailbox {
    core: Mailbox,
}

/// Gives a counted handle to the mailbox of `server`. Each ends by its own ww_mailbox_free(). Allocates.
///
/// Errors: WW_E_ARGUMENT. `*out` is NULL then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_mailbox(server: *mut ww_server, out: *mut *mut ww_mailbox) -> ww_status {
    // SAFETY: null or writable by the caller's promise.
    let Some(out) = (unsafe { out.as_mut() }) else {
        return ARGUMENT.code() as ww_status;
    };
    *out = null_mut();
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            *out = Box::into_raw(Box::new(ww_mailbox { core: s.mailbox() }));
            Ok(WW_OK)
        })
    }
}

/// Another handle to the same mailbox, as for another thread; NULL for NULL. Any thread. Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_mailbox_ref(mailbox: *mut ww_mailbox) -> *mut ww_mailbox {
    let mut other = null_mut();
    guarded(|| {
        // SAFETY: null or a mailbox of the caller's.
        if let Some(mailbox) = unsafe { mailbox.as_ref() } {
            other = Box::into_raw(Box::new(ww_mailbox { core: mailbox.core.clone() }));
        }
        WW_OK
    });
    other
}

/// Frees a handle; the mailbox goes with the last one. NULL is fine. Any thread, but no signal handler.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_mailbox_free(mailbox: *mut ww_mailbox) {
    guarded(|| {
        if !mailbox.is_null() {
            // SAFETY: made by `Box::into_raw`, and the caller gives it up.
            drop(unsafe { Box::from_raw(mailbox) });
        }
        WW_OK
    });
}

/// # Safety
/// `mailbox` is null or a mailbox.
unsafe fn put(
    mailbox: *mut ww_mailbox,
    flags: u32,
    body: impl FnOnce(&Mailbox, bool) -> Result<Posted, Error>,
) -> ww_status {
    guarded(|| {
        // SAFETY: as the caller promises.
        let Some(mailbox) = (unsafe { mailbox.as_ref() }) else {
            return ARGUMENT.code() as ww_status;
        };
        if flags & !WW_POST_REPORT != 0 {
            return ARGUMENT.code() as ww_status;
        }
        match body(&mailbox.core, flags & WW_POST_REPORT != 0) {
            Ok(Posted::Queued) => WW_OK,
            Ok(Posted::Full) => WW_PAUSED,
            Err(error) => error.code() as ww_status,
        }
    })
}

/// Posts a copy of `len` octets to the server's thread, where they come as WW_EVENT_POST of the connection `conn`, with `token`.
/// `conn` 0 is the server itself. Posts of one thread come in their order. Any thread; takes a lock and allocates.
///
/// Returns WW_OK: queued; WW_PAUSED: the mailbox is full (`posts_max`, `post_bytes_max`), nothing was done. What is longer than
/// `post_bytes_max` never fits: ww_mailbox_wait() tells that by WW_E_LIMIT.
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_GONE (the server has ended); WW_E_NOMEM. That the connection has ended is known only
/// on the server's thread: see WW_POST_REPORT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_mailbox_post(
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
            mailbox.post(Id::from_number(conn), slice(data.cast::<u8>(), len)?, token, report)
        })
    }
}

/// Answers the request of a connection from another thread. The response is copied, fields and content; it is queued on
/// the server's thread as by ww_server_respond(), without an event, and waits there while the connection's output is above its
/// high-water mark. With WW_MESSAGE_STREAM content follows by ww_mailbox_send() and ends with ww_mailbox_finish(). Any thread; takes a lock
/// and allocates.
///
/// Returns what ww_mailbox_post() does; WW_E_FIELD_NAME, WW_E_FIELD_VALUE, WW_E_AMBIGUOUS_FRAMING; WW_E_ARGUMENT also for WW_MESSAGE_LENT. Whatever else
/// ww_server_respond() may answer is told by WW_EVENT_UNDELIVERED with WW_POST_REPORT, and not at all without it; WW_E_NOMEM ends the
/// connection with that error, since its request would never be answered.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_mailbox_respond(
    mailbox: *mut ww_mailbox,
    conn: ww_id,
    response: *const ww_response,
    token: u64,
    flags: u32,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        put(mailbox, flags, |mailbox, report| {
            let (response, fields) = ww_response::read(response)?;
            mailbox.respond(Id::from_number(conn), &response, fields, token, report)
        })
    }
}

/// Sends a whole WebSocket message to a connection from another thread, without an event: ww_server_publish_to() on the server's thread, with
/// these `ws_flags` and `key`. It is copied, validated and framed here. Messages of one thread come in their order. Any thread; takes
/// a lock and allocates.
///
/// Returns what ww_mailbox_post() does; WW_E_ARGUMENT also for a part of a message; WW_E_UTF8. With WW_POST_REPORT, WW_EVENT_UNDELIVERED
/// tells that the message did not get there, with the error that ww_server_publish_to() would have answered: WW_E_GONE also where it
/// waited and the connection ended, WW_E_SLOW where it was dropped, replaced, or lost with a connection that was closed for being slow.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_mailbox_send_message(
    mailbox: *mut ww_mailbox,
    conn: ww_id,
    ws_flags: u32,
    key: u64,
    data: *const c_void,
    len: usize,
    token: u64,
    flags: u32,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        put(mailbox, flags, |mailbox, report| {
            let (part, slow) = delivery(ws_flags, key)?;
            let octets = slice(data.cast::<u8>(), len)?;
            mailbox.send_message(Id::from_number(conn), part, octets, slow, token, report)
        })
    }
}

/// Publishes a whole WebSocket message from another thread: ww_server_publish() on the server's thread, to its subscribers and those of its
/// group. It is copied, validated and framed here. Any thread; takes a lock and allocates.
///
/// Returns what ww_mailbox_post() does; WW_E_ARGUMENT also for a part of a message; WW_E_UTF8. The call does not report how many connections received the message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_mailbox_publish(
    mailbox: *mut ww_mailbox,
    topic: ww_span,
    ws_flags: u32,
    key: u64,
    data: *const c_void,
    len: usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        put(mailbox, 0, |mailbox, _| {
            let (part, slow) = delivery(ws_flags, key)?;
            mailbox.publish(octets(topic)?, part, slice(data.cast::<u8>(), len)?, slow)
        })
    }
}

/// Asks the server to drain: ww_server_drain() on its thread. Any thread, and async-signal-safe: atomics and at most one write(2), no
/// lock, no allocation; like write(2) it may change errno. A handler may be interrupted by another that calls it too.
///
/// Errors: WW_E_ARGUMENT, WW_E_GONE (the server has ended).
///
/// Nobody frees this handle meanwhile: neither another thread nor the one that a signal handler interrupts. Restore the signal's default
/// action before ww_mailbox_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_mailbox_drain(mailbox: *mut ww_mailbox, within_ms: u64) -> ww_status {
    guarded(|| {
        // SAFETY: as the caller promises.
        match unsafe { mailbox.as_ref() } {
            Some(mailbox) => answer(mailbox.core.drain(within_ms)),
            None => ARGUMENT.code() as ww_status,
        }
    })
}
