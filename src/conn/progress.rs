//! What can happen now: the one decision that [`next`](super::pull) acts on and [`state`](super::state) shows.
//!
//! [`Outlook::gate`] says whether input may continue, and what it waits for otherwise. `next` reads octets only while
//! the gate is open. `state`, the transport's wants and the peer's clock use the same gate. So EVENTS is shown only if
//! the next pull returns an event or clears the bit (H1-CONN-17).
//!
//! Reads every part of a connection and changes none.

use crate::conn::lifecycle::Phase;
use crate::conn::parts::Parts;
use crate::conn::workspace::Workspace;
use crate::error::Error;
use crate::http1::machine::state::Side;
use crate::http1::machine::{NOT_NOW, Role, flag};

/// What the next pull will find before anything more is received or sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// An event, or input that was held back and may continue now.
    Event,
    /// All input was processed.
    NeedInput,
    /// Input waits.
    Paused,
    /// The connection has ended.
    Done,
}

/// Whether input may continue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// The next octets, or the end behind them, can be processed.
    Open,
    /// Input waits.
    Held(Hold),
    /// Input or the end waits for room that will never come, because TLS has failed: the failure is the next event.
    Failed,
    /// Held input was evicted, and no owed answer precedes the error that reports it.
    Evicted,
    /// An error must be answered first.
    Refusing,
    /// The connection is being closed: input is discarded.
    Closing,
}

/// What input waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The owner to resume.
    Owner,
    /// Room in the output queue, so that a response to one event always fits.
    Room,
    /// The response to the previous request.
    Answer,
}

/// What the end of input means once the octets before it are used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputEnd {
    /// An open WebSocket ends.
    WebSocket,
    /// One side of a tunnel ends.
    Tunnel,
    /// A message ends, or is cut off.
    Content,
    /// No further message, or an incomplete head.
    Head,
}

/// Queries of one connection: what can happen.
#[derive(Clone, Copy)]
pub struct Outlook<'a> {
    parts: &'a Parts,
    ws: &'a Workspace,
}

impl<'a> Outlook<'a> {
    #[inline(always)]
    pub fn of(parts: &'a Parts, ws: &'a Workspace) -> Self {
        Self { parts, ws }
    }

    /// Whether a complete lend is held already and reading is off.
    #[inline(always)]
    pub fn holds_enough(self) -> bool {
        self.parts.recv.is_held() && self.holds_a_lend()
    }

    #[inline(never)]
    fn holds_a_lend(self) -> bool {
        self.parts.recv.held_len(&self.ws.held) > self.held_max() && !self.wants_input()
    }

    /// An incomplete head, and one lend.
    fn held_max(self) -> usize {
        let limits = &self.parts.config.limits;
        limits.lend_max as usize + limits.head.section_max as usize + limits.head.target_max as usize
    }

    /// Whether raw octets pass in both directions.
    fn is_tunnel(self) -> bool {
        self.parts.sides.peer_side() == Side::Switched && !self.parts.is_websocket()
    }

    /// Octets behind a close_notify are ignored (TLS-05); nothing else may be lent now.
    #[cold]
    pub fn refuse_lend(self) -> Result<(), Error> {
        if self.parts.transport.ignores_input() && !self.parts.recv.is_lent() { Ok(()) } else { Err(NOT_NOW) }
    }

    /// What the next pull will find, if `next` was not called since the last lend ended.
    pub fn progress(self) -> Progress {
        if self.parts.has_event_due() || reports_false_event(self.parts) {
            return Progress::Event;
        }
        match self.gate(&[]) {
            Gate::Failed | Gate::Evicted | Gate::Refusing => Progress::Event,
            Gate::Open if self.has_something_left() => Progress::Event,
            Gate::Open => Progress::NeedInput,
            Gate::Held(_) => Progress::Paused,
            Gate::Closing if self.parts.lifecycle.is_closed() => Progress::Done,
            Gate::Closing => Progress::NeedInput,
        }
    }

    /// Whether an open gate leads to an event: octets that were held back, a TLS failure, or an end.
    fn has_something_left(self) -> bool {
        self.parts.lifecycle.has_input_waiting()
            || self.parts.transport.failure().is_some()
            || self.input_end().is_some()
    }

    /// Whether input may continue. `lent`: the lend, if there is one.
    #[inline]
    pub fn gate(self, lent: &[u8]) -> Gate {
        if !self.parts.lifecycle.is_open() {
            return if self.cannot_flush() { Gate::Failed } else { Gate::Closing };
        }
        if self.parts.sides.has(flag::REFUSING) {
            return Gate::Refusing;
        }
        if self.parts.recv.is_evicted(&self.ws.held) && !self.parts.sides.must_wait() {
            return Gate::Evicted;
        }
        match self.hold(lent) {
            None => Gate::Open,
            Some(Hold::Room) if self.parts.transport.failure().is_some() => Gate::Failed,
            Some(hold) => Gate::Held(hold),
        }
    }

