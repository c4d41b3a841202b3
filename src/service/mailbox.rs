//! The mailbox: how other threads and signal handlers reach a server.

use super::answer::Answer;
use super::delivery::Slow;
use super::id::Id;
use crate::conn::{Prepared, Response};
use crate::error::{Code, Error, Fault};
use crate::http1::write::FieldRef;
use crate::io::waker::Waker;
use crate::memory::NO_MEMORY;
use crate::websocket::machine::Part;
use core::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

static CLOSED: Fault = Fault::new(Code::Gone, 0, c"", c"the mailbox's server has ended");

/// What became of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// The server will get it, unless it ends before.
    Queued,
    /// Nothing was done: the mailbox is full.
    Full,
}

/// A server's mailbox. Any thread; clones are the same mailbox. Outlives its server.
#[derive(Clone)]
pub struct Mailbox(Arc<Shared>);

struct Shared {
    queue: Mutex<Queue>,
    /// Posts and their octets that the server has not finished with, those it has taken included.
    posts: AtomicUsize,
    octets: AtomicUsize,
    posts_max: usize,
    octets_max: usize,
    drain: Drain,
    waker: Waker,
}

struct Queue {
    posts: VecDeque<Post>,
    is_closed: bool,
}

/// A drain that was asked for; apart from the queue, for it is asked for in signal handlers.
struct Drain {
    asked: AtomicBool,
    within_ms: AtomicU64,
    is_closed: AtomicBool,
}

/// Something for the server.
pub(super) struct Post {
    pub id: Id,
    pub token: u64,
    /// Whether the poster wants to hear when it does not arrive.
    pub report: bool,
    pub load: Load,
}

pub(super) enum Load {
    Octets(Vec<u8>),
    Answer(Answer),
    /// A message for the connection.
    Message(Arc<Prepared>, Slow),
    /// A message for those who hear a topic; whether the server's siblings have it already.
    Publish(Box<[u8]>, Arc<Prepared>, Slow, bool),
}

impl Post {
    /// What counts against the limit of octets.
    pub fn size(&self) -> usize {
        let load = match &self.load {
            Load::Octets(octets) => octets.len(),
            Load::Answer(answer) => answer.size(),
            Load::Message(message, _) => message.size(),
            Load::Publish(topic, message, _, _) => topic.len() + message.size(),
        };
        load + size_of::<Self>()
    }
}

impl Mailbox {
    pub(super) fn new(waker: Waker, posts_max: usize, octets_max: usize) -> Self {
        Self(Arc::new(Shared {
            queue: Mutex::new(Queue { posts: VecDeque::new(), is_closed: false }),
            posts: AtomicUsize::new(0),
            octets: AtomicUsize::new(0),
            posts_max,
            octets_max,
            drain: Drain {
                asked: AtomicBool::new(false),
                within_ms: AtomicU64::new(u64::MAX),
                is_closed: AtomicBool::new(false),
            },
            waker,
        }))
    }

    /// Sends a copy of `octets` to the server's thread, as an event of the connection, or of the server itself
    /// ([`Id::NONE`]). Takes a lock and allocates. Fails with `Gone` when the server has ended, and with `Nomem`.
    pub fn post(&self, id: Id, octets: &[u8], token: u64, report: bool) -> Result<Posted, Error> {
        let mut copy = Vec::new();
        copy.try_reserve_exact(octets.len()).map_err(|_| NO_MEMORY)?;
        copy.extend_from_slice(octets);
        self.put(Post { id, token, report, load: Load::Octets(copy) })
    }

