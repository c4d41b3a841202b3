//! A time up to which other threads wait. Never on the server's thread, whose waits are the driver's.

use std::sync::{Condvar, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A time, or none.
#[derive(Clone, Copy)]
pub(super) struct Until(Option<Instant>);

impl Until {
    /// So long from now; `None`, or a time beyond the clock's: for ever.
    pub fn after(timeout: Option<Duration>) -> Self {
        Self(timeout.and_then(|timeout| Instant::now().checked_add(timeout)))
    }

    /// Whether it is over.
    pub fn is_over(self) -> bool {
        self.left().is_some_and(|left| left.is_zero())
    }

    fn left(self) -> Option<Duration> {
        self.0.map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// Sleeps until `change` is told, or the time is over, or for no reason. Nothing panics while the lock is held, so that a poisoned one
    /// is sound.
    pub fn sleep<'a, T>(self, change: &Condvar, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        match self.left() {
            None => change.wait(guard).unwrap_or_else(PoisonError::into_inner),
            Some(left) => change.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner).0,
        }
    }
}
