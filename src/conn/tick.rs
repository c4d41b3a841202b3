//! Consequences of expired waits. [`Timers`](super::timers::Timers) decides when a wait expires.

use crate::conn::deadline::Deadline;
use crate::conn::ending::Ending;
use crate::conn::http1::ExpectContinue;
use crate::conn::parts::Parts;
use crate::conn::timers::{Overdue, Wait};
use crate::conn::websocket::Control;
use crate::conn::workspace::Workspace;
use crate::error::{Code, Fault};
use crate::http1::machine::Role;
use crate::websocket::close::ABNORMAL;

static SLOW_HEAD: Fault = Fault::new(Code::TimeoutHead, 408, c"H1-TIME-01", c"the head did not arrive in time");
static SLOW_BODY: Fault = Fault::new(Code::TimeoutBody, 408, c"H1-TIME-03", c"the content stalled or came too slowly");
static SLOW_PEER: Fault = Fault::new(Code::TimeoutWrite, 0, c"H1-TIME-04", c"the peer does not read");
static UNANSWERED: Fault = Fault::new(Code::TimeoutResponse, 0, c"H1-TIME-05", c"the response did not begin in time");
static LATE_ANSWER: Fault =
    Fault::new(Code::TimeoutResponse, 503, c"H1-TIME-06", c"the application did not respond to the request in time");
static SLOW_RESPONSE: Fault =
    Fault::new(Code::TimeoutHead, 0, c"H1-TIME-05", c"the head of the response did not arrive in time");
static NO_PONG: Fault = Fault::new(Code::WsTimeout, ABNORMAL, c"WS-LIM-03", c"the peer did not answer a Ping in time");
static NO_ANSWER: Fault =
    Fault::new(Code::WsTimeout, ABNORMAL, c"WS-LIM-03", c"the peer did not answer our Close in time");
static SLOW_HANDSHAKE: Fault = Fault::new(Code::TlsTimeout, 0, c"", c"the TLS handshake was not done in time");

/// A connection whose wait is over.
pub struct Tick<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Tick<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// It is not.
    pub fn miss_pong(&mut self) {
        Ending::of(self.parts, self.ws).close_now_for(NO_PONG.at(0));
    }

    /// The peer did not send its Close, or end its transport, in time.
    pub fn miss_close(&mut self) {
        if self.parts.lifecycle.is_open() {
            Ending::of(self.parts, self.ws).close_now_for(NO_ANSWER.at(0))
        } else {
            Ending::of(self.parts, self.ws).close_now()
        }
    }

    /// Ends waits that took too long.
    pub fn tick(&mut self, now: u64) {
        self.parts.timers.advance(now);
        let running = Deadline::of(self.parts, self.ws).settle();
        match self.parts.timers.overdue(&self.parts.config.clocks, running, now) {
            Some(Overdue::Output) => self.drop_slow_peer(),
            Some(Overdue::Handshake) => Ending::of(self.parts, self.ws).close_now_for(SLOW_HANDSHAKE.at(0)),
            Some(Overdue::Peer(wait)) => self.waited_too_long(wait),
            Some(Overdue::Answer) => Ending::of(self.parts, self.ws).fail(LATE_ANSWER.at(0)),
            None => {}
        }
    }

    /// The peer accepts none of our output: a reset drops what the system still holds for it.
    #[cold]
    fn drop_slow_peer(&mut self) {
        Ending::of(self.parts, self.ws).close_now_for(SLOW_PEER.at(0));
        self.parts.sides.cut_off();
    }

    fn waited_too_long(&mut self, wait: Wait) {
        match wait {
            Wait::Nothing | Wait::Stopped => {}
            Wait::Idle | Wait::Linger => Ending::of(self.parts, self.ws).close_idle(),
            Wait::Frame => Control::of(self.parts, self.ws).send_keepalive_ping(),
            Wait::Pong => self.miss_pong(),
            Wait::Close => self.miss_close(),
            Wait::Continue => ExpectContinue::of(self.parts, self.ws).stop_waiting(),
            Wait::Head | Wait::Response | Wait::Body => self.waited_for_message(wait),
        }
    }

    fn waited_for_message(&mut self, wait: Wait) {
        let error = match (wait, self.parts.sides.role()) {
            (Wait::Response, _) => UNANSWERED.at(0),
            (Wait::Body, _) => SLOW_BODY.at(0),
            (_, Role::Client) => SLOW_RESPONSE.at(0),
            // A peer that never sent an octet gets no response: it could be taken for the response to a request that
            // the peer is about to send (H1-TIME-01).
            _ if self.parts.recv.is_empty(&self.ws.held) => return Ending::of(self.parts, self.ws).close_idle(),
            _ => SLOW_HEAD.at(0),
        };
        Ending::of(self.parts, self.ws).fail(error);
    }
}
