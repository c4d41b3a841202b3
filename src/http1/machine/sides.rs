//! The two sides of a connection and the facts of the exchange under way.
//!
//! Owns both [`Side`]s and the `flag::*` bits. Every move of a side goes through the table of [`state`](super::state). Knows no
//! framing, content or octets.

use super::NOT_NOW;
use super::facts::{Role, flag};
use super::state::{Cue, Side};
use crate::error::Error;

/// Where both sides of one connection stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    role: Role,
    ours: Side,
    theirs: Side,
    /// `flag::*` bits.
    flags: u16,
}

/// The table, followed from side to side at compile time.
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

/// A fresh server's sides after a request without content: ours, and the peer's.
const REQUESTED: (Side, Side) = (walk(Side::Idle, &[Cue::Asked]), walk(Side::Idle, &[Cue::Request, Cue::End]));

/// The same after its whole response.
const ANSWERED: (Side, Side) =
    (walk(REQUESTED.0, &[Cue::Response, Cue::End, Cue::NextCycle]), walk(REQUESTED.1, &[Cue::NextCycle]));

impl Sides {
    /// Of a fresh connection.
    pub const fn new(role: Role) -> Self {
        Self { role, ours: Side::Idle, theirs: Side::Idle, flags: 0 }
    }

    /// Which side we are.
    #[inline]
    pub fn role(&self) -> Role {
        self.role
    }

    /// Where our side stands.
    #[inline]
    pub fn ours(&self) -> Side {
        self.ours
    }

    /// Where the peer's side stands.
    #[inline]
    pub fn theirs(&self) -> Side {
        self.theirs
    }

    /// Whether one of these `flag::*` bits is set.
    #[inline]
    pub fn has(&self, bits: u16) -> bool {
        self.flags & bits != 0
    }

    /// Whether no `flag::*` bit is set but, perhaps, one of these.
    #[inline(always)]
    pub(super) fn has_none_but(&self, bits: u16) -> bool {
        self.flags & !bits == 0
    }

    #[inline]
    pub(super) fn set(&mut self, bit: u16, on: bool) {
        self.flags = if on { self.flags | bit } else { self.flags & !bit };
    }

    /// A request head was received, with these facts.
    pub(super) fn set_request_facts(&mut self, bits: u16) {
        let lasting = self.flags & ((flag::STICKY | flag::DROPPING) & !flag::REFUSED);
        self.flags = lasting | bits;
    }

    /// Whether the peer's next message must wait for ours: request n+1 is delivered only after n is answered in full.
    #[inline]
    pub fn is_held(&self) -> bool {
        match self.role {
            Role::Server => {
                matches!(self.theirs, Side::Done | Side::MightSwitch) && matches!(self.ours, Side::Await | Side::Body)
            }
            Role::Client => false,
        }
    }

    /// Whether both sides stand between messages.
    #[inline]
    pub fn is_idle(&self) -> bool {
        self.ours == Side::Idle && self.theirs == Side::Idle
    }

    /// Server: whether both sides stand between messages.
    #[inline(always)]
    pub fn is_fresh_server(&self) -> bool {
        self.role as u8 | self.ours as u8 | self.theirs as u8 == 0
    }

    /// Server: whether the request still waits for `100 Continue`.
    #[inline]
    pub fn owes_continue(&self) -> bool {
        self.role == Role::Server && self.has(flag::EXPECT) && self.ours == Side::Await && self.theirs == Side::Body
    }

    /// Whether both sides speak another protocol now.
    pub fn is_switched(&self) -> bool {
        self.ours == Side::Switched || self.theirs == Side::Switched
    }

    /// Whether nothing more is sent after a switch but what is queued.
    pub fn has_ended_tunnel(&self) -> bool {
        self.theirs == Side::Switched && self.ours == Side::Closed
    }

    /// Whether nothing more can be exchanged after what is queued.
    pub fn is_finished(&self) -> bool {
        let (last, other) = match self.role {
            Role::Server => (self.ours, self.theirs),
            Role::Client => (self.theirs, self.ours),
        };
        last.is_over() || (last == Side::Idle && other.is_over())
    }

    /// Whether a FIN now would end a message of ours, or our side of a tunnel, that is not complete.
    pub fn is_before_transport_end(&self) -> bool {
        self.ours == Side::Switched || (self.ours == Side::Body && self.has(flag::UNTIL_CLOSE))
    }

