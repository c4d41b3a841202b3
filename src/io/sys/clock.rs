//! `clock_gettime`.

use core::mem::MaybeUninit;

/// Seconds and nanoseconds of `clock`; zeros if the system has no such clock.
pub(in crate::io) fn time(clock: libc::clockid_t) -> (i64, i64) {
    let mut time = MaybeUninit::<libc::timespec>::zeroed();
    // SAFETY: the pointer is to our own timespec. On failure it stays as it was: zeros.
    unsafe { libc::clock_gettime(clock, time.as_mut_ptr()) };
    // SAFETY: two integers, zeroed above.
    let time = unsafe { time.assume_init() };
    (time.tv_sec, time.tv_nsec)
}
