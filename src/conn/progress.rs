//! What can happen now: the one answer that [`next`](super::next) acts on and [`state`](super::state) shows.
//!
//! [`Conn::gate`] says whether input may go on, and what it waits for otherwise. `next` looks at octets only where the gate is open;
//! `state`, what is wanted from the transport and the peer's clock ask the same gate. So EVENTS is shown only where the next pull
//! has an event, or takes the reason for it away (H1-CONN-17).
//!
//! Reads every part of a connection and changes none.

use super::send_queue::SendQueue;
use super::workspace::Workspace;
use super::{Conn, Phase};
use crate::guard::Limits;
use crate::http1::machine::Role;
use crate::http1::machine::state::Side;

/// What the next pull comes to before anything more is received or sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// An event, or input that was held back and may go on now.
    Event,
    /// Everything that came was looked at.
    NeedInput,
    /// Input waits.
    Paused,
    /// The connection has ended.
    Done,
}

/// Whether input may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// The next octets, or the end behind them, can be acted on.
    Open,
    /// Input waits.
    Held(Hold),
    /// Input or the end waits for room that will not come, since TLS has failed: the failure is the next event.
    Failed,
    /// What was held was given up for others, and nothing that is owed comes before the error that says so.
    GivenUp,
    /// The connection is being closed: input is discarded.
    Closing,
}

/// What input waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// [`Conn::resume`].
    Owner,
    /// Room in the output queue: what is sent in answer to one event then always has some.
    Room,
    /// The response to the request before it.
    Answer,
}

/// What the end of input means once the octets before it are used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InputEnd {
    /// The end of an open WebSocket.
    WebSocket,
    /// The end of one side of a tunnel.
    Tunnel,
    /// The end of a message, or of a part of one.
    Content,
    /// No further message, or a part of a head.
    Head,
}

impl Conn {
    /// What the next pull comes to; `next` was not called since the last lend was over.
    pub(super) fn progress(&self, ws: &Workspace) -> Progress {
        if self.has_event_due() || self.is_lying() {
            return Progress::Event;
        }
        match self.gate(ws, &[]) {
            Gate::Failed | Gate::GivenUp => Progress::Event,
            Gate::Open if self.has_something_left() => Progress::Event,
            Gate::Open => Progress::NeedInput,
            Gate::Held(_) => Progress::Paused,
            Gate::Closing if self.lifecycle.is_closed() => Progress::Done,
            Gate::Closing => Progress::NeedInput,
        }
    }

    /// Whether an open gate leads to something: octets that were held back, a failure of TLS, or an end.
    fn has_something_left(&self) -> bool {
        self.lifecycle.has_input_waiting() || self.transport.failure().is_some() || self.input_end().is_some()
    }

    /// Whether an event waits that needs no input.
    #[inline]
    pub(super) fn has_event_due(&self) -> bool {
        self.lifecycle.has_due() || self.queue.has_released() || self.owes_peer_end()
    }

    /// Whether the owner is to be told that the peer has ended while it waits for a response (H1-CONN-16).
    pub(super) fn owes_peer_end(&self) -> bool {
        self.lifecycle.knows_peer_end()
            && !self.lifecycle.is_peer_end_told()
            && self.lifecycle.is_open()
            && self.machine.is_held()
    }

    /// Whether input may go on. `lent`: the lend, where there is one.
    #[inline]
    pub(super) fn gate(&self, ws: &Workspace, lent: &[u8]) -> Gate {
        if !self.lifecycle.is_open() {
            return if self.cannot_flush() { Gate::Failed } else { Gate::Closing };
        }
        if self.recv.is_given_up(&ws.held) && !self.machine.is_held() {
            return Gate::GivenUp;
        }
        match self.hold(ws, lent) {
            None => Gate::Open,
            Some(Hold::Room) if self.transport.failure().is_some() => Gate::Failed,
            Some(hold) => Gate::Held(hold),
        }
    }

    /// Whether what is still queued will never leave, since TLS has failed.
    fn cannot_flush(&self) -> bool {
        let is_waiting = self.lifecycle.phase() == Phase::Flushing && self.queue.queued() > 0 && !self.has_output();
        is_waiting && self.transport.failure().is_some()
    }

    fn hold(&self, ws: &Workspace, lent: &[u8]) -> Option<Hold> {
        if self.lifecycle.is_paused() {
            Some(Hold::Owner)
        } else if self.needs_room(ws, lent) {
            Some(Hold::Room)
        } else if self.machine.is_held() && self.recv.holds_or_held(&ws.held) {
            Some(Hold::Answer)
        } else {
            None
        }
    }

