//! `ww_resolver`: host names to addresses, as completions of a loop.

use core::ffi::c_char;
use core::ptr::null_mut;

use super::resolver_config::ww_resolver_config;
use super::{run, ww_loop};
use crate::error::{Code, Error, Fault};
use crate::ffi::address::value::{WW_FAMILY_IPV4, WW_FAMILY_IPV6, WW_FAMILY_NONE, ww_address};
use crate::ffi::check::ARGUMENT;
use crate::ffi::error_info::explain;
use crate::ffi::guard::{answer, guarded};
use crate::ffi::handle::look;
use crate::ffi::head::types::{ww_error_info, ww_span};
use crate::ffi::message::octets;
use crate::ffi::status::{WW_OK, ww_status};
use crate::happy_eyeballs::Family;
use crate::io::address::Address;
use crate::io::resolver::{Resolver, reason_of};

static FAMILY: Fault = Fault::new(
    Code::Argument,
    0,
    c"",
    c"the family of a look-up is none of WW_FAMILY_NONE (both), WW_FAMILY_IPV4 and WW_FAMILY_IPV6",
);
static NO_LOOKUP: Fault =
    Fault::new(Code::Gone, 0, c"", c"the loop has no look-up with this token: it was reported or cancelled");

/// Looks up host names on threads of its own, for any number of loops.
///
/// Any thread may call, several at once. Free it when no other call is in progress.
pub struct ww_resolver {
    core: Resolver,
}

/// Makes a resolver. It starts its threads when there are names to look up, and they take no signals. `config` NULL means all defaults. Free
/// it with ww_resolver_free().
///
/// Errors: WW_E_ARGUMENT (`out` NULL, a config out of range); `*out` is NULL then, and `*error` (start from WW_ERROR_INFO_INIT, or NULL) says
/// what is wrong. Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_resolver_new(
    config: *const ww_resolver_config,
    out: *mut *mut ww_resolver,
    error: *mut ww_error_info,
) -> ww_status {
    guarded(|| {
        // SAFETY: as the caller promises.
        answer(unsafe { explain(make(config, out), error) })
    })
}

/// # Safety
/// As ww_resolver_new().
unsafe fn make(config: *const ww_resolver_config, out: *mut *mut ww_resolver) -> Result<(), Error> {
    // SAFETY: null or writable by the caller's promise.
    let out = unsafe { out.as_mut() }.ok_or(ARGUMENT)?;
    *out = null_mut();
    // SAFETY: as the caller promises.
    let core = Resolver::new(&unsafe { ww_resolver_config::read(config) }?)?;
    *out = Box::into_raw(Box::new(ww_resolver { core }));
    Ok(())
}

/// Frees a resolver and cancels its look-ups: what the loops have not been given yet is never reported. Waits for nothing: a thread that is
/// looking a name up ends by itself after it, and what it needs lives until then. Loops may be freed before or after. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_resolver_free(resolver: *mut ww_resolver) {
    guarded(|| {
        if !resolver.is_null() {
            // SAFETY: made by `Box::into_raw`, and the caller gives it up.
            drop(unsafe { Box::from_raw(resolver) });
        }
        WW_OK
    });
}

/// Looks up the addresses of `name`: one WW_COMPLETION_RESOLVED of the loop follows, with `token`. Its addresses have `port`, and are of
/// `family`: WW_FAMILY_IPV4, WW_FAMILY_IPV6, or WW_FAMILY_NONE for both. They are what getaddrinfo() finds, in its order, 256 at most; nothing
/// is cached. Never waits: names are queued while all threads are busy.
///
/// A name is looked up once at a time, in whatever case it is written: all who ask meanwhile share the result. No thread is needed for
/// addresses in numbers (IPv6 without brackets, with a scope if need be: `fe80::1%eth0`), and for `localhost` and the names that end in
/// `.localhost`, which are `::1` and `127.0.0.1`.
///
/// Errors, nothing done; ww_loop_error() says which: WW_E_ARGUMENT (NULL; another family; a name that is empty, has a NUL or more than 253
/// octets); WW_E_LIMIT (`waiting_max` look-ups are not reported yet); WW_E_SYSTEM (no thread could be started). Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_resolver_lookup(
    resolver: *const ww_resolver,
    event_loop: *mut ww_loop,
    name: ww_span,
    port: u16,
    family: i32,
    token: u64,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        run(event_loop, |l| {
            let resolver = resolver.as_ref().ok_or(ARGUMENT)?;
            let family = wanted(family)?;
            resolver.core.look_up(&l.core, octets(name)?, port, family, token).map(|()| WW_OK)
        })
    }
}

fn wanted(family: i32) -> Result<Option<Family>, Error> {
    match family {
        WW_FAMILY_NONE => Ok(None),
        WW_FAMILY_IPV4 => Ok(Some(Family::V4)),
        WW_FAMILY_IPV6 => Ok(Some(Family::V6)),
        _ => Err(FAMILY.at(0)),
    }
}

/// Cancels the look-ups of the loop that have this token: no completion of them follows. A thread that is looking the name up goes on, and
/// occupies its place until the system answers. Does not allocate.
///
/// Errors: WW_E_ARGUMENT (NULL); WW_E_GONE (there is none: it was reported, or cancelled before).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_resolver_cancel(
    resolver: *const ww_resolver,
    event_loop: *mut ww_loop,
    token: u64,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        run(event_loop, |l| {
            let resolver = resolver.as_ref().ok_or(ARGUMENT)?;
            if resolver.core.cancel(&mut l.core, token) { Ok(WW_OK) } else { Err(NO_LOOKUP.at(0)) }
        })
    }
}

/// The address of this index, in `*out`: one of the `n` of the last completion, if that was a WW_COMPLETION_RESOLVED; until the next
/// ww_loop_next(). Does not allocate.
///
/// Errors, `*out` untouched: WW_E_ARGUMENT (NULL, or there is no such address).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_loop_resolved(event_loop: *const ww_loop, index: usize, out: *mut ww_address) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        look(event_loop, |l| {
            let address = l.core.resolved().get(index).ok_or(ARGUMENT)?;
            *out.as_mut().ok_or(ARGUMENT)? = ww_address::from(&Address::from(*address));
            Ok(WW_OK)
        })
    }
}

/// Returns what an `EAI_*` number means, as in `system` of a WW_COMPLETION_RESOLVED with WW_E_RESOLVE: a text for a log, static, NUL-terminated,
/// never NULL. The wording may change.
///
/// Any thread, any time. Does not allocate.
#[unsafe(no_mangle)]
pub extern "C" fn ww_resolver_reason(system: i32) -> *const c_char {
    reason_of(system).as_ptr()
}
