//! The clocks of one connection: which wait is on, since when, and what follows when it is over.
//!
//! Time is monotonic milliseconds given by the owner. Two waits can be on at once: for the peer's octets (one [`Reading`] at a
//! time) and for the peer to take ours.

mod expecting;
mod frames;
mod handshake;
mod head;
mod linger;

use super::moment::{Moment, NEVER};
use super::{Conn, Machine, Workspace};
use crate::error::{Code, Error, Fault};
use crate::guard::Clocks;
use crate::http1::machine::state::Side;
use crate::http1::machine::{Role, flag};

static SLOW_HEAD: Fault = Fault::new(Code::TimeoutHead, 408, c"H1-TIME-01", c"the head did not arrive in time");
static SLOW_BODY: Fault = Fault::new(Code::TimeoutBody, 408, c"H1-TIME-03", c"the content stalled or came too slowly");
static SLOW_PEER: Fault = Fault::new(Code::TimeoutWrite, 0, c"H1-TIME-04", c"the peer does not read");
static UNANSWERED: Fault = Fault::new(Code::TimeoutResponse, 0, c"H1-TIME-05", c"the response did not begin in time");
static SLOW_RESPONSE: Fault =
    Fault::new(Code::TimeoutHead, 0, c"H1-TIME-05", c"the head of the response did not arrive in time");

/// What octets of the peer are waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Reading {
    Nothing,
    /// A head; never extended.
    Head,
    /// Client: the first octet of a response head.
    Response,
    /// The next message on a connection kept alive.
    Idle,
    /// Content.
    Body,
    /// Client: `100 Continue`.
    Continue,
    /// The end of the peer, after ours.
    Linger,
    /// A frame, on a WebSocket.
    Frame,
    /// A frame, after our Ping.
    Pong,
    /// The peer's Close, or the end of its transport, after ours.
    Close,
}

/// Since when, and for what.
pub struct Clock {
    now: Moment,
    /// The start of the content being received, and its octets up to 4 GiB, for the least rate: those earn it a year.
    body_octets: u32,
    /// That start, or the one of lingering.
    body_at: Moment,
    /// The start of the present wait for the peer's octets.
    read_at: Moment,
    /// The last time the peer took output, or output was first queued.
    write_at: Moment,
    reading: Reading,
    writing: bool,
}

impl Clock {
    pub fn new(now: u64, reading: Reading) -> Self {
        let at = Moment::of(now);
        Self { now: at, read_at: at, write_at: at, body_at: at, body_octets: 0, reading, writing: false }
    }

    /// Time passes; it never steps back.
    #[inline]
    pub fn advance(&mut self, now: u64) {
        self.now = self.now.or_later(now);
    }

    /// Starts a wait.
    #[inline]
    pub fn wait(&mut self, reading: Reading) {
        self.reading = reading;
        self.read_at = self.now;
    }

    /// An octet of a head is there: the clock runs from the first one, or from accept.
    #[inline]
    pub fn begin_head(&mut self) {
        if !matches!(self.reading, Reading::Head | Reading::Continue) {
            self.wait(Reading::Head);
        }
    }

    /// A head is complete.
    #[inline]
    pub fn end_head(&mut self, last: bool) {
        self.body_at = self.now;
        self.body_octets = 0;
        self.wait(if last { Reading::Nothing } else { Reading::Body });
    }

    /// Octets of content were used up.
    pub fn heard_content(&mut self, octets: usize) {
        self.body_octets = self.body_octets.saturating_add(u32::try_from(octets).unwrap_or(u32::MAX));
        self.read_at = self.now;
    }

    /// The peer's message is complete.
    #[inline]
    pub fn end_message(&mut self, machine: &Machine) {
        self.wait(if machine.is_idle() { Reading::Idle } else { Reading::Nothing });
    }

    /// Client: our message or the peer's is complete.
    pub fn end_client_message(&mut self, machine: &Machine) {
        match (machine.ours(), machine.theirs()) {
            _ if machine.is_idle() => self.wait(Reading::Nothing),
            (Side::Done, Side::Await) if !matches!(self.reading, Reading::Head | Reading::Response) => {
                self.wait(Reading::Response);
            }
            (_, Side::Idle) => self.wait(Reading::Nothing),
            // The peer's message is complete and ours is not: a later one is due when ours is.
            (Side::Body, Side::Await | Side::Done) => self.wait(before_ours_ends(machine)),
            _ => {}
        }
    }

    /// Client: an interim response is complete; the final one is still due.
    pub fn end_interim(&mut self, machine: &Machine) {
        self.wait(if machine.ours() == Side::Body { before_ours_ends(machine) } else { Reading::Response });
    }

    /// Whether what is waited for follows our output, so that the peer has no reason to begin before that has left.
    #[inline]
    pub fn follows_output(&self, role: Role) -> bool {
        (role == Role::Client && !self.is_for_frame()) || self.reading == Reading::Idle
    }

