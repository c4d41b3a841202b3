//! The end of a server: no more connections, the present ones finish, and after a while those left are cut off.
//!
//! WebSockets have nothing to finish: they are told to go, one after the other, so that their peers do not all come back in the same
//! instant. Acts through the calls by id; never listens and never reads the clock.

mod schedule;

use super::calls::Calls;
use super::connections::Connections;
use super::time::NEVER;
use schedule::DrainSchedule;

/// How far a drain has come.
pub(super) struct Drain {
    /// In how many milliseconds WebSockets are closed.
    spread_ms: u64,
    /// When each WebSocket is closed.
    schedule: DrainSchedule,
    /// The WebSockets in slots before this one were told to go, by us or when they opened.
    slot: u32,
    /// When the next WebSocket is closed.
    close_at: u64,
    /// When what is left is cut off.
    cut_off_at: u64,
}

impl Drain {
    /// Nothing is drained yet.
    pub fn new(spread_ms: u64) -> Self {
        Self { spread_ms, schedule: DrainSchedule::default(), slot: 0, close_at: NEVER, cut_off_at: NEVER }
    }

    /// When there is something to do.
    pub fn next(&self) -> u64 {
        self.close_at.min(self.cut_off_at)
    }

    /// Lets each connection finish the exchange in progress, closes WebSockets over the time of the config or half of `within_ms` if that is less,
    /// and cuts off what is left after `within_ms`. Again: only ever shortens the time.
    pub fn begin(&mut self, within_ms: u64, connections: &mut Connections) {
        let now = connections.engine().now();
        self.cut_off_at = self.cut_off_at.min(now.saturating_add(within_ms));
        // The other half is for the peers to answer in.
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

    /// Does what it is time for.
    pub fn expire(&mut self, connections: &mut Connections) {
        if self.close_at <= connections.engine().now() {
            self.close_websockets(connections);
        }
        if self.cut_off_at <= connections.engine().now() {
            (self.cut_off_at, self.close_at) = (NEVER, NEVER);
            connections.call_all(|conn, ws, now| conn.abort(ws, now));
        }
    }

    /// Closes as many WebSockets as it is time for.
    fn close_websockets(&mut self, connections: &mut Connections) {
        while self.schedule.take(connections.engine().now()) {
            let next = connections.slots().open_websockets_from(self.slot).next();
            match next {
                Some(index) => {
                    self.slot = index + 1;
                    let id = connections.slots().id(index);
                    let told = Calls::new(connections).send_away(id);
                    debug_assert!(told.is_ok(), "the connection lives");
                }
                // Others have ended by themselves.
                None => self.schedule = DrainSchedule::default(),
            }
        }
        self.close_at = self.schedule.next();
    }
}
