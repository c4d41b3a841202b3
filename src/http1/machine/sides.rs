//! The two sides of a connection and the flags of the current exchange.
//!
//! Owns both [`Side`]s and the `flag::*` bits. Every transition goes through the table of [`state`](super::state).
//! Knows nothing of framing, content or octets.

use super::NOT_NOW;
use super::facts::{Role, flag};
use super::state::{Cue, Side};
use crate::error::Error;

/// The states of both sides of one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    role: Role,
    our_side: Side,
    peer_side: Side,
    /// `flag::*` bits.
    flags: u16,
}

/// Follows the table at compile time.
const fn walk(mut side: Side, cues: &[Cue]) -> Side {
    let mut i = 0;
    while i < cues.len() {
        side = match side.after(cues[i]) {
            Some(after) => after,
            None => panic!("the table has no such step"),
        };
        i += 1;
    }
    side
}

/// A server's sides after its first request, without content: ours, the peer's.
const REQUESTED: (Side, Side) = (walk(Side::Idle, &[Cue::ResponseDue]), walk(Side::Idle, &[Cue::Request, Cue::End]));

/// The same after the whole response.
const ANSWERED: (Side, Side) =
    (walk(REQUESTED.0, &[Cue::Response, Cue::End, Cue::NextCycle]), walk(REQUESTED.1, &[Cue::NextCycle]));

impl Sides {
    /// The state of a fresh connection.
    pub const fn new(role: Role) -> Self {
        Self { role, our_side: Side::Idle, peer_side: Side::Idle, flags: 0 }
    }

    /// Our role.
    #[inline]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The state of our side.
    #[inline]
    pub fn our_side(&self) -> Side {
        self.our_side
    }

    /// The state of the peer's side.
    #[inline]
    pub fn peer_side(&self) -> Side {
        self.peer_side
    }

    /// Whether any of these `flag::*` bits is set.
    #[inline]
    pub fn has(&self, bits: u16) -> bool {
        self.flags & bits != 0
    }

    /// Whether no other `flag::*` bits are set than these.
    #[inline(always)]
    pub(super) fn has_only(&self, bits: u16) -> bool {
        self.flags & !bits == 0
    }

    #[inline]
    pub(super) fn set(&mut self, bit: u16, on: bool) {
        self.flags = if on { self.flags | bit } else { self.flags & !bit };
    }

    /// Sets the flags of a received request head.
    pub(super) fn set_request_facts(&mut self, bits: u16) {
        let lasting = self.flags & ((flag::STICKY | flag::DROPPING) & !flag::REFUSED);
        self.flags = lasting | bits;
    }

    /// Whether the peer's next message must wait for ours: request n+1 is delivered only after n has its whole
    /// response.
    #[inline]
    pub fn must_wait(&self) -> bool {
        match self.role {
            Role::Server => {
                matches!(self.peer_side, Side::Done | Side::MightSwitch)
                    && matches!(self.our_side, Side::Await | Side::Body)
            }
            Role::Client => false,
        }
    }

    /// Whether both sides are between messages.
    #[inline]
    pub fn is_idle(&self) -> bool {
        self.our_side == Side::Idle && self.peer_side == Side::Idle
    }

    /// Server: whether both sides are between messages.
    #[inline(always)]
    pub fn is_fresh_server(&self) -> bool {
        self.role as u8 | self.our_side as u8 | self.peer_side as u8 == 0
    }

    /// Server: whether the request waits for `100 Continue`.
    #[inline]
    pub fn is_continue_due(&self) -> bool {
        self.role == Role::Server
            && self.has(flag::EXPECT)
            && self.our_side == Side::Await
            && self.peer_side == Side::Body
    }

    /// Whether both sides switched to another protocol.
    pub fn is_switched(&self) -> bool {
        self.our_side == Side::Switched || self.peer_side == Side::Switched
    }

    /// Whether, after a switch, nothing follows what is queued.
    pub fn is_tunnel_ended(&self) -> bool {
        self.peer_side == Side::Switched && self.our_side == Side::Closed
    }

    /// Whether no exchange follows what is queued.
    pub fn is_finished(&self) -> bool {
        let (last, other) = match self.role {
            Role::Server => (self.our_side, self.peer_side),
            Role::Client => (self.peer_side, self.our_side),
        };
        last.is_over() || (last == Side::Idle && other.is_over())
    }

    /// Whether a FIN now would end an incomplete message of ours, or our incomplete side of a tunnel.
    pub fn is_cut_by_fin(&self) -> bool {
        self.our_side == Side::Switched || (self.our_side == Side::Body && self.has(flag::UNTIL_CLOSE))
    }

    /// Whether the end of our transport delimits what we sent: a message without other framing, or our side of a
    /// tunnel.
    pub fn ends_with_transport(&self) -> bool {
        self.our_side == Side::Switched || self.has(flag::UNTIL_CLOSE)
    }

    /// Moves our side; fails if the cue is not allowed.
    #[inline]
    pub(super) fn step_our_side(&mut self, cue: Cue) -> Result<(), Error> {
        self.our_side = self.our_side.after(cue).ok_or(NOT_NOW)?;
        Ok(())
    }

