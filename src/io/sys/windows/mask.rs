//! Threads that take no signals: Windows has none that would interrupt a thread.

/// Calls `body`.
pub(in crate::io) fn blocked<T>(body: impl FnOnce() -> T) -> T {
    body()
}
