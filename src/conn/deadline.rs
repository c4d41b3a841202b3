//! When [`Conn::tick`] is due, and what follows when a wait is over.

use super::timers::{Millis32, Overdue, Running, Wait};
use super::{Conn, Workspace};
use crate::error::{Code, Fault};
use crate::http1::machine::Role;
use crate::http1::machine::state::Side;

static SLOW_HEAD: Fault = Fault::new(Code::TimeoutHead, 408, c"H1-TIME-01", c"the head did not arrive in time");
static SLOW_BODY: Fault = Fault::new(Code::TimeoutBody, 408, c"H1-TIME-03", c"the content stalled or came too slowly");
static SLOW_PEER: Fault = Fault::new(Code::TimeoutWrite, 0, c"H1-TIME-04", c"the peer does not read");
static UNANSWERED: Fault = Fault::new(Code::TimeoutResponse, 0, c"H1-TIME-05", c"the response did not begin in time");
static LATE_ANSWER: Fault =
    Fault::new(Code::TimeoutResponse, 503, c"H1-TIME-06", c"the application did not answer the request in time");
static SLOW_RESPONSE: Fault =
    Fault::new(Code::TimeoutHead, 0, c"H1-TIME-05", c"the head of the response did not arrive in time");
static SLOW_HANDSHAKE: Fault = Fault::new(Code::TlsTimeout, 0, c"", c"the TLS handshake was not done in time");

impl Conn {
    /// When [`Conn::tick`] is due, in the owner's milliseconds; `u64::MAX`: no wait is on. Starts the clocks of what was
    /// queued since the last call with a time.
    #[inline(always)]
    pub fn deadline(&mut self, ws: &Workspace, now: u64) -> u64 {
        self.timers.advance(now);
        self.timers.output(self.has_output(), false);
        if !self.is_at_rest(ws) && !self.only_reads_frames(ws) {
            return self.deadline_in_full(ws, now);
        }
        let deadline = self.timers.peer_deadline(&self.config.clocks, now);
        debug_assert_eq!(self.deadline_in_full(ws, now), deadline);
        deadline
    }

    #[inline(never)]
    pub(super) fn deadline_in_full(&self, ws: &Workspace, now: u64) -> u64 {
        self.timers.deadline(&self.config.clocks, self.running(ws), now)
    }

    /// Which clocks run now.
    fn running(&self, ws: &Workspace) -> Running {
        let handshake: Option<Millis32> = self.transport.handshake_since().filter(|_| self.lifecycle.is_open());
        Running {
            peer: self.is_waiting_for_peer(ws),
            answer: self.lifecycle.is_open() && self.machine.is_held() && self.machine.ours() == Side::Await,
            handshake,
            any: !self.lifecycle.is_closed(),
        }
    }

    /// Whether a handshake is waited for.
    pub(super) fn is_handshaking(&self) -> bool {
        self.transport.handshake_since().is_some()
    }

    /// Applies the time: what waited too long ends.
    pub fn tick(&mut self, ws: &mut Workspace, now: u64) {
        self.timers.advance(now);
        match self.timers.overdue(&self.config.clocks, self.running(ws), now) {
            Some(Overdue::Output) => self.close_by_reset_for(ws, SLOW_PEER.at(0)),
            Some(Overdue::Handshake) => self.close_now_for(ws, SLOW_HANDSHAKE.at(0)),
            Some(Overdue::Peer(wait)) => self.waited_too_long(ws, wait),
            Some(Overdue::Answer) => self.fail(ws, LATE_ANSWER.at(0)),
            None => {}
        }
    }

    fn waited_too_long(&mut self, ws: &mut Workspace, wait: Wait) {
        match wait {
            Wait::Nothing => {}
            Wait::Idle | Wait::Linger => self.close_idle(ws),
            Wait::Frame => self.ask_for_pong(ws),
            Wait::Pong => self.miss_pong(ws),
            Wait::Close => self.miss_close(ws),
            Wait::Continue => self.stop_waiting_for_continue(),
            Wait::Head | Wait::Response | Wait::Body => self.waited_for_message(ws, wait),
        }
    }

    fn waited_for_message(&mut self, ws: &mut Workspace, wait: Wait) {
        let error = match (wait, self.machine.role()) {
            (Wait::Response, _) => UNANSWERED.at(0),
            (Wait::Body, _) => SLOW_BODY.at(0),
            (_, Role::Client) => SLOW_RESPONSE.at(0),
            // A peer that never sent an octet is left without a word: an answer would be one to the request that it may be about to
            // send (H1-TIME-01).
            _ if self.recv.is_empty(&ws.held) => return self.close_idle(ws),
            _ => SLOW_HEAD.at(0),
        };
        self.fail(ws, error);
    }

    /// Client: the wait for `100 Continue` is over without one.
    fn stop_waiting_for_continue(&mut self) {
        self.machine.stop_expecting();
        self.lifecycle.set_continue_due();
        self.timers.wait(Wait::Nothing);
    }
}
