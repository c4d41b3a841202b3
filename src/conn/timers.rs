//! The clocks of one connection: the active waits, their starts, and the one deadline.
//!
//! Time is in monotonic milliseconds from the owner. Two waits can be active at once: for the peer's octets or the
//! application's response (one [`Wait`] at a time) and for the peer to accept our octets. The clock of a TLS handshake
//! runs beside them; the transport stores its start.
//!
//! The clock of a wait is a stopwatch. A wait begins with it stopped at zero, and so does progress of the peer, since
//! many calls have no time. [`Timers::settle`], called at the end of each turn with the time, lets it run while the wait
//! is [`Running`] and stops it otherwise: while the owner holds the stream or our output is in the way, it stands still.
//!
//! Owns only times. Facts about the connection are passed as [`Running`] and [`Exchange`];
//! [`tick`](super::tick) handles expired waits.

mod millis32;
mod overdue;
mod rate;
mod running;
mod wait;

pub use millis32::{Millis32, NEVER};
pub use overdue::Overdue;
pub use running::{Exchange, Running};
pub use wait::Wait;

use crate::guard::Clocks;
use crate::http1::machine::Role;
use rate::Rate;

/// The first and the maximum interval at which an owner checks a peer that reads late.
const LOOK_MS: [u32; 2] = [50, 1600];

/// The waits and their starts.
pub struct Timers {
    now: Millis32,
    /// The rate of content being received, or of the part of a frame; without octets, the start of lingering.
    rate: Rate,
    /// The start of the current wait; while the clock is stopped, how long it has run.
    read_at: Millis32,
    /// When the peer last accepted output, or output was first queued.
    write_at: Millis32,
    wait: Wait,
    /// `wait` while its clock runs, else [`Wait::Stopped`].
    active: Wait,
    writing: bool,
}

impl Timers {
    /// For a transport accepted or connected now.
    pub fn new(now: u64, role: Role) -> Self {
        let at = Millis32::of(now);
        let wait = if role == Role::Server { Wait::Head } else { Wait::Nothing };
        Self { now: at, rate: Rate::from(at), read_at: at, write_at: at, wait, active: wait, writing: false }
    }

    /// Advances the time; it never steps back.
    #[inline]
    pub fn advance(&mut self, now: u64) {
        self.now = self.now.or_later(now);
    }

    /// The time of the last call.
    #[cfg(feature = "tls")]
    pub fn now(&self) -> Millis32 {
        self.now
    }

    /// Begins a wait, with its clock stopped at zero, and a rate without octets.
    #[inline(always)]
    pub fn wait(&mut self, wait: Wait) {
        self.wait = wait;
        self.active = Wait::Stopped;
        self.read_at = Millis32::ZERO;
        self.rate = Rate::from(Millis32::ZERO);
    }

    /// Sets the clock back to zero. The rate is counted on.
    fn restart(&mut self) {
        self.settle(false);
        self.read_at = Millis32::ZERO;
    }

    /// Whether the clock runs.
    #[inline(always)]
    pub fn is_running(&self) -> bool {
        self.active != Wait::Stopped
    }

    /// Lets the clock run from where it stands, or stops it, as of now.
    #[inline]
    pub fn settle(&mut self, runs: bool) {
        if runs != self.is_running() {
            self.rate.toggle(self.now);
            self.read_at = self.read_at.before(self.now);
            self.active = if runs { self.wait } else { Wait::Stopped };
        }
    }

    /// A head began: its clock runs from the first octet, or from accept.
    #[inline]
    pub fn begin_head(&mut self) {
        if !matches!(self.wait, Wait::Head | Wait::Continue) {
            self.wait(Wait::Head);
        }
    }

    /// A head is complete.
    #[inline]
    pub fn end_head(&mut self, last: bool) {
        self.wait(if last { Wait::Nothing } else { Wait::Body });
    }

    /// Octets of content were read.
    pub fn on_content(&mut self, octets: usize) {
        self.rate.add(octets);
        self.restart();
    }

    /// Server: the peer's message is complete.
    #[inline]
    pub fn end_message(&mut self, exchange: Exchange) {
        self.wait(if exchange.is_idle() { Wait::Idle } else { Wait::Nothing });
    }

    /// Server: the owner is told that the peer has ended. What limits a response that is due starts again, unless the owner has set a clock
    /// for it.
    pub fn report_peer_end(&mut self, clocks: &Clocks) {
        if clocks.answer_ms == 0 {
            self.restart();
        }
    }

    /// Client: our message or the peer's is complete.
    pub fn end_client_message(&mut self, exchange: Exchange) {
        if let Some(wait) = exchange.wait_of_client(self.wait) {
            self.wait(wait);
        }
    }

    /// A frame of the peer is complete.
    #[inline]
    pub fn on_frame(&mut self) {
        if self.wait != Wait::Close {
            self.wait(Wait::Frame);
        }
    }

    /// A whole message arrived while our side is open.
    #[inline(always)]
    pub fn on_message(&mut self) {
        debug_assert!(self.wait != Wait::Close, "our side is open");
        self.wait = Wait::Frame;
        self.active = Wait::Frame;
        self.rate = Rate::from(self.now);
        self.read_at = self.now;
    }

