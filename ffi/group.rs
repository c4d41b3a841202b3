//! `ww_group` across the C ABI: servers that publish together.

use core::ptr::null_mut;

use super::check::ARGUMENT;
use super::guard::guarded;
use super::status::{WW_OK, ww_status};
use crate::error::Error;
use crate::service::Group;

/// Servers that publish together, see ww_server_join(): counted, for any thread.
pub struct ww_group {
    core: Group,
}

/// Makes a group without members. Free it with ww_group_free(); it lives on while servers are in it. Any thread. Allocates.
///
/// Errors: WW_E_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_group_new(out: *mut *mut ww_group) -> ww_status {
    guarded(|| {
        // SAFETY: null or writable by the caller's promise.
        let Some(out) = (unsafe { out.as_mut() }) else {
            return ARGUMENT.code() as ww_status;
        };
        *out = Box::into_raw(Box::new(ww_group { core: Group::new() }));
        WW_OK
    })
}

/// Another handle to the same group, as for another thread; NULL for NULL. Free it with its own ww_group_free(). Any thread. Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_group_ref(group: *const ww_group) -> *mut ww_group {
    let mut other = null_mut();
    guarded(|| {
        // SAFETY: null or a group of the caller's.
        if let Some(group) = unsafe { group.as_ref() } {
            other = Box::into_raw(Box::new(ww_group { core: group.core.clone() }));
        }
        WW_OK
    });
    other
}

/// Frees a handle; the group goes with the last one and the last server in it. NULL is fine. Any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_group_free(group: *mut ww_group) {
    guarded(|| {
        if !group.is_null() {
            // SAFETY: made by `Box::into_raw`, and the caller gives it up.
            drop(unsafe { Box::from_raw(group) });
        }
        WW_OK
    });
}

impl ww_group {
    /// The group itself.
    ///
    /// # Safety
    /// `from` is null or a group that no thread frees during `'a`.
    pub(super) unsafe fn read<'a>(from: *const Self) -> Result<&'a Group, Error> {
        // SAFETY: as the caller promises.
        unsafe { from.as_ref() }.map(|group| &group.core).ok_or(ARGUMENT)
    }
}
