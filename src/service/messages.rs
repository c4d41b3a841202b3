//! Messages to one connection or to the subscribers of a topic, and what happens if one is slow.
//!
//! A view made by [`Server::messages`](super::Server::messages) over the connections, the waiting messages and the
//! siblings. Makes no event: failures are reported through [`Undelivered`].

use super::calls::Calls;
use super::connections::Connections;
use super::delivery::{Delivered, Slow};
use super::id::Id;
use super::post::Post;
use super::siblings::Siblings;
use super::undelivered::Undelivered;
use super::waiting::{Message, Put, Waiting};
use crate::conn::{Prepared, Write};
use crate::error::{Code, Error, Fault};
use crate::memory::NO_MEMORY;
use crate::websocket::machine::Part;
use std::rc::Rc;
use std::sync::Arc;

static SLOW: Fault =
    Fault::new(Code::Slow, 0, c"", c"the peer does not read, and there is no room for what waits for it");

/// The close code for a slow connection (RFC 6455 §7.4.1: our policy).
const TOO_SLOW: u16 = 1008;

/// The messages of a server. Every call with an id fails with `Gone` if the connection has ended.
pub struct Messages<'a> {
    connections: &'a mut Connections,
    waiting: &'a mut Waiting<Post>,
    undelivered: &'a mut Undelivered,
    siblings: &'a Siblings,
    /// The queue length above which a connection may be slow.
    high_water: usize,
}

impl<'a> Messages<'a> {
    #[inline(always)]
    pub(super) fn new(
        connections: &'a mut Connections,
        waiting: &'a mut Waiting<Post>,
        undelivered: &'a mut Undelivered,
        siblings: &'a Siblings,
        high_water: usize,
    ) -> Self {
        Self { connections, waiting, undelivered, siblings, high_water }
    }

