//! Stretches of files, as C describes them.

use super::check::{ARGUMENT, prefix};
use crate::conn::File;
use crate::error::Error;

/// A stretch of an open file. Start from WW_FILE_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_file {
    /// sizeof(ww_file); set by WW_FILE_INIT.
    pub size: usize,
    /// The descriptor (a handle on Windows) of a file that has offsets, open for reading. It is never looked at by a connection,
    /// nor closed; its own position is neither used nor moved (Windows: it is moved, unless the file is overlapped), so several connections may
    /// share it.
    pub fd: isize,
    /// Where the stretch begins, in octets.
    pub offset: u64,
    /// Octets.
    pub len: u64,
}

impl ww_file {
    /// # Safety
    /// `file` is null or points to a struct of the size its first member says.
    pub(super) unsafe fn read(file: *const Self) -> Result<File, Error> {
        // SAFETY: as the caller promises.
        let Self { fd, offset, len, .. } = unsafe { prefix(file) }?;
        stretch(fd, offset, len)
    }
}

/// A stretch of a file, wherever C says it.
pub(super) fn stretch(fd: isize, offset: u64, len: u64) -> Result<File, Error> {
    if fd < 0 { Err(ARGUMENT) } else { Ok(File { fd, offset, len }) }
}
