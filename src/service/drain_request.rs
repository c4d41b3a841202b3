//! A requested drain. Lock-free, since signal handlers may request it.

use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Whether a drain was requested, and within which time; the shortest counts.
pub(super) struct DrainRequest {
    is_requested: AtomicBool,
    within_ms: AtomicU64,
    is_closed: AtomicBool,
}

impl DrainRequest {
    /// None.
    pub fn new() -> Self {
        let (is_requested, is_closed) = Default::default();
        Self { is_requested, within_ms: AtomicU64::new(u64::MAX), is_closed }
    }

    /// Requests a drain; returns whether the server still exists.
    pub fn request(&self, within_ms: u64) -> bool {
        if self.is_closed.load(Ordering::Acquire) {
            return false;
        }
        self.within_ms.fetch_min(within_ms, Ordering::AcqRel);
        self.is_requested.store(true, Ordering::Release);
        true
    }

    /// The time of a drain requested since the last call.
    pub fn take(&self) -> Option<u64> {
        self.is_requested.swap(false, Ordering::AcqRel).then(|| self.within_ms.load(Ordering::Acquire))
    }

    /// The server ends.
    pub fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
    }
}