    /// Whether a full queue holds input back: requests, and messages of a WebSocket, but not the Pings between them (WS-LIM-04). A client
    /// goes on reading, and so does either end of a tunnel: there the octets that come are not what fills the queue.
    fn needs_room(&self, ws: &Workspace, lent: &[u8]) -> bool {
        if self.machine.role() != Role::Server || !self.is_crowded() {
            return false;
        }
        match (self.machine.theirs(), self.machine.kept()) {
            (Side::Switched, None) => false,
            (Side::Switched, Some(socket)) => socket.machine.goes_on_with_data(self.recv.first(&ws.held, lent)),
            _ => !self.recv.is_empty(&ws.held),
        }
    }

    /// Whether the queue is too long for input to go on. Where input waits already, only a nearly empty queue lets it: not one octet sent,
    /// one event, and full again.
    #[inline]
    pub(super) fn is_crowded(&self) -> bool {
        is_crowded(&self.queue, &self.config.limits, self.lifecycle.has_input_waiting())
    }

    /// What the end of input means; `None`: there is no end yet, or it was acted on.
    pub(super) fn input_end(&self) -> Option<InputEnd> {
        if !self.lifecycle.has_peer_ended() {
            return None;
        }
        match self.machine.theirs() {
            Side::Switched if self.is_websocket() => Some(InputEnd::WebSocket),
            Side::Switched if self.lifecycle.is_peer_end_told() => None,
            Side::Switched => Some(InputEnd::Tunnel),
            Side::Body => Some(InputEnd::Content),
            Side::Idle | Side::Await => Some(InputEnd::Head),
            _ => None,
        }
    }

    /// Whether octets are wanted from the transport, if there is memory for them. Requests that would wait for room are not read.
    pub(super) fn wants_input(&self, ws: &Workspace) -> bool {
        !self.lifecycle.has_peer_ended()
            && match self.gate(ws, &[]) {
                Gate::Open => {
                    let takes_requests = self.machine.role() == Role::Server && self.machine.theirs() != Side::Switched;
                    !(takes_requests && self.is_crowded())
                }
                Gate::Held(_) | Gate::Failed | Gate::GivenUp => false,
                Gate::Closing if self.lifecycle.phase() == Phase::Flushing => {
                    self.dropped.is_less_than_a_lend(&self.config.limits)
                }
                Gate::Closing => self.lifecycle.phase() == Phase::Lingering,
            }
    }

    /// Whether it is the peer's turn, so that its clock runs: nothing of ours is in the way, nothing is held back, no answer is due.
    pub(super) fn is_waiting_for_peer(&self, ws: &Workspace) -> bool {
        match self.lifecycle.phase() {
            Phase::Open if self.is_behind_output() || self.is_handshaking() => false,
            Phase::Open => !self.machine.is_held() && !self.is_tunnel() && self.hold(ws, &[]).is_none(),
            Phase::Lingering => true,
            Phase::Flushing | Phase::Closed => false,
        }
    }

    /// Whether our output is in the way: we do not read while the queue is too long, and neither a response nor the next
    /// request is due before what it follows has left. Until then the write clock runs.
    #[inline]
    pub(super) fn is_behind_output(&self) -> bool {
        self.is_crowded() || (self.queue.queued() > 0 && self.timers.follows_output(self.machine.role()))
    }
}

#[inline]
fn is_crowded(output: &SendQueue, limits: &Limits, waits: bool) -> bool {
    let mark = if waits { limits.low_water } else { limits.high_water };
    output.queued() > mark as usize
}

#[cfg(test)]
pub use lies::progress_that_lies;

#[cfg(not(test))]
impl Conn {
    #[inline(always)]
    #[allow(clippy::unused_self, reason = "as in the library that is tested")]
    fn is_lying(&self) -> bool {
        false
    }
}

/// Connections that say what is not so, for the test of who watches them.
#[cfg(test)]
mod lies {
    use super::Conn;
    use std::cell::Cell;

    thread_local! {
        static TOLD: Cell<bool> = const { Cell::new(false) };
    }

    impl Conn {
        pub(super) fn is_lying(&self) -> bool {
            TOLD.get() && self.lifecycle.is_paused()
        }
    }

    /// Runs `body` while connections that are paused say that they have events.
    pub fn progress_that_lies<T>(body: impl FnOnce() -> T) -> T {
        TOLD.set(true);
        let done = body();
        TOLD.set(false);
        done
    }
}
