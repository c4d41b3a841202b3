//! What the owner should do now, and when.
//!
//! Reads every part of a connection and changes none. The fast and the full ways are both here; `docs/pairs.md` lists
//! them.

use super::bits;
use super::lifecycle::Phase;
use super::parts::Parts;
use super::progress::{Outlook, Progress};
use super::timers::{Millis32, Running};
use super::workspace::Workspace;
use crate::http1::machine::flag;

/// Queries of one connection: what its owner should do.
#[derive(Clone, Copy)]
pub struct State<'a> {
    parts: &'a Parts,
    ws: &'a Workspace,
}

impl<'a> State<'a> {
    #[inline(always)]
    pub fn of(parts: &'a Parts, ws: &'a Workspace) -> Self {
        Self { parts, ws }
    }

    /// What to do with the transport now: `bits::*`.
    #[inline]
    pub fn state(self) -> u32 {
        if !self.is_quiet() {
            return self.state_in_full();
        }
        let state = bits::WANT_READ | if self.parts.sides.is_idle() { bits::IDLE } else { 0 };
        debug_assert_eq!(self.state_in_full(), state);
        state
    }

    /// Whether nothing is on but the wait for the peer's next message or frame.
    #[inline(always)]
    pub fn is_peers_turn(self) -> bool {
        let is_peers = self.is_quiet();
        debug_assert!(!is_peers || self.running().peer);
        is_peers
    }

    /// Whether the connection is at rest, and nothing is queued or evicted: as nearly every turn leaves a connection.
    #[inline(always)]
    fn is_quiet(self) -> bool {
        let parts = self.parts;
        parts.is_at_rest() && parts.queue.queued() == 0 && !parts.recv.is_evicted(&self.ws.held)
    }

    #[inline(never)]
    pub fn state_in_full(self) -> u32 {
        let has_events = Outlook::of(self.parts, self.ws).progress() == Progress::Event;
        if self.parts.lifecycle.is_closed() {
            let reset = if self.parts.sides.has(flag::CUT_OFF) { bits::RESET } else { 0 };
            return bits::CLOSE | reset | if has_events { bits::EVENTS } else { 0 };
        }
        let mut state = self.parts.transport.bits();
        let mut set = |bit, on| state |= if on { bit } else { 0 };
        set(bits::WANT_READ, Outlook::of(self.parts, self.ws).wants_input());
        set(bits::WANT_WRITE, self.parts.has_output());
        set(bits::EVENTS, has_events);
        set(bits::SHUTDOWN_WRITE, self.has_sent_all());
        set(bits::IDLE, self.parts.lifecycle.is_open() && self.parts.sides.is_idle());
        set(bits::CAN_RESPOND, self.parts.sides.awaits_response() || self.parts.is_refusing());
        state
    }

    /// Whether our side of the transport must be closed: all output was sent, which after a switch may precede the
    /// peer's end.
    fn has_sent_all(self) -> bool {
        let is_over = self.parts.lifecycle.phase() == Phase::Lingering
            || self.parts.sides.is_tunnel_ended() && self.parts.queue.queued() == 0;
        is_over && self.parts.protocol.closed_by_both().is_none() && self.parts.transport.half_closes()
    }

    /// Which clocks run now.
    pub fn running(self) -> Running {
        let handshake: Option<Millis32> =
            self.parts.transport.handshake_since().filter(|_| self.parts.lifecycle.is_open());
        Running {
            peer: Outlook::of(self.parts, self.ws).is_waiting_for_peer(),
            answer: self.parts.lifecycle.is_open()
                && self.parts.sides.must_wait()
                && self.parts.sides.awaits_response(),
            peer_ended: self.parts.lifecycle.is_peer_end_reported(),
            handshake,
            any: !self.parts.lifecycle.is_closed(),
        }
    }
}
