//! The server's time: read once for each batch, and the timers that hang on it.

use super::{NONE, Server};
use crate::conn::Conn;
use crate::io::clock;
use crate::io::timer::Wheel;

/// No deadline.
pub(super) const NEVER: u64 = u64::MAX;
/// How far Date may lag behind; a look at the wall clock for each batch would cost more than it tells.
const DATE_LAG_MS: u64 = 50;

/// The time, and what waits for it. The wheel's keys are slots; a timer is never later than its connection's deadline and
/// may be earlier, so that a deadline that moves back on every request is not armed on every request.
pub(super) struct Time {
    pub now: u64,
    pub wheel: Wheel,
    /// The wheel has nothing to do before, so that most batches do not ask it.
    wheel_at: u64,
    /// When accepting is tried again.
    pub accept_at: u64,
    /// When what is left of a drain is cut off.
    pub drain_at: u64,
    /// When the next WebSocket of a drain is closed.
    pub close_at: u64,
    /// When the wall clock was last looked at.
    date_at: Option<u64>,
}

impl Time {
    pub fn new() -> Self {
        let now = clock::monotonic_ms();
        let wheel = Wheel::new(now);
        Self { now, wheel, wheel_at: NEVER, accept_at: NEVER, drain_at: NEVER, close_at: NEVER, date_at: None }
    }

    /// When something is due.
    pub fn next(&self) -> u64 {
        self.wheel_at.min(self.accept_at).min(self.drain_at).min(self.close_at)
    }

    /// Makes sure that `slot` expires at `deadline` or before.
    #[inline]
    pub fn expire_by(&mut self, slot: u32, deadline: u64) {
        if deadline != NEVER && self.wheel.deadline(slot).is_none_or(|armed| deadline < armed) {
            let armed = self.wheel.arm(slot, deadline);
            debug_assert!(armed.is_ok(), "reserved with the slot");
            self.wheel_at = self.wheel_at.min(deadline);
        }
    }
}

impl Server {
    /// Reads the clock.
    pub(super) fn read_clock(&mut self) {
        let time = &mut self.time;
        time.now = time.now.max(clock::monotonic_ms());
        if time.date_at.is_none_or(|at| time.now - at >= DATE_LAG_MS) {
            time.date_at = Some(time.now);
            self.ws.set_time(clock::wall_seconds().try_into().unwrap_or(0));
        }
    }

    /// When [`next`](Self::next) has something to do though the handle is not readable: 0 for at once, `u64::MAX` for never;
    /// else in milliseconds of the monotonic clock.
    pub fn deadline(&self) -> u64 {
        let is_busy = self.turn != NONE || self.slots.has_due() || self.inbox.has_posts();
        let is_drained = self.is_draining && self.slots.live() == 0;
        if is_busy || is_drained { 0 } else { self.time.next() }
    }

    /// Lets everything happen whose time has come; whether anything did.
    #[inline(always)]
    pub(super) fn expire(&mut self) -> bool {
        self.time.next() <= self.time.now && self.expire_what_is_due()
    }

    #[cold]
    fn expire_what_is_due(&mut self) -> bool {
        while let Some(index) = self.time.wheel.expire(self.time.now) {
            self.expire_slot(index);
        }
        self.time.wheel_at = self.time.wheel.next_deadline().unwrap_or(NEVER);
        if self.time.accept_at <= self.time.now {
            self.accept_again();
        }
        if self.time.close_at <= self.time.now {
            self.close_sockets();
        }
        if self.time.drain_at <= self.time.now {
            self.cut_off();
        }
        true
    }

    /// A timer that was too early is set anew when the connection has had its turn.
    fn expire_slot(&mut self, index: u32) {
        let now = self.time.now;
        let Some(live) = self.slots.get_mut(index).live.as_mut() else { return };
        if live.conn.deadline(&self.ws, now) <= now {
            let conn: &mut Conn = &mut live.conn;
            conn.tick(&mut self.ws, now);
            self.stats.timeouts += 1;
        }
        self.slots.make_due(index);
    }
}
