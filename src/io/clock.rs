//! The two clocks: one for deadlines, one for dates.

use crate::io::sys;

/// A clock that is cheap to read, where there is one.
#[cfg(target_os = "linux")]
const WALL: libc::clockid_t = libc::CLOCK_REALTIME_COARSE;
#[cfg(bsd)]
const WALL: libc::clockid_t = libc::CLOCK_REALTIME;

/// Milliseconds of the monotonic clock: never steps back, has an arbitrary start, stops while the machine sleeps (macOS: goes on).
///
/// This is the `now_ms` of the whole library. Read it once per turn. A call costs about 20 ns and no system call where
/// the system maps its clock into the process.
pub fn monotonic_ms() -> u64 {
    let (seconds, nanos) = sys::clock::time(libc::CLOCK_MONOTONIC);
    // This clock is never negative.
    seconds as u64 * 1000 + nanos as u64 / 1_000_000
}

/// Seconds since 1970-01-01 UTC, for Date fields. May step with the system time. At most one system tick (4–10 ms)
/// behind.
pub fn wall_seconds() -> i64 {
    sys::clock::time(WALL).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{SystemTime, UNIX_EPOCH};

    #[test]
    fn monotonic_advances_with_sleep() {
        let before = monotonic_ms();
        std::thread::sleep(std::time::Duration::from_millis(3));
        assert!(monotonic_ms() >= before + 2);
    }

    #[test]
    fn wall_agrees_with_the_system() {
        let system = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64;
        assert!((wall_seconds() - system).abs() <= 1);
    }
}