    /// Whether the end of our transport ends what we have sent: a message that nothing else delimits, or our side of a tunnel.
    pub fn ends_with_transport(&self) -> bool {
        self.ours == Side::Switched || self.has(flag::UNTIL_CLOSE)
    }

    /// Moves our side, or answers that the cue is not allowed.
    #[inline]
    pub(super) fn step_ours(&mut self, cue: Cue) -> Result<(), Error> {
        self.ours = self.ours.after(cue).ok_or(NOT_NOW)?;
        Ok(())
    }

    /// Moves the peer's side, or answers that the cue is not allowed.
    #[inline]
    pub(super) fn step_theirs(&mut self, cue: Cue) -> Result<(), Error> {
        self.theirs = self.theirs.after(cue).ok_or(NOT_NOW)?;
        Ok(())
    }

    /// Both sides are done: the next exchange begins, or there is none.
    pub(super) fn advance(&mut self) {
        let is_last = self.has(flag::LAST) || self.theirs == Side::Closed;
        let cue = if is_last { Cue::Last } else { Cue::NextCycle };
        let moved = self.step_ours(cue).and(self.step_theirs(cue));
        debug_assert_eq!(moved, Ok(()), "both sides are done");
        self.flags &= flag::STICKY;
    }

    /// Client: a response is complete. `awaits_more`: another one is due.
    #[cold]
    pub(super) fn end_response(&mut self, awaits_more: bool) {
        if self.theirs != Side::Done {
            return;
        }
        let moved = if self.has(flag::LAST) {
            let is_done = self.ours == Side::Done;
            self.step_theirs(Cue::Last).and(if is_done { self.step_ours(Cue::Last) } else { Ok(()) })
        } else if awaits_more {
            self.step_theirs(Cue::NextCycle).and(self.step_theirs(Cue::Asked))
        } else {
            if self.ours == Side::Done {
                self.advance();
            }
            Ok(())
        };
        debug_assert_eq!(moved, Ok(()), "the response is complete");
    }

    /// Server, fresh: a request without content came; these are its facts.
    #[inline(always)]
    pub(super) fn begin_plain_exchange(&mut self, bits: u16) {
        debug_assert!(self.is_fresh_server());
        ((self.ours, self.theirs), self.flags) = (REQUESTED, bits);
    }

    /// Whether the request being answered leaves nothing to decide: complete, HTTP/1.1, to go on, no HEAD, CONNECT or offer.
    /// A final response with content that is whole then gets [`Plan::plain`](super::Plan::plain).
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        self.role == Role::Server && (self.ours, self.theirs) == REQUESTED && self.has_none_but(flag::PEER_1_1)
    }

    /// A response planned as [`Plan::plain`](super::Plan::plain) is sent whole: the next exchange.
    #[inline]
    pub fn answered_plainly(&mut self) {
        debug_assert!(self.is_plain());
        (self.ours, self.theirs) = ANSWERED;
    }

    /// No message may follow the present ones on either side.
    pub fn make_last(&mut self) {
        self.set(flag::LAST, true);
    }

    /// The peer broke the protocol, or we give the connection up.
    pub fn fail(&mut self) {
        let moved = self.step_theirs(Cue::Fail);
        debug_assert_eq!(moved, Ok(()), "any side can fail");
    }

    /// Nothing more will be sent, whether our message is complete or not.
    pub fn stop_ours(&mut self) {
        self.note_tunnel();
        let moved = self.step_ours(Cue::Stop);
        debug_assert_eq!(moved, Ok(()), "any side can stop");
    }

    /// What we have sent is cut off, and the peer cannot tell by a FIN.
    pub fn cut_off(&mut self) {
        self.set(flag::CUT_OFF, true);
    }

    /// The rest of the request is read and dropped.
    pub fn start_dropping(&mut self) {
        self.set(flag::DROPPING, true);
    }

    /// Server: a handshake is refused; frames that its client sent without waiting may follow.
    pub fn refuse_switch(&mut self) {
        self.set(flag::REFUSED, true);
    }

    /// Client: the wait for `100 Continue` is over.
    pub fn stop_expecting(&mut self) {
        self.set(flag::EXPECT, false);
    }

    /// After a switch our side ends; the peer's may go on.
    pub fn finish_raw(&mut self) -> Result<(), Error> {
        self.note_tunnel();
        self.step_ours(Cue::Close)
    }

    /// What we have sent in a tunnel ends with the transport, wherever our side and the peer's stand later.
    fn note_tunnel(&mut self) {
        if self.ours == Side::Switched {
            self.set(flag::UNTIL_CLOSE, true);
        }
    }
}
