//! What becomes of a message whose connection is slow.

use super::waiting::{Message, Put};
use super::{GONE, Id, Server};
use crate::conn::{Prepared, Write};
use crate::error::{Code, Error, Fault};
use crate::websocket::machine::Part;
use std::rc::Rc;
use std::sync::Arc;

/// What becomes of a message while its connection is slow: from the time that its queue is above the high-water mark until it is below the
/// low one and everything before it has gone out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Slow {
    /// It waits for its turn. Where it cannot, for lack of room, the connection is closed, since it would miss something.
    #[default]
    Waits,
    /// As [`Waits`](Self::Waits), in the place of the one that waits with the same key, which is dropped.
    Newest(u64),
    /// The connection misses it.
    Misses,
    /// The connection is closed, since it would miss something.
    Closes,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// It is queued.
    Sent,
    /// It waits.
    Waits,
    /// The connection misses it.
    Missed,
    /// The connection closes.
    Closed,
}

static SLOW: Fault =
    Fault::new(Code::Slow, 0, c"", c"the peer does not read, and there is no room for what waits for it");

/// The close code of a connection that is too slow (RFC 6455 §7.4.1: a policy of ours).
const TOO_SLOW: u16 = 1008;

impl Server {
    /// [`Conn::send_prepared`](crate::conn::Conn::send_prepared); `Paused` also while other messages wait for the connection.
    pub fn send_prepared(&mut self, id: Id, message: &Prepared) -> Result<Write, Error> {
        if self.is_behind(id) {
            return Ok(Write::Paused);
        }
        self.call(id, |conn, ws| conn.send_prepared(ws, message))
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
        self.flush_full(id);
        if self.send_prepared(id, &message.prepared)? == Write::Queued {
            return Ok(Delivered::Sent);
        }
        match slow {
            Slow::Waits => self.let_wait(id, message, None, token),
            Slow::Newest(key) => self.let_wait(id, message, Some(key), token),
            Slow::Misses => {
                self.stats.missed += 1;
                Ok(Delivered::Missed)
            }
            Slow::Closes => self.show_out(id),
        }
    }

    /// Whether messages wait for this connection, so that others must.
    #[inline(always)]
    pub(super) fn is_behind(&self, id: Id) -> bool {
        self.waiting.is_any() && self.has_line(id)
    }

    #[cold]
    fn has_line(&self, id: Id) -> bool {
        self.slots.find(id).is_some_and(|index| self.waiting.has(index))
    }

    /// Offers a full queue to the system: slow is the peer that does not read, not the owner that says much in one turn.
    fn flush_full(&mut self, id: Id) {
        let Some(index) = self.slots.find(id) else { return };
        let high_water = self.config.conn.limits.high_water as usize;
        if self.slots.conn(index).is_some_and(|conn| conn.queued() > high_water) {
            self.flush_slot(index);
            self.slots.make_due(index);
        }
    }

    fn let_wait(
        &mut self,
        id: Id,
        message: &Rc<Message>,
        key: Option<u64>,
        token: Option<u64>,
    ) -> Result<Delivered, Error> {
        let index = self.slots.find(id).ok_or(GONE.at(0))?;
        let replaced = loop {
            match self.waiting.put(index, message, key, token) {
                Ok(Put::Waits(replaced)) => break replaced,
                Ok(Put::Full) => return self.show_out(id),
                // The room of all is used up: the longest line pays.
                Err(_) => match self.waiting.longer(index, message.prepared.frame_len()) {
                    Some(longer) => self.close_slow(longer),
                    None => return self.show_out(id),
                },
            }
        };
        if let Some(token) = replaced {
            self.stats.missed += 1;
            self.inbox.tell_undelivered(id, token, Code::Slow);
        }
        Ok(Delivered::Waits)
    }

    /// Closes a connection that is too slow. What waits for it is lost.
    #[cold]
    fn show_out(&mut self, id: Id) -> Result<Delivered, Error> {
        match self.close_websocket(id, TOO_SLOW, b"too slow") {
            // Without memory to say so it ends without a word.
            Err(error) if error.code() == Code::Nomem => self.close(id)?,
            said => said?,
        }
        self.stats.too_slow += 1;
        if let Some(index) = self.slots.find(id) {
            self.lose_waiting(index, Code::Slow);
        }
        Ok(Delivered::Closed)
    }

    /// Closes a connection that is too slow, whatever it speaks. What waits for it is lost.
    #[cold]
    pub(super) fn close_slow(&mut self, index: u32) {
        let id = self.slots.id(index);
        if self.show_out(id).is_err() {
            // No WebSocket to say it on, or one that is closing already.
            let now = self.time.now;
            let ended = self.call(id, |conn, ws| {
                conn.evict(ws, SLOW.at(0), now);
                Ok(())
            });
            debug_assert!(ended.is_ok(), "it lives: something waits for it");
            self.stats.too_slow += 1;
            self.lose_waiting(index, Code::Slow);
        }
    }

    /// The queue of a connection has room again: whether all that waited is in it, so that others may follow.
    pub(super) fn send_waiting(&mut self, index: u32) -> bool {
        let id = self.slots.id(index);
        while let Some(message) = self.waiting.first(index) {
            match self.call(id, |conn, ws| conn.send_prepared(ws, &message.prepared)) {
                Ok(Write::Queued) => self.waiting.remove_first(index),
                Ok(Write::Paused) => return false,
                Err(error) if error.code() == Code::WsClosing => self.lose_waiting(index, Code::WsClosing),
                // No memory, of which nobody would tell us that it is there again.
                Err(_) => {
                    // Where it is closing already, that goes on; what waits is lost in either case, and its posters are told.
                    let _ = self.show_out(id);
                    self.lose_waiting(index, Code::Nomem);
                }
            }
        }
        true
    }

    /// What waits for a connection will not be sent.
    pub(super) fn lose_waiting(&mut self, index: u32, why: Code) {
        if !self.waiting.is_any() {
            return;
        }
        let id = self.slots.id(index);
        for token in self.waiting.forget(index) {
            self.inbox.tell_undelivered(id, token, why);
        }
    }
}
