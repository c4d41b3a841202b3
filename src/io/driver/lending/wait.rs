//! Waits for releases without events: of connections that were ended.

use super::Lent;
use std::time::{Duration, Instant};

/// How long it waits before it looks again. poll(2) does not wait: that such a connection has ended stands.
const LOOK: Duration = Duration::from_millis(10);

/// Waits until everything is released, which `take` finds out. `false`: it was not, within about `limit`.
pub(in crate::io::driver) fn wait(lent: &mut Lent, limit: Duration, mut take: impl FnMut(&mut Lent) -> bool) -> bool {
    let start = Instant::now();
    loop {
        take(lent);
        lent.take();
        if lent.is_empty() || start.elapsed() >= limit {
            return lent.is_empty();
        }
        std::thread::sleep(LOOK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_without_a_release_has_an_end_and_sleeps() {
        let mut lent = Lent::default();
        lent.add();
        let mut looks = 0;
        let limit = LOOK * 5;
        let is_released = wait(&mut lent, limit, |_| {
            looks += 1;
            true
        });
        assert!(!is_released && !lent.is_empty());
        // A sleep is never shorter than it is to be.
        assert!((1..=6).contains(&looks), "{looks}");
    }

    #[test]
    fn a_wait_ends_with_the_last_release() {
        let mut lent = Lent::default();
        lent.add();
        lent.add();
        let mut next = 0;
        assert!(wait(&mut lent, Duration::from_secs(3600), |lent| {
            lent.release(next, next, false);
            next += 1;
            true
        }));
        assert_eq!(next, 2);
    }
}
