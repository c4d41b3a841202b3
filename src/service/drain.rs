//! The end of a server: no more connections, the present ones finish, and after a while those left are cut off.

use super::Server;
use super::time::NEVER;
use crate::conn::{Conn, Workspace};

impl Server {
    /// Stops listening, closes idle connections, lets each other finish the exchange in progress, and cuts off what is left
    /// after `within_ms`. [`next`](Self::next) then answers `Done`. Again: only ever shortens the time.
    pub fn drain(&mut self, within_ms: u64) {
        self.read_clock();
        self.time.drain_at = self.time.drain_at.min(self.time.now.saturating_add(within_ms));
        if self.is_draining {
            return;
        }
        self.is_draining = true;
        self.stop_listening();
        self.for_all(|conn, ws, _| conn.shutdown(ws));
    }

    /// The time of the drain is over.
    pub(super) fn cut_off(&mut self) {
        self.time.drain_at = NEVER;
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
