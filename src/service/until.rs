//! A timeout of other threads. Not for the server's thread, which waits in the driver.

use std::sync::{Condvar, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A time, or none.
#[derive(Clone, Copy)]
pub(super) struct Until(Option<Instant>);

impl Until {
    /// This long from now; `None`, or a time beyond the clock's range: forever.
    pub fn after(timeout: Option<Duration>) -> Self {
        Self(timeout.and_then(|timeout| Instant::now().checked_add(timeout)))
    }

    /// Whether it has passed.
    pub fn is_over(self) -> bool {
        self.left().is_some_and(|left| left.is_zero())
    }

    fn left(self) -> Option<Duration> {
        self.0.map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// Sleeps until `change` is notified, the timeout, or a spurious wake-up. Nothing panics while the lock is held, so
    /// a poisoned one is valid.
    pub fn sleep<'a, T>(self, change: &Condvar, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        match self.left() {
            None => change.wait(guard).unwrap_or_else(PoisonError::into_inner),
            Some(left) => change.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner).0,
        }
    }
}