    /// The calls by id.
    pub(super) fn calls(&mut self) -> Calls<'_> {
        Calls::new(self.connections)
    }

    pub(super) fn connections(&mut self) -> &mut Connections {
        self.connections
    }

    /// The waiting messages.
    pub(super) fn waiting(&mut self) -> &mut Waiting<Post> {
        self.waiting
    }

    /// The failures to report.
    pub(super) fn undelivered(&mut self) -> &mut Undelivered {
        self.undelivered
    }

    /// [`WebSocket::send_message`](crate::conn::Conn::websocket); `Paused` also while other messages wait for the connection.
    #[inline(never)]
    pub fn send_message(&mut self, id: Id, part: Part, octets: &[u8]) -> Result<Write, Error> {
        if part.first && part.last && self.calls().send_whole(id, part.text, part.compressed, octets) {
            return Ok(Write::Queued);
        }
        // Waiting messages go first.
        if self.is_behind(id) {
            return Ok(Write::Paused);
        }
        self.connections.call(id, |conn, ws| conn.websocket(ws).send_message(part, octets))
    }

    /// [`WebSocket::send_prepared`](crate::conn::Conn::websocket); `Paused` also while other messages wait for the connection.
    pub fn send_prepared(&mut self, id: Id, message: &Prepared) -> Result<Write, Error> {
        if self.is_behind(id) {
            return Ok(Write::Paused);
        }
        self.connections.call(id, |conn, ws| conn.websocket(ws).send_prepared(message))
    }

    /// Sends a whole message (`part` must be all of it), or does what `slow` says. Fails like `send_message`, with
    /// `Argument` for a part of a message, and with `Nomem`.
    pub fn deliver(&mut self, id: Id, part: Part, octets: &[u8], slow: Slow) -> Result<Delivered, Error> {
        let message = Message::new(Arc::new(Prepared::new(part, octets)?));
        self.deliver_message(id, &message, slow, None)
    }

    /// The same; `token` is reported if the message waits and is not delivered.
    pub(super) fn deliver_message(
        &mut self,
        id: Id,
        message: &Rc<Message>,
        slow: Slow,
        token: Option<u64>,
    ) -> Result<Delivered, Error> {
        // A peer that does not read is slow, not an owner that sends much in one turn.
        self.connections.flush_above(id, self.high_water);
        if !self.is_behind_posts(id) && self.send_prepared(id, &message.prepared)? == Write::Queued {
            return Ok(Delivered::Sent);
        }
        match slow {
            Slow::Waits => self.push_waiting(id, message, None, token),
            Slow::Newest(key) => self.push_waiting(id, message, Some(key), token),
            Slow::Misses => {
                self.connections.engine_mut().stats_mut().missed += 1;
                Ok(Delivered::Missed)
            }
            Slow::Closes => self.close_slow(id),
        }
    }

    /// Whether messages wait for this connection, so that others must.
    #[inline(always)]
    pub(super) fn is_behind(&self, id: Id) -> bool {
        self.waiting.is_any() && self.has_line(id)
    }

    /// Whether a response waits for this connection, perhaps its WebSocket accept.
    fn is_behind_posts(&self, id: Id) -> bool {
        self.waiting.is_any() && self.connections.slots().find(id).is_some_and(|index| self.waiting.has_posts(index))
    }

    #[cold]
    fn has_line(&self, id: Id) -> bool {
        self.connections.slots().find(id).is_some_and(|index| self.waiting.has(index))
    }

    fn push_waiting(
        &mut self,
        id: Id,
        message: &Rc<Message>,
        key: Option<u64>,
        token: Option<u64>,
    ) -> Result<Delivered, Error> {
        let index = self.connections.slots().index_of(id)?;
        let replaced = loop {
            match self.waiting.put(index, message, key, token) {
                Ok(Put::Waits(replaced)) => break replaced,
                Ok(Put::Full) => return self.close_slow(id),
                // The total is used up: the longest line is dropped.
                Err(_) => match self.waiting.longer(index, message.prepared.frame_len()) {
                    Some(longer) => self.end_slow(longer),
                    None => return self.close_slow(id),
                },
            }
        };
        if let Some(token) = replaced {
            self.connections.engine_mut().stats_mut().missed += 1;
            self.undelivered.push(id, token, Code::Slow);
        }
        Ok(Delivered::Waits)
    }

    /// Closes a slow connection and drops what waits for it.
    #[cold]
    fn close_slow(&mut self, id: Id) -> Result<Delivered, Error> {
        match self.calls().close_websocket(id, TOO_SLOW, b"too slow") {
            // Without memory for the Close it ends without one.
            Err(error) if error.code() == Code::Nomem => self.calls().abort(id)?,
            said => said?,
        }
        self.connections.engine_mut().stats_mut().too_slow += 1;
        if let Some(index) = self.connections.slots().find(id) {
            self.drop_waiting(index, Code::Slow);
        }
        Ok(Delivered::Closed)
    }

    /// Closes a slow connection of any protocol and drops what waits for it.
    #[cold]
    pub(super) fn end_slow(&mut self, index: u32) {
        let id = self.connections.slots().id(index);
        if self.close_slow(id).is_err() {
            // Not a WebSocket, or already closing.
            self.evict(index, SLOW.at(0));
            self.connections.engine_mut().stats_mut().too_slow += 1;
            self.drop_waiting(index, Code::Slow);
        }
    }

    /// Ends a connection that would miss something for lack of memory, since nothing reports when memory is available
    /// again. Drops what waits for it.
    #[cold]
    pub(super) fn end_without_memory(&mut self, index: u32) {
        self.drop_waiting(index, Code::Nomem);
        self.evict(index, NO_MEMORY);
    }

    /// Ends a connection with this error.
    #[cold]
    pub(super) fn evict(&mut self, index: u32, error: Error) {
        let (id, now) = (self.connections.slots().id(index), self.connections.engine().now());
        let ended = self.connections.call(id, |conn, ws| {
            conn.ending(ws).evict(error, now);
            Ok(())
        });
        debug_assert!(ended.is_ok(), "it lives: something waits for it");
    }

    /// The queue of a connection has room again. Returns whether everything waiting is now in it, so that others may
    /// follow.
    pub(super) fn send_waiting(&mut self, index: u32) -> bool {
        let id = self.connections.slots().id(index);
        while let Some(message) = self.waiting.first(index) {
            match self.connections.call(id, |conn, ws| conn.websocket(ws).send_prepared(&message.prepared)) {
                Ok(Write::Queued) => self.waiting.remove_first(index),
                Ok(Write::Paused) => return false,
                // Closing, or not a WebSocket because the posted accept was refused.
                Err(error) if matches!(error.code(), Code::WsClosing | Code::State) => {
                    self.drop_waiting(index, error.code());
                }
                Err(_) => self.end_without_memory(index),
            }
        }
        true
    }

    /// Drops what waits for a connection.
    pub(super) fn drop_waiting(&mut self, index: u32, why: Code) {
        if !self.waiting.is_any() {
            return;
        }
        let id = self.connections.slots().id(index);
        for token in self.waiting.forget(index) {
            self.undelivered.push(id, token, why);
        }
    }

    /// Sends a whole message (`part` must be all of it) to every subscriber of a topic, or does what `slow` says;
    /// returns how many have received it or will. It is validated, framed and compressed once. Skips subscribers that
    /// are not WebSockets, are closing, or are within a message of ours. Siblings publish it too. Fails with `Argument`
    /// for a part of a message, `Utf8` and `Nomem`; nothing was sent then.
    pub fn publish(&mut self, topic: &[u8], part: Part, octets: &[u8], slow: Slow) -> Result<usize, Error> {
        let message = Message::new(Arc::new(Prepared::new(part, octets)?));
        Ok(self.publish_message(topic, &message, slow))
    }

    /// The same with a prepared message.
    pub(super) fn publish_message(&mut self, topic: &[u8], message: &Rc<Message>, slow: Slow) -> usize {
        let unposted = self.siblings.publish(topic, &message.prepared, slow);
        self.connections.engine_mut().stats_mut().unposted += unposted;
        self.publish_here(topic, message, slow)
    }

    /// The same, only for this server's subscribers.
    pub(super) fn publish_here(&mut self, topic: &[u8], message: &Rc<Message>, slow: Slow) -> usize {
        let mut taken = 0;
        // Nobody unsubscribes meanwhile: a connection that ends is removed in its turn.
        let mut cursor = self.connections.topics().first(topic);
        while let Some(index) = self.connections.topics().next(&mut cursor) {
            let delivered = self.deliver_message(self.connections.slots().id(index), message, slow, None);
            taken += usize::from(matches!(delivered, Ok(Delivered::Sent | Delivered::Waits)));
        }
        taken
    }
}
