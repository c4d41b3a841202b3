//! A drain that is asked for: apart from all locks, for it is asked for in signal handlers.

use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Whether a drain was asked for, and within which time; the shortest of all counts.
pub(super) struct DrainRequest {
    is_asked: AtomicBool,
    within_ms: AtomicU64,
    is_closed: AtomicBool,
}

impl DrainRequest {
    /// None.
    pub fn new() -> Self {
        let (is_asked, is_closed) = Default::default();
        Self { is_asked, within_ms: AtomicU64::new(u64::MAX), is_closed }
    }

    /// Asks for one; whether there is anybody to hear it.
    pub fn ask(&self, within_ms: u64) -> bool {
        if self.is_closed.load(Ordering::Acquire) {
            return false;
        }
        self.within_ms.fetch_min(within_ms, Ordering::AcqRel);
        self.is_asked.store(true, Ordering::Release);
        true
    }

    /// The time of one that was asked for since the last look.
    pub fn take(&self) -> Option<u64> {
        self.is_asked.swap(false, Ordering::AcqRel).then(|| self.within_ms.load(Ordering::Acquire))
    }

    /// Nobody will hear it.
    pub fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
    }
}
