//! `ww_poster`: how other threads and signal handlers reach a loop.

use core::ptr::null_mut;

use super::ww_loop;
use crate::ffi::check::ARGUMENT;
use crate::ffi::guard::{answer, guarded};
use crate::ffi::handle::with;
use crate::ffi::status::{WW_OK, WW_PAUSED, ww_status};
use crate::io::event_loop::{Posted, Poster};

/// Posts to a loop: counted, for any thread, valid after its loop was freed.
pub struct ww_poster {
    core: Poster,
}

/// Gives a counted handle to post to `loop`. Each ends by its own ww_poster_free(). Allocates.
///
/// Errors: WW_E_ARGUMENT. `*out` is NULL then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_poster(event_loop: *mut ww_loop, out: *mut *mut ww_poster) -> ww_status {
    // SAFETY: null or writable by the caller's promise.
    let Some(out) = (unsafe { out.as_mut() }) else {
        return ARGUMENT.code() as ww_status;
    };
    *out = null_mut();
    // SAFETY: as the caller promises.
    unsafe {
        with(event_loop, |l| {
            *out = Box::into_raw(Box::new(ww_poster { core: l.core.poster() }));
            Ok(WW_OK)
        })
    }
}

/// Another handle to the same loop, as for another thread; NULL for NULL. Any thread. Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_poster_ref(poster: *const ww_poster) -> *mut ww_poster {
    let mut other = null_mut();
    guarded(|| {
        // SAFETY: null or a poster of the caller's.
        if let Some(poster) = unsafe { poster.as_ref() } {
            other = Box::into_raw(Box::new(ww_poster { core: poster.core.clone() }));
        }
        WW_OK
    });
    other
}

/// Frees a handle. NULL is fine. Any thread, but no signal handler.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_poster_free(poster: *mut ww_poster) {
    guarded(|| {
        if !poster.is_null() {
            // SAFETY: made by `Box::into_raw`, and the caller gives it up.
            drop(unsafe { Box::from_raw(poster) });
        }
        WW_OK
    });
}

/// Posts `token` to the loop's thread, where it comes as WW_COMPLETION_POST. Posts of one thread come in their order. Any
/// thread; takes a lock, and allocates when more wait than ever before.
///
/// Returns WW_OK: queued; WW_PAUSED: `posts_max` wait, nothing was done.
/// Errors, nothing done: WW_E_ARGUMENT (NULL; 0, which is the token of rings); WW_E_GONE (the loop was freed); WW_E_NOMEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_poster_post(poster: *const ww_poster, token: u64) -> ww_status {
    guarded(|| {
        // SAFETY: null or a poster of the caller's.
        let Some(poster) = (unsafe { poster.as_ref() }) else {
            return ARGUMENT.code() as ww_status;
        };
        match poster.core.post(token) {
            Ok(Posted::Queued) => WW_OK,
            Ok(Posted::Full) => WW_PAUSED,
            Err(error) => error.code() as ww_status,
        }
    })
}

/// Rings: one WW_COMPLETION_POST with token 0 for all rings before it. Any thread, and async-signal-safe: atomics and at most one write(2), no
/// lock, no allocation; like write(2) it may change errno.
///
/// Errors: WW_E_ARGUMENT, WW_E_GONE (the loop was freed).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_poster_ring(poster: *const ww_poster) -> ww_status {
    guarded(|| {
        // SAFETY: null or a poster that nobody frees meanwhile.
        match unsafe { poster.as_ref() } {
            Some(poster) => answer(poster.core.ring()),
            None => ARGUMENT.code() as ww_status,
        }
    })
}
