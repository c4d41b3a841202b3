//! Where a server listens, what it counts, and how it nests in another loop.

use core::ffi::c_char;

use super::{id, look, with, ww_server};
use crate::error::{Code, Error, Fault};
use crate::ffi::address::text::AddressText;
use crate::ffi::check::{ARGUMENT, fill};
use crate::ffi::descriptor;
use crate::ffi::driver::ww_loop_info;
use crate::ffi::error_info::describe;
use crate::ffi::event::ww_id;
use crate::ffi::head::types::ww_error_info;
use crate::ffi::status::{WW_OK, ww_status};
use crate::io::address::Address;

static SHORT: Fault = Fault::new(Code::Buffer, 0, c"", c"the buffer is too small for the address");

/// Counts of a server. Start from WW_STATS_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_stats {
    /// sizeof(ww_stats); set by WW_STATS_INIT.
    pub size: usize,
    /// Connections accepted, or taken by ww_server_adopt().
    pub accepted: u64,
    /// Connections accepted and closed at once, for lack of memory; they had no events. With WW_LISTEN_PROXY also those that were closed before their
    /// header was there, for lack of memory or because others came.
    pub refused: u64,
    /// Connections there are now: those that have had their WW_EVENT_OPENED.
    pub open: u64,
    /// Requests told by WW_EVENT_REQUEST; one that is gathered and so told twice counts once.
    pub requests: u64,
    /// Final responses of the application, in whatever way it gave them: with a file, a switch, an accepted WebSocket, from another thread, to
    /// an error. Not those that the library gave itself.
    pub responses: u64,
    /// Octets received.
    pub bytes_in: u64,
    /// Octets sent.
    pub bytes_out: u64,
    /// Connections that an error ended, which WW_EVENT_CLOSED tells: broken protocol, resets, clocks, memory.
    pub errors: u64,
    /// Connections' clocks that ran out, those of idle connections and of waits for a PROXY header included.
    pub timeouts: u64,
    /// Messages that a connection missed because it was slow, those that a newer one replaced included.
    pub missed: u64,
    /// Connections that were closed because they were too slow.
    pub too_slow: u64,
    /// Messages published that the mailbox of a sibling did not take, being full.
    pub unposted: u64,
    /// Connections whose TLS the system took over (WW_TLS_KERNEL).
    pub kernel_tls: u64,
    /// Connections that were ended with WW_E_STALLED. Each is a bug of the library: please report it.
    pub stalled: u64,
    /// Connections that lost the unread input they held: all together held more than `held_max`, and they most of it. See docs/budgets.md.
    pub input_evicted: u64,
    /// WebSockets that lost a message in the making: all together held more than `messages_max`, and they most of it.
    pub messages_evicted: u64,
    /// Connections that were ended because `memory_max` was nearly used up and they held most of it.
    pub memory_evicted: u64,
}

/// Writes where a listener is bound as a NUL-terminated text, in the form ww_server_listen() takes; `listener` counts those calls
/// from 0. `*needed` becomes the octets of the text with its NUL, also when `cap` is too small, and else 0 on an error. Does not allocate.
///
/// Errors: WW_E_ARGUMENT (no such listener; NULL), WW_E_BUFFER.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_address(
    server: *const ww_server,
    listener: usize,
    out: *mut c_char,
    cap: usize,
    needed: *mut usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        clear(needed);
        look(server, |s| write_address(&s.core.address(listener)?, out, cap, needed))
    }
}

/// Writes the address of the peer of a connection, as ww_server_address() does: the source that a PROXY header told (WW_LISTEN_PROXY), or else the
/// peer of the transport, for which it makes a system call. Does not allocate.
///
/// Errors: WW_E_ARGUMENT, WW_E_GONE, WW_E_BUFFER, WW_E_SYSTEM (the peer is gone already).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_peer(
    server: *mut ww_server,
    conn: ww_id,
    out: *mut c_char,
    cap: usize,
    needed: *mut usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        clear(needed);
        with(server, |s| write_address(&s.core.calls().peer(id(conn))?, out, cap, needed))
    }
}

