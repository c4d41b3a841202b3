//! `ww_loop` across the C ABI: its life and its turns.

pub mod calls;
pub mod completion;
pub mod config;
pub mod datagram;
pub mod datagram_value;
mod datagram_view;
pub mod guest;
pub(super) mod hosted;
pub mod multicast;
pub mod opening;
pub mod poster;
pub mod resolver;
pub mod resolver_config;
pub mod send;
pub mod socket;
pub mod socket_options;

use core::ptr::null_mut;

use super::check::ARGUMENT;
use super::descriptor;
use super::driver::ww_loop_info;
use super::error_info::{describe, explain};
use super::guard::{answer, guarded};
use super::handle::{Handle, look, with};
use super::head::types::ww_error_info;
use super::status::{WW_OK, WW_TIMEOUT, ww_status};
use crate::error::Error;
use crate::io::event_loop::EventLoop;
use completion::ww_completion;
use config::ww_loop_config;
use datagram_view::DatagramView;
use hosted::Hosted;

/// An event loop: a driver of the system's, sockets, timers and posts.
///
/// One thread at a time; other threads use its ww_poster.
pub struct ww_loop {
    core: EventLoop,
    /// The datagrams of the present completion.
    view: DatagramView,
    hosted: Hosted,
    /// Why the last call failed that did.
    failed: Option<Error>,
    /// A panic crossed this handle.
    poisoned: bool,
}

impl Handle for ww_loop {
    #[inline(always)]
    fn is_poisoned(&self) -> bool {
        self.poisoned
    }

    fn poison(&mut self) {
        self.poisoned = true;
    }
}

/// Runs `body` on a loop and keeps why it failed.
///
/// # Safety
/// As [`with`].
#[inline(always)]
unsafe fn run(event_loop: *mut ww_loop, body: impl FnOnce(&mut ww_loop) -> Result<ww_status, Error>) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(event_loop, |l| body(l).inspect_err(|&error| l.failed = Some(error))) }
}

/// Makes a loop without sockets. `config` NULL means all defaults; it is copied. Free it with ww_loop_free().
///
/// Errors: WW_E_ARGUMENT (`out` NULL, a config out of range), WW_E_NOMEM, WW_E_SYSTEM, WW_E_UNSUPPORTED (that driver is of another system or
/// not in this build); `*out` is NULL then, and `*error` (start from
/// WW_ERROR_INFO_INIT, or NULL) says what is wrong. Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_new(
    config: *const ww_loop_config,
    out: *mut *mut ww_loop,
    error: *mut ww_error_info,
) -> ww_status {
    guarded(|| {
        // SAFETY: as the caller promises.
        answer(unsafe { explain(make(config, out), error) })
    })
}

/// # Safety
/// As ww_loop_new().
unsafe fn make(config: *const ww_loop_config, out: *mut *mut ww_loop) -> Result<(), Error> {
    // SAFETY: null or writable by the caller's promise.
    let out = unsafe { out.as_mut() }.ok_or(ARGUMENT)?;
    *out = null_mut();
    // SAFETY: as the caller promises.
    let config = unsafe { ww_loop_config::read(config) }?;
    let view = DatagramView::with_room(config.datagrams.datagrams)?;
    let core = EventLoop::new(&config)?;
    *out = Box::into_raw(Box::new(ww_loop { core, view, hosted: Hosted::default(), failed: None, poisoned: false }));
    Ok(())
}

/// Frees a loop: ends every operation and closes its sockets, without completions; what was given to its sends is no longer read,
/// and connections of which octets are lent (ww_loop_send_zero_copy()) are reset, for which it may wait.
/// Servers made on it live on: ww_server_next() waits for them as for any other. Posters stay valid and answer WW_E_GONE. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_free(event_loop: *mut ww_loop) {
    guarded(|| {
        if !event_loop.is_null() {
            // SAFETY: made by `Box::into_raw`, and the caller gives it up.
            drop(unsafe { Box::from_raw(event_loop) });
        }
        WW_OK
    });
}

