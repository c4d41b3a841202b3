//! Draining a server: it stops accepting, connections finish their exchange, and after a while the rest are cut off.
//!
//! WebSockets are closed one after the other, so that their peers do not all reconnect at once. Uses the calls by id;
//! does not listen or read the clock.

mod schedule;

use super::calls::Calls;
use super::connections::Connections;
use super::time::NEVER;
use schedule::DrainSchedule;

/// The state of a drain.
pub(super) struct Drain {
    /// Milliseconds over which WebSockets are closed.
    spread_ms: u64,
    /// When each WebSocket is closed.
    schedule: DrainSchedule,
    /// The WebSockets in slots before this one were closed, by us or when they opened.
    slot: u32,
    /// When the next WebSocket is closed.
    close_at: u64,
    /// When the remaining connections are cut off.
    cut_off_at: u64,
}

impl Drain {
    /// No drain.
    pub fn new(spread_ms: u64) -> Self {
        Self { spread_ms, schedule: DrainSchedule::default(), slot: 0, close_at: NEVER, cut_off_at: NEVER }
    }

    /// When there is something to do next.
    pub fn next(&self) -> u64 {
        self.close_at.min(self.cut_off_at)
    }

    /// Lets each connection finish its exchange, closes WebSockets over the configured time or half of `within_ms` if
    /// that is less, and cuts off the rest after `within_ms`. Repeated calls can only shorten the time.
    pub fn begin(&mut self, within_ms: u64, connections: &mut Connections) {
        let now = connections.engine().now();
        self.cut_off_at = self.cut_off_at.min(now.saturating_add(within_ms));
        // The other half is for the peers' Closes.
        let half = self.cut_off_at.saturating_sub(now) / 2;
        if connections.start_draining() {
            self.schedule = self.schedule.within(now, half);
        } else {
            connections.call_all(|conn, ws, _| {
                if !conn.is_websocket() {
                    let told = conn.shutdown(ws);
                    debug_assert!(told.is_ok(), "only the Close of a WebSocket needs memory");
                }
            });
            let count = connections.slots().open_websockets_from(0).count();
            self.schedule = DrainSchedule::new(now, half.min(self.spread_ms), count as u64);
        }
        self.close_websockets(connections);
    }

    /// Does what is due.
    pub fn expire(&mut self, connections: &mut Connections) {
        if self.close_at <= connections.engine().now() {
            self.close_websockets(connections);
        }
        if self.cut_off_at <= connections.engine().now() {
            (self.cut_off_at, self.close_at) = (NEVER, NEVER);
            connections.call_all(|conn, ws, now| conn.abort(ws, now));
        }
    }

    /// Closes the WebSockets that are due.
    fn close_websockets(&mut self, connections: &mut Connections) {
        while self.schedule.take(connections.engine().now()) {
            let next = connections.slots().open_websockets_from(self.slot).next();
            match next {
                Some(index) => {
                    self.slot = index + 1;
                    let id = connections.slots().id(index);
                    let told = Calls::new(connections).close_going_away(id);
                    debug_assert!(told.is_ok(), "the connection lives");
                }
                // Others ended by themselves.
                None => self.schedule = DrainSchedule::default(),
            }
        }
        self.close_at = self.schedule.next();
    }
}
