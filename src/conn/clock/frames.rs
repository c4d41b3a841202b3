//! The waits of a WebSocket: for a frame, for a sign of life after our Ping, for the peer's Close.

use super::{Clock, Reading};
use crate::conn::{Conn, Workspace};
use crate::guard::Clocks;

impl Clock {
    /// A WebSocket begins.
    pub fn begin_websocket(&mut self) {
        self.wait(Reading::Frame);
        self.body_at = self.now;
    }

    /// A frame of the peer was complete.
    #[inline]
    pub fn heard_frame(&mut self) {
        if self.reading != Reading::Close {
            self.body_octets = 0;
            self.body_at = self.now;
            self.wait(Reading::Frame);
        }
    }

    /// Whether a frame is waited for, and neither a Pong nor a Close.
    #[inline(always)]
    pub fn waits_for_frame(&self) -> bool {
        self.reading == Reading::Frame
    }

    /// A whole message came, while our side is open.
    #[inline(always)]
    pub fn heard_message(&mut self) {
        debug_assert!(self.reading != Reading::Close, "our side is open");
        self.reading = Reading::Frame;
        self.body_octets = 0;
        (self.body_at, self.read_at) = (self.now, self.now);
    }

    /// Octets of a frame came that goes on: they count as a sign of life only at `rate_min` octets a second (WS-LIM-03).
    pub fn heard_part(&mut self, octets: usize, rate_min: u32) {
        self.body_octets = self.body_octets.saturating_add(u32::try_from(octets).unwrap_or(u32::MAX));
        let due = u64::from(rate_min) * u64::from(self.now.since(self.body_at));
        if u64::from(self.body_octets) * 1000 >= due {
            self.heard_frame();
        }
    }

    /// Whether a frame is waited for, whatever for.
    #[inline]
    pub(super) fn is_for_frame(&self) -> bool {
        matches!(self.reading, Reading::Frame | Reading::Pong | Reading::Close)
    }

    /// How long for.
    #[inline]
    pub(super) fn frame_ms(&self, clocks: &Clocks) -> u32 {
        match self.reading {
            Reading::Frame => clocks.ping_ms,
            Reading::Pong => clocks.pong_ms,
            _ => clocks.close_ms,
        }
    }
}

impl Conn {
    /// No frame came in time.
    #[cold]
    pub(super) fn waited_for_frame(&mut self, ws: &mut Workspace) {
        match self.clock.reading {
            Reading::Frame => self.ask_for_pong(ws),
            Reading::Pong => self.miss_pong(ws),
            _ => self.miss_close(ws),
        }
    }
}
