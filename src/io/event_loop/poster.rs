//! How other threads and signal handlers reach a loop.

use crate::error::{Code, Error, Fault};
use crate::io::resolver::Resolved;
use crate::io::waker::Waker;
use crate::memory::NO_MEMORY;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

static ENDED: Fault = Fault::new(Code::Gone, 0, c"", c"the loop of the poster has ended");
static RING: Fault = Fault::new(Code::Argument, 0, c"", c"token 0 is that of a ring: post others");

/// The result of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// The loop will report it, unless it ends before.
    Queued,
    /// Refused: as many posts wait as may.
    Full,
}

/// Posts tokens to a loop. Any thread; clones post to the same loop. Outlives it.
#[derive(Clone, Debug)]
pub struct Poster(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    queue: Mutex<Vec<u64>>,
    /// Posts that the loop has not reported.
    waiting: AtomicUsize,
    is_rung: AtomicBool,
    /// Look-ups that are done. Whoever asked for them has bounded them.
    resolved: Mutex<VecDeque<Resolved>>,
    is_ended: AtomicBool,
    waker: Waker,
    posts_max: usize,
}

impl Poster {
    pub(super) fn new(waker: Waker, posts_max: usize) -> Self {
        Self(Arc::new(Shared {
            queue: Mutex::default(),
            waiting: AtomicUsize::new(0),
            is_rung: AtomicBool::new(false),
            resolved: Mutex::default(),
            is_ended: AtomicBool::new(false),
            waker,
            posts_max,
        }))
    }

    /// Posts a token other than 0, which is that of a ring. Takes a lock; allocates when more posts wait than ever before.
    /// Fails with `Argument`, with `Gone` when the loop has ended, and with `Nomem`.
    pub fn post(&self, token: u64) -> Result<Posted, Error> {
        if token == 0 {
            return Err(RING.at(0));
        }
        let mut queue = self.queue()?;
        if self.0.waiting.load(Ordering::Relaxed) >= self.0.posts_max {
            return Ok(Posted::Full);
        }
        queue.try_reserve(1).map_err(|_| NO_MEMORY)?;
        queue.push(token);
        self.0.waiting.fetch_add(1, Ordering::Relaxed);
        drop(queue);
        self.0.waker.wake();
        Ok(Posted::Queued)
    }

    /// Rings: one report with token 0 for any number of rings before it. Async-signal-safe: atomics and at most one
    /// `write`. Fails with `Gone` when the loop has ended.
    pub fn ring(&self) -> Result<(), Error> {
        if self.0.is_ended.load(Ordering::Acquire) {
            return Err(ENDED.at(0));
        }
        self.0.is_rung.store(true, Ordering::Release);
        self.0.waker.wake();
        Ok(())
    }

    /// Takes the ring.
    pub(super) fn take_ring(&self) -> bool {
        self.0.is_rung.swap(false, Ordering::AcqRel)
    }

    /// Exchanges the posts with those of `reported`, of which none is left.
    pub(super) fn take(&self, reported: &mut Vec<u64>) {
        debug_assert!(reported.is_empty());
        core::mem::swap(&mut *self.lock(), reported);
    }

    /// One that was taken has been reported.
    pub(super) fn reported(&self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }

    /// Nothing is accepted from now on.
    pub(super) fn end(&self) {
        // Under the locks, so that nothing is queued after it.
        let (_queue, mut resolved) = (self.lock(), self.resolved());
        self.0.is_ended.store(true, Ordering::Release);
        resolved.clear();
    }

    /// Reports a look-up, unless the loop has ended.
    pub(in crate::io) fn deliver(&self, done: Resolved) {
        let mut resolved = self.resolved();
        if !self.0.is_ended.load(Ordering::Acquire) {
            resolved.push_back(done);
            drop(resolved);
            self.0.waker.wake();
        }
    }

    /// Look-ups that are done and not reported.
    pub(super) fn resolved(&self) -> MutexGuard<'_, VecDeque<Resolved>> {
        self.0.resolved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether both post to the same loop.
    pub(in crate::io) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn queue(&self) -> Result<MutexGuard<'_, Vec<u64>>, Error> {
        let queue = self.lock();
        if self.0.is_ended.load(Ordering::Acquire) { Err(ENDED.at(0)) } else { Ok(queue) }
    }

    /// A panic of another thread leaves the queue whole.
    fn lock(&self) -> MutexGuard<'_, Vec<u64>> {
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