    /// Part of a frame arrived: it counts as a sign of life only at `rate_min` octets per second (WS-LIM-03).
    pub fn on_part(&mut self, octets: usize, rate_min: u32) {
        self.rate.add(octets);
        if self.rate.is_at_least(rate_min, self.rate.age(self.is_running(), self.now)) {
            self.on_frame();
        }
    }

    /// A Ping was sent for want of a sign of life, or there was no memory for one: the wait for a Pong, or another one for a
    /// frame. The rate of the frame that arrives is counted on.
    pub fn begin_keepalive(&mut self, wait: Wait) {
        self.restart();
        self.wait = wait;
    }

    /// Whether a frame is expected, but no Pong or Close.
    #[inline(always)]
    pub fn waits_for_frame(&self) -> bool {
        self.wait == Wait::Frame
    }

    /// Dropped octets arrived: restarts the silence limit, but not the overall one.
    #[inline]
    pub fn on_dropped(&mut self) {
        if self.wait == Wait::Linger {
            self.restart();
        }
    }

    /// When to check a peer that does not read again: at intervals that double, but often enough that it does not count
    /// as silent meanwhile.
    pub fn next_look(&self, clocks: &Clocks, now: u64) -> u64 {
        let [first, last] = LOOK_MS.map(u64::from);
        let lingered = self.rate.age(self.is_running(), Millis32::of(now)).millis();
        let often = if clocks.linger_ms == 0 { last } else { u64::from(clocks.linger_ms / 2).max(1) };
        now + lingered.clamp(first, last).min(often)
    }

    /// Whether the expected input follows our output, so that the peer need not begin before that was sent: a Pong follows
    /// the Ping.
    #[inline]
    pub fn follows_output(&self, role: Role) -> bool {
        match self.wait {
            Wait::Idle | Wait::Pong | Wait::Close => true,
            Wait::Frame => false,
            _ => role == Role::Client,
        }
    }

    /// A TLS handshake is done: the clock of the first head starts.
    pub fn end_handshake(&mut self) {
        self.wait(self.wait);
    }

    /// Output was queued or sent.
    #[inline]
    pub fn output(&mut self, pending: bool, progress: bool) {
        if pending && (progress || !self.writing) {
            self.write_at = self.now;
        }
        self.writing = pending;
    }

    /// The last output of a connection between messages was sent: returns the end of the active wait.
    #[inline(always)]
    pub fn on_idle(&mut self, now: u64, clocks: &Clocks) -> u64 {
        self.advance(now);
        self.writing = false;
        self.settle(true);
        self.peer_deadline(clocks, now)
    }

    /// When the first running clock expires; [`NEVER`]: none runs.
    pub fn deadline(&self, clocks: &Clocks, running: Running, now: u64) -> u64 {
        if !running.any {
            return NEVER;
        }
        let peer = if running.peer { self.peer_deadline(clocks, now) } else { NEVER };
        let ours = self.write_deadline(clocks, now).min(self.answer_deadline(clocks, running, now));
        peer.min(ours).min(running.handshake_deadline(clocks, now))
    }

    /// The expired wait. Of several, the one that says most about the peer.
    pub fn overdue(&self, clocks: &Clocks, running: Running, now: u64) -> Option<Overdue> {
        let is_over = |deadline| running.any && deadline != NEVER && deadline <= now;
        if is_over(self.write_deadline(clocks, now)) {
            Some(Overdue::Output)
        } else if is_over(running.handshake_deadline(clocks, now)) {
            Some(Overdue::Handshake)
        } else if running.peer && is_over(self.peer_deadline(clocks, now)) {
            Some(Overdue::Peer(self.wait))
        } else if is_over(self.answer_deadline(clocks, running, now)) {
            Some(Overdue::Answer)
        } else {
            None
        }
    }

    /// When the wait for the peer's octets expires, if it is its turn.
    #[inline]
    pub fn peer_deadline(&self, clocks: &Clocks, now: u64) -> u64 {
        match self.active {
            Wait::Body => self.body_deadline(clocks, now),
            Wait::Linger => self.linger_deadline(clocks, now),
            wait => self.read_at.plus(wait.ms(clocks), now),
        }
    }

    /// The earlier of a stall and of falling below the minimum rate.
    #[cold]
    fn body_deadline(&self, clocks: &Clocks, now: u64) -> u64 {
        self.read_at.plus(clocks.body_ms, now).min(self.rate.deadline(clocks, now))
    }

    #[cold]
    fn linger_deadline(&self, clocks: &Clocks, now: u64) -> u64 {
        self.read_at.plus(clocks.linger_ms, now).min(self.rate.since().plus(clocks.drain_ms, now))
    }

    /// No other wait runs after the request is complete.
    fn answer_deadline(&self, clocks: &Clocks, running: Running, now: u64) -> u64 {
        if running.answer && self.is_running() { self.read_at.plus(running.answer_ms(clocks), now) } else { NEVER }
    }

    fn write_deadline(&self, clocks: &Clocks, now: u64) -> u64 {
        if self.writing { self.write_at.plus(clocks.write_ms, now) } else { NEVER }
    }
}
