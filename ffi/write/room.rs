//! Where a call writes to, and how it says how much.

use crate::error::{Code, Error};
use crate::ffi::check::ARGUMENT;
use crate::ffi::status::{WW_OK, ww_status};
use crate::http1::write::no_room;

/// The caller's buffer.
pub(in crate::ffi) struct Room<'a> {
    pub octets: &'a mut [u8],
}

impl Room<'_> {
    /// Writes all of `octets`, or nothing.
    pub fn put(self, octets: &[u8]) -> Result<usize, Error> {
        self.octets.get_mut(..octets.len()).ok_or(no_room(octets.len()))?.copy_from_slice(octets);
        Ok(octets.len())
    }
}

/// Runs a call that writes to `out` and returns how much; `*written` is that, or the size needed when there is too little
/// room, or 0.
///
/// # Safety
/// `out` is null or points to `cap` writable octets that nothing else looks at during the call; `written` is null or writable.
pub(in crate::ffi) unsafe fn write(
    out: *mut u8,
    cap: usize,
    written: *mut usize,
    body: impl FnOnce(Room<'_>) -> Result<usize, Error>,
) -> ww_status {
    // SAFETY: as the caller promises.
    let Some(written) = (unsafe { written.as_mut() }) else { return ARGUMENT.code() as ww_status };
    *written = 0;
    if (out.is_null() && cap != 0) || cap > isize::MAX as usize {
        return ARGUMENT.code() as ww_status;
    }
    // SAFETY: as the caller promises, and checked.
    let octets = if cap == 0 { &mut [][..] } else { unsafe { core::slice::from_raw_parts_mut(out, cap) } };
    match body(Room { octets }) {
        Ok(size) => {
            *written = size;
            WW_OK
        }
        Err(error) => {
            if error.code() == Code::Buffer {
                *written = crate::narrow::in_memory(error.offset);
            }
            error.code() as ww_status
        }
    }
}