    /// It is the peer's turn again: while we hold the stream, or do not read, its clock stands still.
    pub fn release(&mut self) {
        if self.reading == Reading::Linger {
            return;
        }
        self.read_at = self.now;
        self.body_at = self.now;
        self.body_octets = 0;
    }

    /// Output is queued or used up.
    #[inline]
    pub fn output(&mut self, pending: bool, progress: bool) {
        if pending && (progress || !self.writing) {
            self.write_at = self.now;
        }
        self.writing = pending;
    }

    /// The last of the output has left a connection between messages: when the wait that is on then ends.
    #[inline(always)]
    pub fn rest(&mut self, now: u64, clocks: &Clocks) -> u64 {
        self.advance(now);
        self.writing = false;
        if self.reading == Reading::Idle {
            self.read_at = self.now;
        }
        self.read_deadline(clocks, now)
    }

    #[inline]
    fn read_deadline(&self, clocks: &Clocks, now: u64) -> u64 {
        let ms = match self.reading {
            Reading::Nothing => 0,
            Reading::Head => clocks.head_ms,
            Reading::Response => clocks.response_ms,
            Reading::Idle => clocks.idle_ms,
            Reading::Body => return self.body_deadline(clocks, now),
            Reading::Continue => clocks.continue_ms,
            Reading::Linger => return self.linger_deadline(clocks, now),
            Reading::Frame | Reading::Pong | Reading::Close => self.frame_ms(clocks),
        };
        self.read_at.plus(ms, now)
    }

    /// The earlier of a stall and of falling under the least rate, which counts after a grace of one stall.
    #[cold]
    fn body_deadline(&self, clocks: &Clocks, now: u64) -> u64 {
        let stall = self.read_at.plus(clocks.body_ms, now);
        if clocks.body_rate_min == 0 {
            return stall;
        }
        let earned = u64::from(self.body_octets) * 1000 / u64::from(clocks.body_rate_min);
        stall.min(self.body_at.time(now).saturating_add(u64::from(clocks.body_ms)).saturating_add(earned))
    }

    fn write_deadline(&self, clocks: &Clocks, now: u64) -> u64 {
        if self.writing { self.write_at.plus(clocks.write_ms, now) } else { NEVER }
    }
}

/// Client: what is waited for while our content is under way.
fn before_ours_ends(machine: &Machine) -> Reading {
    if machine.has(flag::EXPECT) { Reading::Continue } else { Reading::Nothing }
}

impl Conn {
    /// When [`Conn::tick`] is due, in the owner's milliseconds; [`NEVER`]: no wait is on. Starts the clocks of what was
    /// queued since the last call with a time.
    #[inline(always)]
    pub fn deadline(&mut self, ws: &Workspace, now: u64) -> u64 {
        self.clock.advance(now);
        self.clock.output(self.output.queued() > 0, false);
        if !self.is_at_rest(ws) && !self.only_reads_frames(ws) {
            return self.deadline_in_full(ws, now);
        }
        let deadline = self.clock.read_deadline(&self.config.clocks, now);
        debug_assert_eq!(self.deadline_in_full(ws, now), deadline);
        deadline
    }

    #[inline(never)]
    pub(super) fn deadline_in_full(&self, ws: &Workspace, now: u64) -> u64 {
        if self.lifecycle.is_closed() {
            return NEVER;
        }
        let read =
            if self.is_waiting_for_peer(ws) { self.clock.read_deadline(&self.config.clocks, now) } else { NEVER };
        let write = self.clock.write_deadline(&self.config.clocks, now);
        read.min(write).min(self.handshake_deadline(now))
    }

    /// Applies the time: what waited too long ends.
    pub fn tick(&mut self, ws: &mut Workspace, now: u64) {
        self.clock.advance(now);
        if self.lifecycle.is_closed() {
            return;
        }
        let clocks = self.config.clocks;
        let is_over = |deadline| deadline != NEVER && deadline <= now;
        if is_over(self.clock.write_deadline(&clocks, now)) {
            self.close_by_reset_for(ws, SLOW_PEER.at(0));
        } else if is_over(self.handshake_deadline(now)) {
            self.close_now_for(ws, handshake::SLOW);
        } else if self.is_waiting_for_peer(ws) && is_over(self.clock.read_deadline(&clocks, now)) {
            self.waited_too_long(ws);
        }
    }

    fn waited_too_long(&mut self, ws: &mut Workspace) {
        let error: Error = match self.clock.reading {
            Reading::Nothing => return,
            Reading::Idle | Reading::Linger => return self.close_idle(ws),
            Reading::Frame | Reading::Pong | Reading::Close => return self.waited_for_frame(ws),
            Reading::Continue => return self.stop_waiting_for_continue(),
            Reading::Response => UNANSWERED.at(0),
            Reading::Head if self.machine.role() == Role::Client => SLOW_RESPONSE.at(0),
            Reading::Head => return self.waited_for_head(ws),
            Reading::Body => SLOW_BODY.at(0),
        };
        self.fail(ws, error);
    }
}
