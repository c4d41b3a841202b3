//! Times of the system.

use core::mem::zeroed;
use windows_sys::Win32::Foundation::FILETIME;
use windows_sys::Win32::System::SystemInformation::{GetSystemTimeAsFileTime, GetTickCount64};

/// Between 1601, where the system's time starts, and 1970.
const SECONDS_TO_1970: i64 = 11_644_473_600;

/// A second in units of the system's time.
const UNITS: i64 = 10_000_000;

/// Milliseconds of the clock that never steps.
pub(in crate::io) fn monotonic_ms() -> u64 {
    // SAFETY: no pointers.
    unsafe { GetTickCount64() }
}

/// Seconds since 1970 of the system's time.
pub(in crate::io) fn wall_seconds() -> i64 {
    // SAFETY: two integers.
    let mut time: FILETIME = unsafe { zeroed() };
    // SAFETY: a struct of ours is written.
    unsafe { GetSystemTimeAsFileTime(&raw mut time) };
    let units = i64::from(time.dwHighDateTime) << 32 | i64::from(time.dwLowDateTime);
    units / UNITS - SECONDS_TO_1970
}
