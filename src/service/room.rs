//! The room in a mailbox: its posts and octets, their limits, and waiting for room. Any thread.
//!
//! The counts only grow under the lock of the queue, which every caller of [`has`](Room::has) holds; they shrink at any
//! time.

use super::until::Until;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, MutexGuard};

/// The room of one mailbox.
pub(super) struct Room {
    posts: AtomicUsize,
    octets: AtomicUsize,
    posts_max: usize,
    octets_max: usize,
    /// Waiting threads.
    waiters: AtomicUsize,
    change: Condvar,
}

impl Room {
    pub fn new(posts_max: usize, octets_max: usize) -> Self {
        let (posts, octets, waiters) = Default::default();
        Self { posts, octets, posts_max, octets_max, waiters, change: Condvar::new() }
    }

    /// Whether a post of this size can ever fit.
    pub fn may_hold(&self, octets: usize) -> bool {
        octets <= self.octets_max && self.posts_max > 0
    }

    /// Whether a post of this size fits now.
    pub fn has(&self, octets: usize) -> bool {
        let octets = self.octets.load(Ordering::SeqCst).saturating_add(octets);
        octets <= self.octets_max && self.posts.load(Ordering::Relaxed) < self.posts_max
    }

    /// Counts a post.
    pub fn take(&self, octets: usize) {
        self.posts.fetch_add(1, Ordering::Relaxed);
        self.octets.fetch_add(octets, Ordering::Relaxed);
    }

    /// The server has finished a post. Returns whether a thread waits for room.
    pub fn give_back(&self, octets: usize) -> bool {
        self.posts.fetch_sub(1, Ordering::Relaxed);
        // SeqCst with the count of waiters: either they see the room, or they are seen.
        self.octets.fetch_sub(octets, Ordering::SeqCst);
        self.waiters.load(Ordering::SeqCst) > 0
    }

    /// Waits for room until the timeout, or until the locked state says that there will be none.
    pub fn wait<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        octets: usize,
        until: Until,
        is_vain: impl Fn(&T) -> bool,
    ) -> MutexGuard<'a, T> {
        self.waiters.fetch_add(1, Ordering::SeqCst);
        while !self.has(octets) && !until.is_over() && !is_vain(&guard) {
            guard = until.sleep(&self.change, guard);
        }
        self.waiters.fetch_sub(1, Ordering::SeqCst);
        guard
    }

    /// Wakes the waiters. The caller has held the lock since the change.
    pub fn notify(&self) {
        self.change.notify_all();
    }
}