/// Waits for the next completion and puts it in `*out`; its pointers live until the next ww_loop_next() or ww_loop_free(). Waits at most
/// `timeout_ms` milliseconds; 0 only looks, a negative one never ends. Signals do not end the wait: a handler that is to end it calls
/// ww_poster_ring().
///
/// A turn hands out one batch of the system's, then the posts that were there, then the timers and the servers that are due; each comes in
/// each turn, however much there is of the others. A socket with input is received from once a turn.
///
/// Returns WW_OK with a completion, or WW_TIMEOUT. Errors: WW_E_ARGUMENT; WW_E_SYSTEM: the wait failed, call again. Allocates only for
/// more sockets than ever before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_next(event_loop: *mut ww_loop, out: *mut ww_completion, timeout_ms: i64) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        run(event_loop, |l| {
            let out = out.as_mut().ok_or(ARGUMENT)?;
            l.hosted.release_left(&mut l.core);
            l.view.clear();
            let Some(done) = l.core.next(u64::try_from(timeout_ms).ok(), |guest| l.hosted.deadline(guest))? else {
                return Ok(WW_TIMEOUT);
            };
            *out = ww_completion::of(&done, &mut l.core, &mut l.view);
            Ok(WW_OK)
        })
    }
}

/// Submits what the driver has kept back. ww_loop_next() does it by itself; call this before another loop waits on
/// ww_loop_handle().
///
/// Errors: WW_E_ARGUMENT, WW_E_SYSTEM.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_flush(event_loop: *mut ww_loop) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { run(event_loop, |l| l.core.flush().map(|()| WW_OK)) }
}

/// A descriptor for another loop (on Windows a completion port, to be waited for as any HANDLE: take no packets from it, and the servers of
/// the loop have the same): when it is readable, or ww_loop_deadline() has come, call ww_loop_next() with a timeout of 0 until it
/// answers WW_TIMEOUT, or some times: while there is more, it stays readable or the deadline is 0. The loop owns it. -1 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_handle(event_loop: *const ww_loop) -> isize {
    let mut handle = -1;
    // SAFETY: as the caller promises.
    unsafe {
        look(event_loop, |l| {
            handle = descriptor::waitable(l.core.handle());
            Ok(WW_OK)
        })
    };
    handle
}

/// When ww_loop_next() has something to do even if the handle is not readable: 0 for at once, UINT64_MAX for never, otherwise in
/// milliseconds of the monotonic clock (CLOCK_MONOTONIC). UINT64_MAX for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_deadline(event_loop: *const ww_loop) -> u64 {
    let mut deadline = u64::MAX;
    // SAFETY: as the caller promises.
    unsafe {
        look(event_loop, |l| {
            deadline = l.core.deadline(|guest| l.hosted.deadline(guest));
            Ok(WW_OK)
        })
    };
    deadline
}

/// The time of this turn in milliseconds of the monotonic clock, which ww_loop_next() read last; for deadlines. No system call. 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_now(event_loop: *const ww_loop) -> u64 {
    let mut now = 0;
    // SAFETY: as the caller promises.
    unsafe {
        look(event_loop, |l| {
            now = l.core.now();
            Ok(WW_OK)
        })
    };
    now
}

/// Arms a timer for the time `deadline_ms` of the monotonic clock, in place of what it was armed for; UINT64_MAX disarms it. When the time has
/// come it is a WW_COMPLETION_TIMER with `token`, once. `timer` is a number of the caller's, below 16,777,216: use small ones, since
/// the loop keeps about 28 octets for each number below the greatest. A deadline that has passed comes in a later turn, within a
/// millisecond.
///
/// Errors, nothing done: WW_E_ARGUMENT, WW_E_NOMEM. Allocates for a number greater than all before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_set_timer(
    event_loop: *mut ww_loop,
    timer: u32,
    deadline_ms: u64,
    token: u64,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { run(event_loop, |l| l.core.set_timer(timer, deadline_ms, token).map(|()| WW_OK)) }
}

/// What drives the loop, in `*out` (start from WW_LOOP_INFO_INIT). Does not allocate.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_get_info(event_loop: *const ww_loop, out: *mut ww_loop_info) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { look(event_loop, |l| ww_loop_info::write(&l.core.info(), out)) }
}

/// Why the most recent failed call on the loop failed, NULL arguments apart, in `*out` (start from WW_ERROR_INFO_INIT); calls that succeed
/// leave it. Of WW_E_SYSTEM `offset` is the system's number for the error (errno). Does not allocate.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_error(event_loop: *const ww_loop, out: *mut ww_error_info) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { look(event_loop, |l| describe(l.failed, out)) }
}
