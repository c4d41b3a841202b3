//! The end of a server: no more connections, the present ones finish, and after a while those left are cut off.
//!
//! WebSockets have nothing to finish: they are told to go, one after the other, so that their peers do not all come back in the same
//! instant.

mod spread;

use super::time::NEVER;
use super::{Id, Server};
use crate::conn::{Conn, Workspace};
use crate::error::{Code, Error};
pub(super) use spread::Spread;

/// The farewell of the WebSockets.
pub(super) struct Farewell {
    spread: Spread,
    /// The slots before this one had theirs.
    slot: u32,
}

impl Farewell {
    pub fn new() -> Self {
        Self { spread: Spread::default(), slot: 0 }
    }
}

impl Server {
    /// Stops listening, closes idle connections, lets each other finish the exchange in progress, closes WebSockets (1001) spread over
    /// [`drain_spread_ms`](super::Config::drain_spread_ms) or half of `within_ms` if that is less, and cuts off what is left after
    /// `within_ms`. [`next`](Self::next) then answers `Done`. Again: only ever shortens the time.
    pub fn drain(&mut self, within_ms: u64) {
        self.read_clock();
        let now = self.time.now;
        self.time.drain_at = self.time.drain_at.min(now.saturating_add(within_ms));
        // The other half is for the peers to answer in.
        let half = self.time.drain_at.saturating_sub(now) / 2;
        if core::mem::replace(&mut self.is_draining, true) {
            self.farewell.spread = self.farewell.spread.within(now, half);
        } else {
            self.stop_listening();
            self.for_all(|conn, ws, _| {
                if !conn.is_websocket() {
                    let told = conn.shutdown(ws);
                    debug_assert!(told.is_ok(), "only the Close of a WebSocket needs memory");
                }
            });
            let sockets = (0..self.slots.len()).filter(|&index| self.is_websocket(index)).count();
            self.farewell.spread = Spread::new(now, half.min(self.config.drain_spread_ms.into()), sockets as u64);
        }
        self.close_sockets();
    }

    /// Closes as many WebSockets as it is time for.
    pub(super) fn close_sockets(&mut self) {
        while self.farewell.spread.take(self.time.now) {
            match (self.farewell.slot..self.slots.len()).find(|&index| self.is_websocket(index)) {
                Some(index) => {
                    self.farewell.slot = index + 1;
                    let told = self.send_away(self.slots.id(index));
                    debug_assert!(told.is_ok(), "the connection lives");
                }
                // Others have ended by themselves.
                None => self.farewell.spread = Spread::default(),
            }
        }
        self.time.close_at = self.farewell.spread.next();
    }

    /// A WebSocket that opens while the server drains closes at once: its request was answered, and there is no more to be done.
    pub(super) fn close_if_draining(&mut self, id: Id) -> Result<(), Error> {
        if self.is_draining { self.send_away(id) } else { Ok(()) }
    }

    /// Tells a WebSocket to go. Without memory to say so it ends without a word: what was begun here must not outlast the drain.
    fn send_away(&mut self, id: Id) -> Result<(), Error> {
        match self.shutdown(id) {
            Err(error) if error.code() == Code::Nomem => self.close(id),
            told => told,
        }
    }

    fn is_websocket(&self, index: u32) -> bool {
        self.slots.conn(index).is_some_and(Conn::is_websocket)
    }

    /// The time of the drain is over.
    pub(super) fn cut_off(&mut self) {
        (self.time.drain_at, self.time.close_at) = (NEVER, NEVER);
        self.for_all(|conn, ws, now| conn.abort(ws, now));
    }

    fn for_all(&mut self, body: impl Fn(&mut Conn, &mut Workspace, u64)) {
        self.leave_lane();
        for index in 0..self.slots.len() {
            if let Some(live) = self.slots.get_mut(index).live.as_mut() {
                body(&mut live.conn, &mut self.ws, self.time.now);
                self.slots.make_due(index);
            }
        }
    }

    /// Whether everything has ended, and every post was looked at. Posts are refused from then on.
    pub(super) fn is_drained(&mut self) -> bool {
        if !self.is_draining || self.slots.live() > 0 {
            return false;
        }
        self.inbox.close();
        !self.inbox.has_posts()
    }
}

#[cfg(test)]
mod tests;