    /// Answers a request from another thread, with a deep copy of a whole response. Fails as [`post`](Self::post), with what
    /// is wrong with a field, and with `Argument` when the response is streamed or lent.
    pub fn respond<'f>(
        &self,
        id: Id,
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
        token: u64,
        report: bool,
    ) -> Result<Posted, Error> {
        let load = Load::Answer(Answer::copy(response, fields)?);
        self.put(Post { id, token, report, load })
    }

    /// Sends a message, `part` being all of it, on the server's thread, or does with it what `slow` says. It is copied, validated and
    /// framed here. Fails as [`post`](Self::post), with `Utf8` and, for a part of a message, `Argument`.
    pub fn send_message(
        &self,
        id: Id,
        part: Part,
        octets: &[u8],
        slow: Slow,
        token: u64,
        report: bool,
    ) -> Result<Posted, Error> {
        let message = Arc::new(Prepared::new(part, octets)?);
        self.put(Post { id, token, report, load: Load::Message(message, slow) })
    }

    /// Publishes a message, `part` being all of it, as [`Messages::publish`](super::Messages::publish) does on the server's thread. Fails
    /// as [`send_message`](Self::send_message).
    pub fn publish(&self, topic: &[u8], part: Part, octets: &[u8], slow: Slow) -> Result<Posted, Error> {
        self.put_published(topic, &Arc::new(Prepared::new(part, octets)?), slow, false)
    }

    /// A message that a sibling published: it goes to the subscribers of this mailbox's server, and no further.
    pub(super) fn relay(&self, topic: &[u8], message: &Arc<Prepared>, slow: Slow) -> Result<Posted, Error> {
        self.put_published(topic, message, slow, true)
    }

    fn put_published(
        &self,
        topic: &[u8],
        message: &Arc<Prepared>,
        slow: Slow,
        is_relayed: bool,
    ) -> Result<Posted, Error> {
        let mut name = Vec::new();
        name.try_reserve_exact(topic.len()).map_err(|_| NO_MEMORY)?;
        name.extend_from_slice(topic);
        let load = Load::Publish(name.into_boxed_slice(), message.clone(), slow, is_relayed);
        self.put(Post { id: Id::NONE, token: 0, report: false, load })
    }

    /// Whether both are the same mailbox.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Asks the server to drain: atomics and one `write`, so that signal handlers may. Fails with `Gone`.
    pub fn drain(&self, within_ms: u64) -> Result<(), Error> {
        let drain = &self.0.drain;
        if drain.is_closed.load(Ordering::Acquire) {
            return Err(CLOSED.at(0));
        }
        drain.within_ms.fetch_min(within_ms, Ordering::AcqRel);
        drain.asked.store(true, Ordering::Release);
        self.0.waker.wake();
        Ok(())
    }

    fn put(&self, post: Post) -> Result<Posted, Error> {
        let shared = &*self.0;
        let size = post.size();
        let mut queue = shared.lock();
        if queue.is_closed {
            return Err(CLOSED.at(0));
        }
        // Both only grow under this lock.
        let posts = shared.posts.load(Ordering::Relaxed) + 1;
        let octets = shared.octets.load(Ordering::Relaxed).saturating_add(size);
        if posts > shared.posts_max || octets > shared.octets_max {
            return Ok(Posted::Full);
        }
        queue.posts.try_reserve(1).map_err(|_| NO_MEMORY)?;
        queue.posts.push_back(post);
        shared.posts.fetch_add(1, Ordering::Relaxed);
        shared.octets.fetch_add(size, Ordering::Relaxed);
        drop(queue);
        shared.waker.wake();
        Ok(Posted::Queued)
    }

    /// Swaps the queue for an empty one that was used before.
    pub(super) fn take(&self, empty: &mut VecDeque<Post>) {
        debug_assert!(empty.is_empty());
        core::mem::swap(&mut self.0.lock().posts, empty);
    }

    /// The server is done with a post of this size.
    pub(super) fn finished(&self, size: usize) {
        self.0.posts.fetch_sub(1, Ordering::Relaxed);
        self.0.octets.fetch_sub(size, Ordering::Relaxed);
    }

    /// The time of a drain that was asked for since the last look.
    pub(super) fn drain_asked(&self) -> Option<u64> {
        let drain = &self.0.drain;
        drain.asked.swap(false, Ordering::AcqRel).then(|| drain.within_ms.load(Ordering::Acquire))
    }

    /// The server ends: posts are refused from now on.
    pub(super) fn close(&self) {
        self.0.drain.is_closed.store(true, Ordering::Release);
        self.0.lock().is_closed = true;
    }
}

impl Shared {
    /// Nothing panics while the lock is held, so that a poisoned queue is a sound one.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
