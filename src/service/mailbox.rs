//! The mailbox: how other threads and signal handlers reach a server.

use super::delivery::Slow;
use super::drain_request::DrainRequest;
use super::id::Id;
use super::piece::Piece;
use super::post::{Load, Post};
use super::posted_response::PostedResponse;
use super::room::Room;
use super::shares::Shares;
use super::until::Until;
use crate::conn::{Accept, Prepared, Response};
use crate::error::{Code, Error, Fault};
use crate::http1::write::FieldRef;
use crate::io::waker::Waker;
use crate::memory::NO_MEMORY;
use crate::websocket::machine::Part;
use core::time::Duration;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

static TOO_LONG: Fault = Fault::new(Code::Limit, 0, c"", c"the post is larger than the mailbox");
static CLOSED: Fault = Fault::new(Code::Gone, 0, c"", c"the mailbox's server has ended");

/// The result of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// The server will receive it, unless it ends before.
    Queued,
    /// Refused: the mailbox or the connection's share of it is full.
    Full,
}

/// A server's mailbox. Any thread; clones are the same mailbox. Outlives its server.
#[derive(Clone)]
pub struct Mailbox(Arc<Shared>);

struct Shared {
    queue: Mutex<Queue>,
    /// The room for posts that the server has not finished, including those it has taken.
    room: Room,
    /// The octets in transit to each connection by pieces.
    shares: Shares,
    drain: DrainRequest,
    waker: Waker,
}

struct Queue {
    posts: VecDeque<Post>,
    is_closed: bool,
}