    /// Whether queued output can never be sent, because TLS has failed.
    fn cannot_flush(self) -> bool {
        let parts = self.parts;
        let is_waiting = parts.lifecycle.phase() == Phase::Flushing && parts.queue.queued() > 0 && !parts.has_output();
        is_waiting && parts.transport.failure().is_some()
    }

    fn hold(self, lent: &[u8]) -> Option<Hold> {
        if self.parts.lifecycle.is_paused() {
            Some(Hold::Owner)
        } else if self.needs_room(lent) {
            Some(Hold::Room)
        } else if self.parts.sides.must_wait() && self.parts.recv.has_or_had_octets(&self.ws.held) {
            Some(Hold::Answer)
        } else {
            None
        }
    }

    /// Whether a full queue holds input back: requests, and messages of a WebSocket, but not the Pings between them (WS-LIM-04). A client
    /// goes on reading unless it answers messages, and so does either end of a tunnel: there the octets that come are not what fills the
    /// queue, and two ends that both wait for the other to read would wait for ever.
    fn needs_room(self, lent: &[u8]) -> bool {
        if !self.parts.output_blocks_input() {
            return false;
        }
        match (self.parts.sides.peer_side(), self.parts.protocol.websocket()) {
            (Side::Switched, None) => false,
            (Side::Switched, Some(socket)) => {
                let incoming = socket.machine.incoming();
                incoming.message().waits_for_room() && incoming.expects_data(self.parts.recv.first(&self.ws.held, lent))
            }
            _ => self.parts.sides.role() == Role::Server && !self.parts.recv.is_empty(&self.ws.held),
        }
    }

    /// What the end of input means; `None`: there is no end yet, or it was processed.
    pub fn input_end(self) -> Option<InputEnd> {
        if !self.parts.lifecycle.has_peer_ended() {
            return None;
        }
        match self.parts.sides.peer_side() {
            Side::Switched if self.parts.is_websocket() => Some(InputEnd::WebSocket),
            Side::Switched if self.parts.lifecycle.is_peer_end_reported() => None,
            Side::Switched => Some(InputEnd::Tunnel),
            Side::Body => Some(InputEnd::Content),
            Side::Idle | Side::Await => Some(InputEnd::Head),
            _ => None,
        }
    }

    /// Whether octets are wanted from the transport, memory permitting. Requests that would wait for room are not read.
    pub fn wants_input(self) -> bool {
        !self.parts.lifecycle.has_peer_ended()
            && match self.gate(&[]) {
                Gate::Open => {
                    let accepts_requests =
                        self.parts.sides.role() == Role::Server && self.parts.sides.peer_side() != Side::Switched;
                    !(accepts_requests && self.parts.output_blocks_input())
                }
                Gate::Held(_) | Gate::Failed | Gate::Evicted | Gate::Refusing => false,
                Gate::Closing if self.parts.lifecycle.phase() == Phase::Flushing => {
                    self.parts.dropped.is_less_than_a_lend(&self.parts.config.limits)
                }
                Gate::Closing => self.parts.lifecycle.phase() == Phase::Lingering,
            }
    }

    /// Whether it is the peer's turn, so that its clock runs: no output of ours is pending, nothing is held back, no
    /// response is due.
    pub fn is_waiting_for_peer(self) -> bool {
        match self.parts.lifecycle.phase() {
            Phase::Open if self.parts.is_behind_output() || self.parts.transport.is_handshaking() => false,
            Phase::Open if self.parts.sides.has(flag::REFUSING) => false,
            Phase::Open => !self.parts.sides.must_wait() && !self.is_tunnel() && self.hold(&[]).is_none(),
            Phase::Lingering => true,
            Phase::Flushing | Phase::Closed => false,
        }
    }
}

#[cfg(test)]
use false_events::reports_false_event;
#[cfg(test)]
pub use false_events::with_false_events;

#[cfg(not(test))]
#[inline(always)]
fn reports_false_event(_: &Parts) -> bool {
    false
}

/// A test hook: paused connections report an event that does not exist, for the test of the stall detection.
#[cfg(test)]
mod false_events {
    use crate::conn::parts::Parts;
    use std::cell::Cell;

    thread_local! {
        static ENABLED: Cell<bool> = const { Cell::new(false) };
    }

    pub fn reports_false_event(parts: &Parts) -> bool {
        ENABLED.get() && parts.lifecycle.is_paused()
    }

    /// Runs `body` while paused connections report an event that `next` does not return.
    pub fn with_false_events<T>(body: impl FnOnce() -> T) -> T {
        ENABLED.set(true);
        let done = body();
        ENABLED.set(false);
        done
    }
}
