//! Messages to one connection or to all that subscribed to a topic, and what becomes of them where one is slow.
//!
//! A borrowed view that [`Server::messages`](super::Server::messages) makes over the connections, the lines of those that wait, and the
//! siblings. Never makes an event: posters of what does not arrive are put on the list of the [`Undelivered`].

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

/// The close code of a connection that is too slow (RFC 6455 §7.4.1: a policy of ours).
const TOO_SLOW: u16 = 1008;

/// The messages of a server. Every call with an id fails with `Gone` when the connection has ended.
pub struct Messages<'a> {
    connections: &'a mut Connections,
    waiting: &'a mut Waiting<Post>,
    undelivered: &'a mut Undelivered,
    siblings: &'a Siblings,
    /// The octets of a queue above which its connection may be slow.
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

    /// The lines of those that wait.
    pub(super) fn waiting(&mut self) -> &mut Waiting<Post> {
        self.waiting
    }

    /// Those whose posters are to be told.
    pub(super) fn undelivered(&mut self) -> &mut Undelivered {
        self.undelivered
    }

    /// [`Conn::send_message`](crate::conn::Conn::send_message); `Paused` also while other messages wait for the connection.
    #[inline(never)]
    pub fn send_message(&mut self, id: Id, part: Part, octets: &[u8]) -> Result<Write, Error> {
        if part.first && part.last && self.calls().send_whole(id, part.text, part.compressed, octets) {
            return Ok(Write::Queued);
        }
        // What waits was there before.
        if self.is_behind(id) {
            return Ok(Write::Paused);
        }
        self.connections.call(id, |conn, ws| conn.websocket(ws).send_message(part, octets))
    }

    /// [`Conn::send_prepared`](crate::conn::Conn::send_prepared); `Paused` also while other messages wait for the connection.
    pub fn send_prepared(&mut self, id: Id, message: &Prepared) -> Result<Write, Error> {
        if self.is_behind(id) {
            return Ok(Write::Paused);
        }
        self.connections.call(id, |conn, ws| conn.websocket(ws).send_prepared(message))
    }

    /// Sends a message, `part` being all of it, or does with it what `slow` says. Fails as `send_message`, with `Argument` for a part of
    /// a message, and with `Nomem`.
    pub fn deliver(&mut self, id: Id, part: Part, octets: &[u8], slow: Slow) -> Result<Delivered, Error> {
        let message = Message::new(Arc::new(Prepared::new(part, octets)?));
        self.deliver_message(id, &message, slow, None)
    }

    /// The same; `token`: what the poster is told if it waits and does not arrive.
    pub(super) fn deliver_message(
        &mut self,
        id: Id,
        message: &Rc<Message>,
        slow: Slow,
        token: Option<u64>,
    ) -> Result<Delivered, Error> {
        // Slow is the peer that does not read, not the owner that says much in one turn.
        self.connections.flush_above(id, self.high_water);
        if !self.is_behind_posts(id) && self.send_prepared(id, &message.prepared)? == Write::Queued {
            return Ok(Delivered::Sent);
        }
        match slow {
            Slow::Waits => self.let_wait(id, message, None, token),
            Slow::Newest(key) => self.let_wait(id, message, Some(key), token),
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

    /// Whether an answer waits for this connection, the accept of its WebSocket perhaps.
    fn is_behind_posts(&self, id: Id) -> bool {
        self.waiting.is_any() && self.connections.slots().find(id).is_some_and(|index| self.waiting.has_posts(index))
    }

    #[cold]
    fn has_line(&self, id: Id) -> bool {
        self.connections.slots().find(id).is_some_and(|index| self.waiting.has(index))
    }

    fn let_wait(
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
                // The room of all is used up: the longest line pays.
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

    /// Closes a connection that is too slow. What waits for it is lost.
    #[cold]
    fn close_slow(&mut self, id: Id) -> Result<Delivered, Error> {
        match self.calls().close_websocket(id, TOO_SLOW, b"too slow") {
            // Without memory to say so it ends without a word.
            Err(error) if error.code() == Code::Nomem => self.calls().abort(id)?,
            said => said?,
        }
        self.connections.engine_mut().stats_mut().too_slow += 1;
        if let Some(index) = self.connections.slots().find(id) {
            self.lose_waiting(index, Code::Slow);
        }
        Ok(Delivered::Closed)
    }

    /// Closes a connection that is too slow, whatever it speaks. What waits for it is lost.
    #[cold]
    pub(super) fn end_slow(&mut self, index: u32) {
        let id = self.connections.slots().id(index);
        if self.close_slow(id).is_err() {
            // No WebSocket to say it on, or one that is closing already.
            self.evict(index, SLOW.at(0));
            self.connections.engine_mut().stats_mut().too_slow += 1;
            self.lose_waiting(index, Code::Slow);
        }
    }

    /// Ends a connection that would miss something for want of memory: nobody tells when memory is there again. What waits for it is lost.
    #[cold]
    pub(super) fn end_without_memory(&mut self, index: u32) {
        self.lose_waiting(index, Code::Nomem);
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

    /// The queue of a connection has room again: whether all that waited is in it, so that others may follow.
    pub(super) fn send_waiting(&mut self, index: u32) -> bool {
        let id = self.connections.slots().id(index);
        while let Some(message) = self.waiting.first(index) {
            match self.connections.call(id, |conn, ws| conn.websocket(ws).send_prepared(&message.prepared)) {
                Ok(Write::Queued) => self.waiting.remove_first(index),
                Ok(Write::Paused) => return false,
                // Closing, or no WebSocket: the accept that was posted before was refused.
                Err(error) if matches!(error.code(), Code::WsClosing | Code::State) => {
                    self.lose_waiting(index, error.code());
                }
                Err(_) => self.end_without_memory(index),
            }
        }
        true
    }

    /// What waits for a connection will not be sent.
    pub(super) fn lose_waiting(&mut self, index: u32, why: Code) {
        if !self.waiting.is_any() {
            return;
        }
        let id = self.connections.slots().id(index);
        for token in self.waiting.forget(index) {
            self.undelivered.push(id, token, why);
        }
    }

    /// Sends a message to every subscriber of a topic, `part` being all of it, or does with it what `slow` says where one is slow; how
    /// many have it or will. It is validated, framed and compressed once. Those that are no WebSocket or are closing are passed over, and
    /// so are those in the middle of a message of ours. Siblings publish it too. Fails with `Argument` for a part of a message, `Utf8` and
    /// `Nomem`, and nobody was sent anything.
    pub fn publish(&mut self, topic: &[u8], part: Part, octets: &[u8], slow: Slow) -> Result<usize, Error> {
        let message = Message::new(Arc::new(Prepared::new(part, octets)?));
        Ok(self.publish_message(topic, &message, slow))
    }

    /// The same of a message that is made already.
    pub(super) fn publish_message(&mut self, topic: &[u8], message: &Rc<Message>, slow: Slow) -> usize {
        let unposted = self.siblings.publish(topic, &message.prepared, slow);
        self.connections.engine_mut().stats_mut().unposted += unposted;
        self.publish_here(topic, message, slow)
    }

    /// The same for the subscribers of this server alone.
    pub(super) fn publish_here(&mut self, topic: &[u8], message: &Rc<Message>, slow: Slow) -> usize {
        let mut taken = 0;
        // Nobody unsubscribes meanwhile: a connection that ends is forgotten in its turn.
        let mut cursor = self.connections.topics().first(topic);
        while let Some(index) = self.connections.topics().next(&mut cursor) {
            let delivered = self.deliver_message(self.connections.slots().id(index), message, slow, None);
            taken += usize::from(matches!(delivered, Ok(Delivered::Sent | Delivered::Waits)));
        }
        taken
    }
}
