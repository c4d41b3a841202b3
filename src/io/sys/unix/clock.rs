//! `clock_gettime`.

use core::mem::MaybeUninit;

/// A clock that is cheap to read, where there is one.
#[cfg(target_os = "linux")]
const WALL: libc::clockid_t = libc::CLOCK_REALTIME_COARSE;
#[cfg(bsd)]
const WALL: libc::clockid_t = libc::CLOCK_REALTIME;

/// Milliseconds of the clock that never steps.
pub(in crate::io) fn monotonic_ms() -> u64 {
    let (seconds, nanos) = time(libc::CLOCK_MONOTONIC);
    // This clock is never negative.
    seconds as u64 * 1000 + nanos as u64 / 1_000_000
}

/// Seconds since 1970 of the system's time.
pub(in crate::io) fn wall_seconds() -> i64 {
    time(WALL).0
}

/// Seconds and nanoseconds of `clock`; zeros if the system has no such clock.
fn time(clock: libc::clockid_t) -> (i64, i64) {
    let mut time = MaybeUninit::<libc::timespec>::zeroed();
    // SAFETY: the pointer is to our own timespec. On failure it stays as it was: zeros.
    unsafe { libc::clock_gettime(clock, time.as_mut_ptr()) };
    // SAFETY: two integers, zeroed above.
    let time = unsafe { time.assume_init() };
    (time.tv_sec, time.tv_nsec)
}
