//! What is known of the messages under way.
//!
//! Owns the framing of the content on both sides and the requests that wait for their responses. Where a step ends a message it moves
//! the [`Sides`] it is handed. Never looks at a head.

use super::NOT_NOW;
use super::facts::{Role, flag};
use super::pending::Pending;
use super::plan::Plan;
use super::receiving::{Receiving, Step};
use super::sending::{Sending, Wrapping};
use super::sides::Sides;
use super::state::{Cue, Side};
use crate::error::{Code, Error, Fault};
use crate::guard::Limits;
use crate::http1::framing::AnsweredMethod;

static NOT_SWITCHED: Fault =
    Fault::new(Code::NotSwitched, 0, c"H1-UPG-07", c"raw octets before the switch of protocols");

/// The messages of one connection that are not complete.
#[derive(Clone, Copy, Debug)]
pub struct Exchange {
    /// The content the peer is sending.
    receiving: Receiving,
    /// The content we are sending.
    sending: Sending,
    /// Client: what was asked and not yet answered.
    pending: Pending,
    /// Client: interim responses since the last final one.
    interims: u32,
}

impl Exchange {
    /// No message is under way.
    pub const NONE: Self =
        Self { receiving: Receiving::None, sending: Sending::None, pending: Pending::NONE, interims: 0 };

    /// Client: the requests without a response.
    #[inline]
    pub fn pending(&self) -> &Pending {
        &self.pending
    }

    /// The same, to be changed.
    pub(super) fn pending_mut(&mut self) -> &mut Pending {
        &mut self.pending
    }

    /// Client: counts an interim response; how many there are since the last final one.
    pub(super) fn count_interim(&mut self) -> u32 {
        self.interims += 1;
        self.interims
    }

    /// Whether the trailer section is next.
    pub fn is_in_trailers(&self) -> bool {
        matches!(self.receiving, Receiving::Trailers)
    }

    /// Whether the peer's content ends with its transport.
    pub fn is_until_close(&self, sides: &Sides) -> bool {
        sides.theirs() == Side::Body && matches!(self.receiving, Receiving::UntilClose(_))
    }

    /// Octets of the peer's content that are still due, where that is known.
    pub fn content_due(&self) -> Option<u64> {
        self.receiving.due()
    }

    /// Whether an Upgrade was offered and is not decided: the offer must be kept.
    pub fn has_open_offer(&self, sides: &Sides) -> bool {
        match sides.role() {
            Role::Server => sides.has(flag::UPGRADE) && sides.ours() == Side::Await,
            Role::Client => self.pending.last().offers_upgrade() && !sides.theirs().is_over() && !sides.is_switched(),
        }
    }

    /// The head of a message of the peer's is over. Whether no content follows.
    pub(super) fn begin_receiving(&mut self, receiving: Receiving) -> bool {
        self.receiving = receiving;
        // The next response of a pipeline has interim ones of its own (H1-LIM-08).
        self.interims = 0;
        matches!(self.receiving, Receiving::None)
    }

    /// Looks at the next octets of the peer's content. `bytes` is not empty.
    pub fn recv_content(&mut self, sides: &mut Sides, bytes: &[u8], limits: &Limits) -> Result<Step, Error> {
        let step = self.receiving.step(bytes, limits)?;
        // RFC 9110 §10.1.1: content that has begun to arrive needs no 100.
        sides.set(flag::EXPECT, sides.has(flag::EXPECT) && sides.role() == Role::Client);
        match step {
            Step::Data { last: true, .. } => self.end_theirs(sides)?,
            Step::Trailers { .. } => self.receiving = Receiving::Trailers,
            _ => {}
        }
        Ok(step)
    }

    /// The peer's message is complete.
    pub fn end_theirs(&mut self, sides: &mut Sides) -> Result<(), Error> {
        self.receiving = Receiving::None;
        let offers = sides.role() == Role::Server && sides.has(flag::UPGRADE | flag::CONNECT);
        let decided = sides.ours() != Side::Await;
        sides.step_theirs(if offers && !decided { Cue::EndOffering } else { Cue::End })?;
        if sides.role() == Role::Client {
            self.pending.pop();
        }
        self.start_next_cycle(sides);
        Ok(())
    }

    /// The head of a message of ours is written, as planned.
    pub(super) fn begin_sending(&mut self, sides: &mut Sides, plan: &Plan) -> Result<(), Error> {
        self.sending = plan.sending;
        sides.set(flag::UNTIL_CLOSE, plan.sending == Sending::UntilClose);
        if plan.complete { self.end_ours(sides) } else { Ok(()) }
    }

    /// Whether `len` octets of content may be sent now, and how. Nothing changes.
    pub fn plan_content(&self, sides: &Sides, len: u64) -> Result<Wrapping, Error> {
        if self.sending == Sending::None && self.is_before_switch(sides) {
            return Err(NOT_SWITCHED.at(0));
        }
        self.sending.plan(len)
    }

    /// Whether raw octets are for later: a switch was asked for and is not decided.
    fn is_before_switch(&self, sides: &Sides) -> bool {
        let request = self.pending.first();
        let is_asked = request.offers_upgrade() || request.method() == AnsweredMethod::Connect;
        sides.role() == Role::Client && is_asked && sides.ours() == Side::Done
    }

    /// `len` planned octets of content were queued.
    pub fn sent_content(&mut self, len: u64) {
        self.sending.sent(len);
    }

    /// Whether our message may end now, with `trailers` or without, and whether a last chunk is due. Nothing changes.
    pub fn plan_finish(&self, sides: &Sides, trailers: bool) -> Result<bool, Error> {
        if sides.ours() == Side::Body { self.sending.plan_finish(trailers) } else { Err(NOT_NOW) }
    }

    /// Our message is complete.
    pub fn end_ours(&mut self, sides: &mut Sides) -> Result<(), Error> {
        self.sending = Sending::None;
        sides.step_ours(Cue::End)?;
        self.start_next_cycle(sides);
        Ok(())
    }

    /// No more content of ours will be sent.
    pub fn stop_sending(&mut self) {
        self.sending = Sending::None;
    }

    /// Starts the next exchange when this one is complete on both sides, or closes when it was the last.
    #[inline]
    fn start_next_cycle(&mut self, sides: &mut Sides) {
        if sides.role() == Role::Client {
            sides.end_response(!self.pending.is_empty());
        } else if sides.ours() == Side::Done && matches!(sides.theirs(), Side::Done | Side::Closed) {
            sides.advance();
        }
    }
}
