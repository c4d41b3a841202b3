//! The room in a mailbox: how many posts and octets of posts it holds, the most of both, and the wait for room. Any thread.
//!
//! What is held only grows under the lock of the queue, which whoever asks for room holds; it shrinks at any time.

use super::until::Until;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, MutexGuard};

/// The room of one mailbox.
pub(super) struct Room {
    posts: AtomicUsize,
    octets: AtomicUsize,
    posts_max: usize,
    octets_max: usize,
    /// Threads that wait, and what ends their wait.
    waiters: AtomicUsize,
    change: Condvar,
}

impl Room {
    pub fn new(posts_max: usize, octets_max: usize) -> Self {
        let (posts, octets, waiters) = Default::default();
        Self { posts, octets, posts_max, octets_max, waiters, change: Condvar::new() }
    }

    /// Whether a post of so many octets may ever come.
    pub fn may_hold(&self, octets: usize) -> bool {
        octets <= self.octets_max && self.posts_max > 0
    }

    /// Whether one post of so many octets more may come now.
    pub fn has(&self, octets: usize) -> bool {
        let octets = self.octets.load(Ordering::SeqCst).saturating_add(octets);
        octets <= self.octets_max && self.posts.load(Ordering::Relaxed) < self.posts_max
    }

    /// A post has come.
    pub fn take(&self, octets: usize) {
        self.posts.fetch_add(1, Ordering::Relaxed);
        self.octets.fetch_add(octets, Ordering::Relaxed);
    }

    /// The server is done with a post; whether anybody waits for that.
    pub fn give_back(&self, octets: usize) -> bool {
        self.posts.fetch_sub(1, Ordering::Relaxed);
        // In one order with the count of those who wait: they see the room, or are seen.
        self.octets.fetch_sub(octets, Ordering::SeqCst);
        self.waiters.load(Ordering::SeqCst) > 0
    }

    /// Waits for room, until the time is over, or what the lock guards says that there will be none.
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

    /// Those who wait look again. The caller has held the lock since there was something to see.
    pub fn tell(&self) {
        self.change.notify_all();
    }
}
