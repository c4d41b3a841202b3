//! Where a call writes to, and how it says how much.

use crate::error::{Code, Error};
use crate::ffi::check::ARGUMENT;
use crate::ffi::status::{WW_OK, ww_status};
use crate::http1::write::no_room;

/// The caller's buffer.
pub(in crate::ffi) struct Room<'a> {
    pub octets: &'a mut [u8],
}

impl<'a> Room<'a> {
    /// Writes all of `octets`, or nothing.
    pub fn put(self, octets: &[u8]) -> Result<usize, Error> {
        self.place(octets.len())?.copy_from_slice(octets);
        Ok(octets.len())
    }

    /// What `pieces` hands over, one piece after the other, or nothing. It is run twice.
    pub fn gather(self, pieces: impl Fn(&mut dyn FnMut(&[u8]))) -> Result<usize, Error> {
        let mut size = 0;
        pieces(&mut |piece| size += piece.len());
        let (place, mut at) = (self.place(size)?, 0);
        pieces(&mut |piece| {
            place[at..at + piece.len()].copy_from_slice(piece);
            at += piece.len();
        });
        Ok(size)
    }

    /// The first `size` octets, all of which are to be written.
    pub fn place(self, size: usize) -> Result<&'a mut [u8], Error> {
        self.octets.get_mut(..size).ok_or(no_room(size))
    }

    /// Writes the `size` octets that there are, or nothing.
    pub fn fill(self, size: usize, octets: impl Iterator<Item = u8>) -> Result<usize, Error> {
        let place = self.place(size)?;
        place.iter_mut().zip(octets).for_each(|(to, octet)| *to = octet);
        Ok(size)
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