    /// Moves the peer's side; fails if the cue is not allowed.
    #[inline]
    pub(super) fn step_peer_side(&mut self, cue: Cue) -> Result<(), Error> {
        self.peer_side = self.peer_side.after(cue).ok_or(NOT_NOW)?;
        Ok(())
    }

    /// Both sides are done: starts the next exchange, or closes.
    pub(super) fn advance(&mut self) {
        let is_last = self.has(flag::LAST) || self.peer_side == Side::Closed;
        let cue = if is_last { Cue::Last } else { Cue::NextCycle };
        let moved = self.step_our_side(cue).and(self.step_peer_side(cue));
        debug_assert_eq!(moved, Ok(()), "both sides are done");
        self.flags &= flag::STICKY;
    }

    /// Client: a response is complete. `awaits_more`: another one is expected.
    #[cold]
    pub(super) fn end_response(&mut self, awaits_more: bool) {
        if self.peer_side != Side::Done {
            return;
        }
        let moved = if self.has(flag::LAST) {
            let is_done = self.our_side == Side::Done;
            self.step_peer_side(Cue::Last).and(if is_done { self.step_our_side(Cue::Last) } else { Ok(()) })
        } else if awaits_more {
            self.step_peer_side(Cue::NextCycle).and(self.step_peer_side(Cue::ResponseDue))
        } else {
            if self.our_side == Side::Done {
                self.advance();
            }
            Ok(())
        };
        debug_assert_eq!(moved, Ok(()), "the response is complete");
    }

    /// Server, fresh: receives a request without content by the fast way; `bits` are its flags.
    #[inline(always)]
    pub(super) fn begin_exchange_fast(&mut self, bits: u16) {
        debug_assert!(self.is_fresh_server());
        ((self.our_side, self.peer_side), self.flags) = (REQUESTED, bits);
    }

    /// Whether the current request allows the fast way of responding: complete, HTTP/1.1, persistent, not HEAD or
    /// CONNECT, no offer. A whole final response then has the plan [`Plan::fast`](super::Plan::fast).
    #[inline(always)]
    pub fn may_respond_fast(&self) -> bool {
        self.role == Role::Server && (self.our_side, self.peer_side) == REQUESTED && self.has_only(flag::PEER_1_1)
    }

    /// A response planned by [`Plan::fast`](super::Plan::fast) was sent whole: the next exchange begins.
    #[inline]
    pub fn finish_response_fast(&mut self) {
        debug_assert!(self.may_respond_fast());
        (self.our_side, self.peer_side) = ANSWERED;
    }

    /// No message may follow the current ones on either side.
    pub fn make_last(&mut self) {
        self.set(flag::LAST, true);
    }

    /// The peer violated the protocol, or we abandon the connection.
    pub fn fail(&mut self) {
        let moved = self.step_peer_side(Cue::Fail);
        debug_assert_eq!(moved, Ok(()), "any side can fail");
    }

    /// We send nothing more, whether our message is complete or not.
    pub fn stop_our_side(&mut self) {
        self.note_tunnel();
        let moved = self.step_our_side(Cue::Stop);
        debug_assert_eq!(moved, Ok(()), "any side can stop");
    }

    /// What we sent is cut off, which a FIN would not tell the peer.
    pub fn cut_off(&mut self) {
        self.set(flag::CUT_OFF, true);
    }

    /// Reads and drops the remainder of the request.
    pub fn start_dropping(&mut self) {
        self.set(flag::DROPPING, true);
    }

    /// Server: an error is to be answered, and nothing else is to be done before; or it is answered.
    pub fn set_refusing(&mut self, refusing: bool) {
        self.set(flag::REFUSING, refusing);
    }

    /// Whether the request in progress awaits the application's response. One that is gathered and was not shown yet does not.
    pub fn awaits_response(&self) -> bool {
        self.role == Role::Server && self.our_side == Side::Await && !flag::is_withheld(self.flags)
    }

    /// The content of the request is gathered from now on; `announced`: its head was shown.
    pub fn start_gathering(&mut self, announced: bool) {
        self.set(flag::GATHERED | (u16::from(announced) * flag::ANNOUNCED), true);
    }

    /// The request is complete, or will not be delivered. Returns whether its head was shown before.
    pub fn end_gathering(&mut self) -> bool {
        let announced = self.has(flag::ANNOUNCED);
        self.set(flag::GATHERED | flag::ANNOUNCED, false);
        announced
    }

    /// Server: a WebSocket handshake is refused; frames sent without waiting may follow.
    pub fn refuse_switch(&mut self) {
        self.set(flag::REFUSED, true);
    }

    /// Client: the wait for `100 Continue` is over.
    pub fn stop_expecting(&mut self) {
        self.set(flag::EXPECT, false);
    }

    /// After a switch, our side ends; the peer's may continue.
    pub fn finish_raw(&mut self) -> Result<(), Error> {
        self.note_tunnel();
        self.step_our_side(Cue::Close)
    }

    /// Our side of a tunnel ends with the transport, whatever happens later.
    fn note_tunnel(&mut self) {
        if self.our_side == Side::Switched {
            self.set(flag::UNTIL_CLOSE, true);
        }
    }
}

#[cfg(test)]
mod tests;