impl Mailbox {
    pub(super) fn new(waker: Waker, posts_max: usize, octets_max: usize, share: usize) -> Self {
        Self(Arc::new(Shared {
            queue: Mutex::new(Queue { posts: VecDeque::new(), is_closed: false }),
            room: Room::new(posts_max, octets_max),
            shares: Shares::new(share),
            drain: DrainRequest::new(),
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

    /// Responds to a request from another thread, with a deep copy of the response. The content of a streamed one
    /// follows by [`send`](Self::send) and [`finish`](Self::finish). Fails like [`post`](Self::post), with the error of
    /// a field, and with `Argument` if the response is lent.
    pub fn respond<'f>(
        &self,
        id: Id,
        response: &Response<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
        token: u64,
        report: bool,
    ) -> Result<Posted, Error> {
        let load = Load::Response(PostedResponse::copy(response, fields)?);
        self.put(Post { id, token, report, load })
    }

    /// Sends content of a streamed response, or raw octets after a switch. Also `Full` if too much is in transit to the
    /// connection; [`wait`](Self::wait) for room then. Fails like [`post`](Self::post), and with `Gone` if the
    /// connection is known to have ended.
    pub fn send(&self, id: Id, content: &[u8], token: u64, report: bool) -> Result<Posted, Error> {
        self.put_piece(id, Piece::content(content)?, token, report)
    }

    /// Ends a streamed response, with trailers if it is chunked. Like [`send`](Self::send), and fails with the error of
    /// a trailer; `Full` only if the mailbox is.
    pub fn finish<'f>(
        &self,
        id: Id,
        trailers: impl Iterator<Item = FieldRef<'f>> + Clone,
        token: u64,
        report: bool,
    ) -> Result<Posted, Error> {
        self.put_piece(id, Piece::end(trailers)?, token, report)
    }

    /// Accepts the WebSocket offered by a request. Like [`finish`](Self::finish), and fails with the error of a field.
    pub fn accept_websocket<'f>(
        &self,
        id: Id,
        accept: &Accept<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
        token: u64,
        report: bool,
    ) -> Result<Posted, Error> {
        self.put_piece(id, Piece::websocket(accept, fields)?, token, report)
    }

    fn put_piece(&self, id: Id, piece: Piece, token: u64, report: bool) -> Result<Posted, Error> {
        let size = piece.size() + size_of::<Post>();
        // The other kinds come once per request: they need not wait.
        let share = match piece {
            Piece::Content(_) => self.0.shares.take(id, size)?,
            Piece::End(_) | Piece::WebSocket { .. } => self.0.shares.take_beyond(id, size)?,
        };
        match share {
            Some(share) => self.put(Post { id, token, report, load: Load::Piece { piece, _share: share } }),
            None => Ok(Posted::Full),
        }
    }

    /// Waits until [`send`](Self::send) would accept `octets` octets; returns `false` on timeout (`None`: no timeout).
    /// Not on the server's thread, which makes the room. Fails with `Gone` if the connection is known to have ended, or
    /// the server; with `Limit` for more octets than the mailbox ever accepts; and with `Nomem`.
    pub fn wait(&self, id: Id, octets: usize, timeout: Option<Duration>) -> Result<bool, Error> {
        let until = Until::after(timeout);
        let size = octets.saturating_add(size_of::<Post>());
        if !self.0.room.may_hold(size) {
            return Err(TOO_LONG.at(0));
        }
        Ok(self.0.shares.wait(id, size, until)? && self.0.wait(size, until)?)
    }

    /// The connection has ended: threads that post to it are notified.
    pub(super) fn connection_ended(&self, id: Id) {
        self.0.shares.end(id);
    }

    /// Sends a whole message (`part` must be all of it) on the server's thread, or does what `slow` says. Copies,
    /// validates and frames it here. Fails like [`post`](Self::post), with `Utf8`, and with `Argument` for a part of a
    /// message.
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

    /// Publishes a whole message like [`Messages::publish`](super::Messages::publish) on the server's thread. Fails
    /// like [`send_message`](Self::send_message).
    pub fn publish(&self, topic: &[u8], part: Part, octets: &[u8], slow: Slow) -> Result<Posted, Error> {
        self.put_published(topic, &Arc::new(Prepared::new(part, octets)?), slow, false)
    }

    /// A message published by a sibling: delivered to this server's subscribers only.
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

    /// Requests a drain: atomics and one `write`, so that signal handlers may call it. Fails with `Gone`.
    pub fn drain(&self, within_ms: u64) -> Result<(), Error> {
        if !self.0.drain.request(within_ms) {
            return Err(CLOSED.at(0));
        }
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
        if !shared.room.has(size) {
            return Ok(Posted::Full);
        }
        queue.posts.try_reserve(1).map_err(|_| NO_MEMORY)?;
        queue.posts.push_back(post);
        shared.room.take(size);
        drop(queue);
        shared.waker.wake();
        Ok(Posted::Queued)
    }

    /// Swaps the queue for an empty one.
    pub(super) fn take(&self, empty: &mut VecDeque<Post>) {
        debug_assert!(empty.is_empty());
        core::mem::swap(&mut self.0.lock().posts, empty);
    }

    /// The server has finished a post of this size.
    pub(super) fn finished(&self, size: usize) {
        if self.0.room.give_back(size) {
            self.0.notify_waiters();
        }
    }

    /// The time of a drain requested since the last call.
    pub(super) fn take_drain_request(&self) -> Option<u64> {
        self.0.drain.take()
    }

    /// The server ends: refuses posts from now on.
    pub(super) fn close(&self) {
        self.0.drain.close();
        self.0.lock().is_closed = true;
        self.0.shares.close();
        self.0.notify_waiters();
    }
}

impl Shared {
    /// Waits for room; returns whether there is some.
    fn wait(&self, size: usize, until: Until) -> Result<bool, Error> {
        let queue = self.room.wait(self.lock(), size, until, |queue| queue.is_closed);
        if queue.is_closed { Err(CLOSED.at(0)) } else { Ok(self.room.has(size)) }
    }

    /// A thread that holds the lock now will sleep and be notified, or check again.
    #[cold]
    fn notify_waiters(&self) {
        drop(self.lock());
        self.room.notify();
    }

    /// Nothing panics while the lock is held, so a poisoned queue is valid.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
