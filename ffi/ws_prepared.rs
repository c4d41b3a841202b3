//! WebSocket messages made once and sent often.

use core::ffi::c_void;
use core::ptr::null_mut;
use std::sync::Arc;

use super::check::{ARGUMENT, slice};
use super::guard::{answer, guarded};
use super::status::ww_status;
use super::ws_message::part;
use crate::conn::Prepared;
use crate::error::Error;

/// A whole message, validated and framed once, and compressed at most once, for any number of connections. It never changes: any
/// threads may send it at the same time, as long as none frees it meanwhile. What was sent is a copy and outlives it.
pub struct ww_ws_prepared {
    core: Arc<Prepared>,
}

impl ww_ws_prepared {
    /// The message itself.
    ///
    /// # Safety
    /// `from` is null or came from [`ww_ws_prepare`] and is not freed during `'a`.
    pub(super) unsafe fn read<'a>(from: *const Self) -> Result<&'a Arc<Prepared>, Error> {
        // SAFETY: as the caller promises.
        unsafe { from.as_ref() }.map(|message| &message.core).ok_or(ARGUMENT)
    }
}

/// Prepares a message of `len` octets, which are copied: `flags` are WW_SEND_TEXT or WW_SEND_BINARY, and WW_SEND_UNCOMPRESSED. It is
/// compressed for the first connection that agreed on that and whose window holds all of it, where compressing makes it shorter; by itself,
/// so that the compressor of that connection begins anew behind it. Free it with ww_ws_prepared_free(). Any thread. Allocates, and when it is
/// compressed once more.
///
/// Errors: WW_E_ARGUMENT (a part of a message; NULL), WW_E_UTF8 (text that is not), WW_E_NOMEM; `*out` is NULL then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_ws_prepare(
    flags: u32,
    data: *const c_void,
    len: usize,
    out: *mut *mut ww_ws_prepared,
) -> ww_status {
    guarded(|| {
        // SAFETY: null or writable by the caller's promise.
        let Some(out) = (unsafe { out.as_mut() }) else {
            return ARGUMENT.code() as ww_status;
        };
        *out = null_mut();
        // SAFETY: as the caller promises.
        let octets = unsafe { slice(data.cast::<u8>(), len) };
        let message = octets.and_then(|octets| Prepared::new(part(flags)?, octets));
        answer(message.map(|core| *out = Box::into_raw(Box::new(ww_ws_prepared { core: Arc::new(core) }))))
    })
}

/// Frees a message that was prepared. NULL is fine. Any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_ws_prepared_free(message: *mut ww_ws_prepared) {
    guarded(|| {
        if !message.is_null() {
            // SAFETY: made by `Box::into_raw`, and the caller gives it up.
            drop(unsafe { Box::from_raw(message) });
        }
        0
    });
}
