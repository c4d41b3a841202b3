//! The end of a connection.

use super::slots::flag;
use super::{Event, EventKind, Server};
use crate::conn::bits;
use crate::error::Code;
use crate::io::driver::{Key, Submission};
use crate::memory::NO_MEMORY;

impl Server {
    /// Closes the socket, gives the slot back and tells the owner, who has had all other events.
    pub(super) fn close_slot(&mut self, index: u32) -> Option<Event> {
        let is_by_owner = self.is_closed_by_owner(index);
        let mut event = self.event(index, EventKind::Closed(None));
        self.lose_waiting(index, Code::Gone);
        self.topics.forget(index);
        let mut live = self.slots.empty(index)?;
        let error = live.conn.error().filter(|_| !is_by_owner);
        // Every other error was an event before.
        self.stats.errors += u64::from(error == Some(NO_MEMORY));
        if live.conn.state(&self.ws) & bits::RESET != 0 {
            self.reset_on_close(live.key);
        }
        live.conn.release(&mut self.ws);
        self.time.wheel.disarm(index);
        let closed = self.driver.submit(live.key, Submission::Close);
        debug_assert!(closed.is_ok());
        if self.has_resting_listener() {
            self.accept_again();
        }
        event.kind = EventKind::Closed(error);
        Some(event)
    }

    /// A peer that would take the end of the socket for that of the content is to see that it is not. Where that cannot be had, as on a
    /// socket of another kind than TCP, the socket ends as it does.
    #[cold]
    fn reset_on_close(&mut self, key: Key) {
        let _ = self.driver.socket(key).and_then(|socket| socket.set_reset_on_close(true));
    }

    #[inline]
    pub(super) fn is_closed_by_owner(&self, index: u32) -> bool {
        self.slots.get(index).has(flag::CLOSED)
    }
}
