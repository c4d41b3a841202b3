//! Driving a connection: octets in, events, octets out, time.

use core::ffi::c_void;

use super::lend::Lend;
use super::out::Out;
use super::{with, ww_conn};
use crate::conn::{NotReady, Piece};
use crate::error::Error;
use crate::ffi::check::ARGUMENT;
use crate::ffi::event::ww_event;
use crate::ffi::status::{WW_DONE, WW_NEED_INPUT, WW_OK, WW_PAUSED, ww_status};

/// A piece of output: `struct iovec` on POSIX, the shape of WSABUF on Windows.
#[cfg(not(windows))]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_iovec {
    /// Start.
    pub iov_base: *mut core::ffi::c_void,
    /// Octets.
    pub iov_len: usize,
}

/// A piece of output: `struct iovec` on POSIX, the shape of WSABUF on Windows.
#[cfg(windows)]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_iovec {
    /// Octets.
    pub iov_len: core::ffi::c_ulong,
    /// Start.
    pub iov_base: *mut core::ffi::c_void,
}

/// How many of `len` octets one piece can say.
#[cfg(not(windows))]
#[inline(always)]
pub(in crate::ffi) fn in_one_piece(len: usize) -> usize {
    len
}

/// How many of `len` octets one piece can say.
#[cfg(windows)]
#[inline(always)]
pub(in crate::ffi) fn in_one_piece(len: usize) -> core::ffi::c_ulong {
    core::ffi::c_ulong::try_from(len).unwrap_or(core::ffi::c_ulong::MAX)
}

/// Lends `n` received octets. All are taken, or none. The buffer is the library's, which may rewrite it, until ww_conn_next()
/// answers anything but WW_OK; then it is the caller's again, and what was incomplete has been copied.
///
/// Errors, none lent: WW_E_ARGUMENT (NULL with `n` > 0, more than lend_max), WW_E_STATE (the lend before is not drained,
/// or reading is off and a whole lend is held already, or after ww_conn_receive_eof()). Does not allocate. Ends events.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_receive(conn: *mut ww_conn, buf: *mut c_void, n: usize, now_ms: u64) -> ww_status {
    let buf = buf.cast::<u8>();
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            if buf.is_null() && n != 0 {
                return Err(ARGUMENT);
            }
            let (core, ws) = c.core_and_workspace();
            core.receive(ws, n, now_ms)?;
            c.lend = Lend::of(buf, n);
            Ok(WW_OK)
        })
    }
}

/// The peer will send no more. `clean`: by the transport's own rules (a FIN, not a reset), so that a message delimited by the end of
/// the transport is complete. With TLS of the connection's own a FIN is clean too: whether a close_notify came before it, without which
/// such a message is not complete, the connection knows itself. Pull events afterwards.
///
/// Errors: WW_E_ARGUMENT. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_receive_eof(conn: *mut ww_conn, clean: bool, now_ms: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            let (core, ws) = c.core_and_workspace();
            core.receive_eof(ws, clean, now_ms);
            Ok(WW_OK)
        })
    }
}

/// The transport reports that the peer has ended (EPOLLRDHUP) while the state lacks WW_STATE_WANT_READ: octets that came before may be
/// unread. They are read when WANT_READ is back, and behind them ww_conn_receive_eof() tells the end itself. Where a response to a whole
/// request is due, WW_EVENT_PEER_ENDED follows. Pull events afterwards. Saying it again changes nothing: stop watching for it, since
/// poll and epoll report it for as long as it lasts. While WANT_READ is set, read instead. For POLLERR, and for POLLHUP without
/// WANT_READ, call ww_conn_abort().
///
/// Errors: WW_E_ARGUMENT. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_peer_ended(conn: *mut ww_conn, now_ms: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            let (core, _) = c.core_and_workspace();
            core.announce_end(now_ms);
            Ok(WW_OK)
        })
    }
}

/// The next event, in `ev`. Its pointers live until the next ww_conn_next(), ww_conn_receive(), ww_conn_reset() or
/// ww_conn_free() on this connection.
///
/// Returns WW_OK with an event; WW_NEED_INPUT: all input is used up; WW_PAUSED: input waits until an unanswered request is answered,
/// until queued output is sent, or until ww_conn_resume(); WW_DONE: the connection has ended. All but WW_OK give the lent buffer back.
/// Errors: WW_E_ARGUMENT; WW_E_NOMEM: input could not be kept, the connection is closed. Allocates from the workspace when
/// it has no slab to spare for a head.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_next(conn: *mut ww_conn, ev: *mut ww_event) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            let out = ev.as_mut().ok_or(ARGUMENT)?;
            c.end_event();
            let (core, ws, lent, view) = c.parts();
            match core.next_into(&mut ws.core, lent, Out { event: out, views: &mut ws.views, view }) {
                Ok(Ok(())) => Ok(WW_OK),
                Ok(Err(not_ready)) => {
                    c.lend = Lend::NONE;
                    Ok(status_of(not_ready))
                }
                Err(error) => Err(lose_lend(c, error)),
            }
        })
    }
}