/// A length is told whenever a call returns.
///
/// # Safety
/// `needed` is null or writable.
unsafe fn clear(needed: *mut usize) {
    // SAFETY: as the caller promises.
    if let Some(needed) = unsafe { needed.as_mut() } {
        *needed = 0;
    }
}

/// # Safety
/// As ww_server_address().
unsafe fn write_address(
    address: &Address,
    out: *mut c_char,
    cap: usize,
    needed: *mut usize,
) -> Result<ww_status, Error> {
    let text = AddressText::new(address);
    let octets = text.with_nul();
    // SAFETY: null or writable by the caller's promise.
    *unsafe { needed.as_mut() }.ok_or(ARGUMENT)? = octets.len();
    if octets.len() > cap {
        return Err(SHORT.at(0));
    }
    if out.is_null() {
        return Err(ARGUMENT);
    }
    // SAFETY: within `cap`, which the caller promises to be writable.
    unsafe { core::ptr::copy_nonoverlapping(octets.as_ptr().cast(), out, octets.len()) };
    Ok(WW_OK)
}

/// What ends a connection, once something does, in `out` (start from WW_ERROR_INFO_INIT): ww_conn_error() by id. Ask with the
/// WW_EVENT_ERROR: after WW_EVENT_CLOSED the id is dead. Does not allocate.
///
/// With 0 for `conn`: why the last call of ww_server_next() or of a ww_server_listen() function failed that did, NULL arguments apart; later
/// calls that succeed leave it. Of WW_E_SYSTEM `offset` is the system's number for the error (errno) and `reason` a text for it.
///
/// Errors: WW_E_ARGUMENT, WW_E_GONE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_error(server: *const ww_server, conn: ww_id, out: *mut ww_error_info) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        look(server, |s| {
            let error = if conn == 0 { s.core.failed() } else { s.core.conn(id(conn))?.error() };
            describe(error, out)
        })
    }
}

/// What has happened since ww_server_new(), in `out`. Does not allocate.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_stats(server: *const ww_server, out: *mut ww_stats) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        look(server, |s| {
            let stats = s.core.stats();
            let now = ww_stats {
                size: 0,
                accepted: stats.accepted,
                refused: stats.refused,
                open: stats.open,
                requests: stats.requests,
                responses: stats.responses,
                bytes_in: stats.octets_in,
                bytes_out: stats.octets_out,
                errors: stats.errors,
                timeouts: stats.timeouts,
                missed: stats.missed,
                too_slow: stats.too_slow,
                unposted: stats.unposted,
                kernel_tls: stats.kernel_tls,
                stalled: stats.stalled,
                input_evicted: stats.input_evicted,
                messages_evicted: stats.messages_evicted,
                memory_evicted: stats.memory_evicted,
            };
            fill(out, &now)?;
            Ok(WW_OK)
        })
    }
}

/// What drives the server's loop, in `*out` (start from WW_LOOP_INFO_INIT). Does not allocate.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_get_loop_info(server: *const ww_server, out: *mut ww_loop_info) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { look(server, |s| ww_loop_info::write(&s.core.driver().info(), out)) }
}

/// A descriptor that is readable when ww_server_next() has something to do, to nest the server in another loop; -1 for NULL. When it is
/// readable, or ww_server_deadline() has come, call ww_server_next() with a timeout of 0 until it answers WW_TIMEOUT. It stays the
/// server's: do not read, write or close it. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_handle(server: *const ww_server) -> isize {
    let mut handle = -1;
    // SAFETY: as the caller promises.
    unsafe {
        look(server, |s| {
            handle = descriptor::waitable(s.core.driver().handle());
            Ok(WW_OK)
        })
    };
    handle
}

/// When ww_server_next() has something to do though the handle is not readable, in milliseconds of CLOCK_MONOTONIC; 0: at once;
/// UINT64_MAX: never (or `server` is NULL). Ask again after every other call on the server. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_deadline(server: *const ww_server) -> u64 {
    let mut deadline = u64::MAX;
    // SAFETY: as the caller promises.
    unsafe {
        look(server, |s| {
            deadline = s.core.deadline();
            Ok(WW_OK)
        })
    };
    deadline
}
