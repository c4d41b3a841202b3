//! Driving TLS: records in, plaintext, records out.

use core::ffi::c_void;
use core::ptr::null_mut;

use super::{Plain, with, ww_tls};
use crate::error::Error;
use crate::ffi::check::{ARGUMENT, slice, slice_mut};
use crate::ffi::conn::drive::{in_one_piece, ww_iovec};
use crate::ffi::head::types::ww_span;
use crate::ffi::status::{WW_DONE, WW_NEED_INPUT, WW_OK, WW_PAUSED, ww_status};

/// The most parts of one ww_tls_send().
pub const WW_TLS_PARTS_MAX: usize = 64;

/// Lends `n` received octets, all of which are taken at once. The buffer is the library's, which rewrites it, until ww_tls_next()
/// answers anything but WW_OK; then it is the caller's again, and a record that was cut has been copied. What is wrong with the
/// octets is told by ww_tls_next(), behind the plaintext that came before it.
///
/// Answers and alerts go to the output: write it after every call.
///
/// Errors, none lent: WW_E_ARGUMENT (NULL with `n` > 0), WW_E_STATE (the lend before is not drained, or after ww_tls_receive_eof()).
/// Allocates while a record is cut, and in the handshake. Ends spans of plaintext.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_receive(tls: *mut ww_tls, buf: *mut c_void, n: usize) -> ww_status {
    let buf = buf.cast::<u8>();
    // SAFETY: as the caller promises.
    unsafe {
        with(tls, |t| {
            let octets = slice_mut(buf, n)?;
            let (core, ws) = t.parts();
            core.receive(&mut ws.core, octets)?;
            t.lent = buf;
            Ok(WW_OK)
        })
    }
}

/// The transport ends. ww_tls_next() then tells a clean end (WW_DONE: a close_notify came, RFC 8446 section 6.1) from a truncation
/// (WW_E_TRUNCATED), as which an attacker could end the stream anywhere.
///
/// Errors: WW_E_ARGUMENT. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_receive_eof(tls: *mut ww_tls) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(tls, |t| {
            t.core.receive_eof();
            Ok(WW_OK)
        })
    }
}

/// The next stretch of plaintext, in `plain`: at most two of one lend, for neighbouring records are moved together. It may be
/// rewritten in place, and lives until the next ww_tls_next(), ww_tls_receive() or ww_tls_free() on this handle.
///
/// Returns WW_OK with a span; WW_NEED_INPUT: all input is used up; WW_DONE: the peer said close_notify, or ww_tls_close() ended the
/// handshake: nothing more comes, and what the peer still sends is ignored. All but WW_OK give the lent buffer back.
/// Errors: WW_E_ARGUMENT; else the one that ended TLS, again and again, see ww_tls_error(): WW_E_TLS_* for what the peer did,
/// WW_E_TOO_LARGE, WW_E_TRUNCATED, WW_E_NOMEM. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_next(tls: *mut ww_tls, plain: *mut ww_span) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(tls, |t| {
            let out = plain.as_mut().ok_or(ARGUMENT)?;
            let result = pull(t, out);
            if result != Ok(WW_OK) {
                t.lent = null_mut();
            }
            result
        })
    }
}

fn pull(t: &mut ww_tls, out: &mut ww_span) -> Result<ww_status, Error> {
    *out = ww_span { data: core::ptr::null(), len: 0 };
    match t.core.pull()? {
        Plain::Opened => {
            let octets = t.core.opened();
            *out = ww_span { data: octets.as_mut_ptr(), len: octets.len() };
        }
        Plain::Lent(range) => *out = ww_span { data: t.lent.wrapping_add(range.start), len: range.len() },
        Plain::NeedInput => return Ok(WW_NEED_INPUT),
        Plain::Done => return Ok(WW_DONE),
    }
    Ok(WW_OK)
}

/// Encrypts `n` parts as one stretch of plaintext, in records of at most 16 KiB; small parts share a record, large ones are
/// encrypted where they lie. The parts are the caller's again afterwards.
///
/// All or nothing: WW_PAUSED when nothing was done, because the handshake is not done yet or 256 KiB are queued.
/// Errors: WW_E_ARGUMENT (more than WW_TLS_PARTS_MAX parts, a NULL part with a length), WW_E_CLOSING (after ww_tls_close()),
/// WW_E_NOMEM (nothing was done); else the one that ended TLS. Allocates from the workspace.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_send(tls: *mut ww_tls, parts: *const ww_iovec, n: usize) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(tls, |t| {
            let mut slices: [&[u8]; WW_TLS_PARTS_MAX] = [&[]; WW_TLS_PARTS_MAX];
            let slices = slices.get_mut(..n).ok_or(ARGUMENT)?;
            for (to, part) in slices.iter_mut().zip(slice(parts, n)?) {
                *to = slice(part.iov_base.cast_const().cast(), part.iov_len as _)?;
            }
            let (core, ws) = t.parts();
            Ok(if core.send(&mut ws.core, slices)? { WW_OK } else { WW_PAUSED })
        })
    }
}

/// Says close_notify: nothing is sent after it. When the output is written, WW_STATE_SHUTDOWN_WRITE is set. The peer may go on
/// sending. In the handshake nothing is said: TLS is over, and WW_STATE_CLOSE is set when the output is written. After an error nothing
/// is said. A second call does nothing.
///
/// Errors: WW_E_ARGUMENT, WW_E_NOMEM (TLS has ended by it). Allocates from the workspace.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_close(tls: *mut ww_tls) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(tls, |t| {
            let (core, ws) = t.parts();
            core.close(&mut ws.core)?;
            Ok(WW_OK)
        })
    }
}

/// Shows queued records as at most `cap` pieces and returns how many; 0 when there is none, and for NULL arguments. The octets keep
/// address and content until ww_tls_sent() covers them, or ww_tls_free(); no other call ends them. Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_output(tls: *mut ww_tls, iov: *mut ww_iovec, cap: usize) -> usize {
    let mut n = 0;
    if iov.is_null() || cap == 0 {
        return 0;
    }
    let mut put = |octets: &[u8]| {
        let iov_len = in_one_piece(octets.len());
        let piece = ww_iovec { iov_base: octets.as_ptr().cast_mut().cast(), iov_len };
        // SAFETY: `n` < `cap`, and the caller has room for `cap` pieces.
        unsafe { iov.add(n).write(piece) };
        n += 1;
        n < cap
    };
    // SAFETY: as the caller promises.
    unsafe {
        with(tls, |t| {
            let (core, ws) = t.parts();
            core.pieces(&ws.core, &mut put);
            Ok(WW_OK)
        })
    };
    n
}

/// The transport took the first `n` octets of the output for good.
///
/// Errors: WW_E_ARGUMENT; WW_E_STATE: so many are not queued (nothing is done). Does not allocate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_tls_sent(tls: *mut ww_tls, n: usize) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(tls, |t| {
            let (core, ws) = t.parts();
            core.sent(&mut ws.core, n)?;
            Ok(WW_OK)
        })
    }
}