#[inline(always)]
fn status_of(not_ready: NotReady) -> ww_status {
    match not_ready {
        NotReady::NeedInput | NotReady::Idle => WW_NEED_INPUT,
        NotReady::Paused => WW_PAUSED,
        NotReady::Done => WW_DONE,
    }
}

/// The lend is over; what was in it is lost, so the connection is.
#[cold]
fn lose_lend(c: &mut ww_conn, error: Error) -> Error {
    c.lend = Lend::NONE;
    let (core, ws) = c.core_and_workspace();
    core.ending(ws).fail_without_memory(error);
    error
}

/// Shows queued output as at most `cap` pieces of at most output_max octets together, and returns how many; 0 when there is none, and for
/// NULL arguments. The octets keep address and content until ww_conn_sent() covers them, or until ww_conn_abort(), ww_conn_reset() or
/// ww_conn_free(), which say that nothing reads them any more; no other call ends them, nor does the end of the connection. They end before a
/// file, which ww_conn_output_file() names when they are sent.
///
/// Over TLS the call makes the records of what is queued, up to about 64 KiB ahead of the transport, and so allocates. Where there is no
/// memory for a record it shows those that there are; without any, the connection ends with WW_EVENT_ERROR (WW_E_NOMEM). Allocates over TLS only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_output(conn: *mut ww_conn, iov: *mut ww_iovec, cap: usize) -> usize {
    let mut n = 0;
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            if iov.is_null() || cap == 0 || !c.core.has_output() {
                return Ok(WW_OK);
            }
            let (core, ws) = c.core_and_workspace();
            n = match core.shown(ws).only_output() {
                Some(piece) => {
                    let iov_len = in_one_piece(piece.len());
                    iov.write(ww_iovec { iov_base: piece.as_ptr().cast_mut().cast(), iov_len });
                    1
                }
                None => show_output(c, iov, cap),
            };
            Ok(WW_OK)
        })
    };
    n
}

/// # Safety
/// `iov` has room for `cap` pieces; `cap` is not 0.
#[inline(never)]
unsafe fn show_output(c: &mut ww_conn, iov: *mut ww_iovec, cap: usize) -> usize {
    let (core, ws) = c.core_and_workspace();
    let mut n = 0;
    core.seal(ws);
    core.shown(ws).next_pieces(|piece| {
        let (base, len) = match piece {
            Piece::Owned(bytes) => (bytes.as_ptr(), bytes.len()),
            Piece::Lent(address, len) => (core::ptr::with_exposed_provenance(address), len),
        };
        let iov_len = in_one_piece(len);
        // SAFETY: `n` < `cap`, and the caller has room for `cap` pieces.
        unsafe { iov.add(n).write(ww_iovec { iov_base: base.cast_mut().cast(), iov_len }) };
        n += 1;
        #[allow(clippy::unnecessary_cast, reason = "32 bits on Windows")]
        let is_whole = iov_len as usize == len;
        // What comes behind a piece that is not shown whole is not shown either.
        n < cap && is_whole
    });
    n
}

/// The transport took the first `n` octets of the output for good.
///
/// Errors: WW_E_ARGUMENT; WW_E_STATE: so many are not queued (nothing is done). Allocates over TLS only, for the close_notify behind the
/// last of them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_sent(conn: *mut ww_conn, n: usize, now_ms: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            let (core, ws) = c.core_and_workspace();
            core.sent(ws, n, now_ms)?;
            Ok(WW_OK)
        })
    }
}

/// The transport failed (reset, broken pipe): queued output and held input are dropped, an exchange in progress ends with
/// WW_EVENT_ERROR, the state becomes WW_STATE_CLOSE. Not while a transport may still read the output: where a send of it is held, close the
/// socket first (ww_loop_close()), and wait for its last completion if that is to come.
///
/// Errors: WW_E_ARGUMENT. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_abort(conn: *mut ww_conn, now_ms: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            let (core, ws) = c.core_and_workspace();
            core.abort(ws, now_ms);
            Ok(WW_OK)
        })
    }
}

/// When ww_conn_tick() is due, on the clock of `now_ms`; UINT64_MAX: no wait is on (or `conn` is NULL). Call it at the end of each
/// turn, and after ww_conn_pause() and ww_conn_resume(): what began in calls without a time begins now, and so the clocks start, stand
/// still and go on. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_deadline(conn: *mut ww_conn, now_ms: u64) -> u64 {
    let mut deadline = u64::MAX;
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            let (core, ws) = c.core_and_workspace();
            deadline = core.deadline(ws, now_ms);
            Ok(WW_OK)
        })
    };
    deadline
}

/// Applies the time: waits that are over end, by an event or silently, as their clock says, and a Ping is queued where one is due, in an
/// output block that is to spare or a new one. Pull events afterwards: with them comes the reply that is due. Early calls are harmless.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_conn_tick(conn: *mut ww_conn, now_ms: u64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(conn, |c| {
            let (core, ws) = c.core_and_workspace();
            core.tick(ws, now_ms);
            Ok(WW_OK)
        })
    }
}
