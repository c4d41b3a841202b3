//! How requests end.

use core::mem::zeroed;
use std::io;
use windows_sys::Win32::Foundation::{NTSTATUS, RtlNtStatusToDosError};
use windows_sys::Win32::System::IO::IO_STATUS_BLOCK;

/// Room for a status.
pub(super) fn none() -> IO_STATUS_BLOCK {
    // SAFETY: a C struct of integers and a union of an integer and a pointer.
    unsafe { zeroed() }
}

/// The error that a status stands for.
pub(super) fn error(status: NTSTATUS) -> io::Error {
    // SAFETY: it only computes.
    io::Error::from_raw_os_error(unsafe { RtlNtStatusToDosError(status) }.cast_signed())
}
