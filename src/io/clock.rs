//! The two clocks: one for deadlines, one for dates.

use crate::io::sys;

/// Milliseconds of the monotonic clock: never steps back, has an arbitrary start, stops while the machine sleeps (macOS and Windows: goes on).
///
/// This is the `now_ms` of the whole library. Read it once per turn. A call costs about 20 ns and no system call where
/// the system maps its clock into the process.
pub fn monotonic_ms() -> u64 {
    sys::clock::monotonic_ms()
}

/// Seconds since 1970-01-01 UTC, for Date fields. May step with the system time. At most one system tick (4–16 ms)
/// behind.
pub fn wall_seconds() -> i64 {
    sys::clock::wall_seconds()
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
