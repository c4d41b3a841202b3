//! The messages in progress.
//!
//! Owns the content framing of both directions and the queue of requests without a response. When a message ends, it
//! moves the [`Sides`] passed in. Does not read heads.

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
use crate::http1::framing::RequestMethod;

static NOT_SWITCHED: Fault =
    Fault::new(Code::NotSwitched, 0, c"H1-UPG-07", c"raw octets before the switch of protocols");

/// The incomplete messages of one connection.
#[derive(Clone, Copy, Debug)]
pub struct Exchange {
    /// The content being received.
    receiving: Receiving,
    /// The content being sent.
    sending: Sending,
    /// Client: requests without a final response.
    pending: Pending,
    /// Client: interim responses since the last final one.
    interims: u32,
}

impl Exchange {
    /// No message in progress.
    pub const NONE: Self =
        Self { receiving: Receiving::None, sending: Sending::None, pending: Pending::NONE, interims: 0 };

    /// Client: the requests without a final response.
    #[inline]
    pub fn pending(&self) -> &Pending {
        &self.pending
    }

    /// Mutable access.
    pub(super) fn pending_mut(&mut self) -> &mut Pending {
        &mut self.pending
    }

    /// Client: counts an interim response and returns their number since the last final one.
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
        sides.peer_side() == Side::Body && matches!(self.receiving, Receiving::UntilClose(_))
    }

    /// Octets of the peer's content still to come, if known.
    pub fn content_remaining(&self) -> Option<u64> {
        self.receiving.due()
    }

    /// The most octets of the peer's content that may still come.
    pub fn content_room(&self) -> u64 {
        self.receiving.room()
    }

    /// Of the peer's content, none of which was looked at, no more than `max` octets are wanted. Fails where more are announced.
    pub fn limit_content(&mut self, max: u64) -> Result<(), Error> {
        self.receiving.limit(max)
    }

    /// Whether an Upgrade offer is undecided: its request head must stay available.
    pub fn has_open_offer(&self, sides: &Sides) -> bool {
        match sides.role() {
            Role::Server => sides.has(flag::UPGRADE) && sides.our_side() == Side::Await,
            Role::Client => {
                self.pending.last().offers_upgrade() && !sides.peer_side().is_over() && !sides.is_switched()
            }
        }
    }

    /// The head of a peer's message is complete. Returns whether no content follows.
    pub(super) fn begin_receiving(&mut self, receiving: Receiving) -> bool {
        self.receiving = receiving;
        // The limit on interim responses is per response (H1-LIM-08).
        self.interims = 0;
        matches!(self.receiving, Receiving::None)
    }

    /// Reads the next octets of the peer's content. `bytes` is not empty.
    pub fn recv_content(&mut self, sides: &mut Sides, bytes: &[u8], limits: &Limits) -> Result<Step, Error> {
        let step = self.receiving.step(bytes, limits)?;
        // RFC 9110 §10.1.1: no 100 is needed once content arrives.
        sides.set(flag::EXPECT, sides.has(flag::EXPECT) && sides.role() == Role::Client);
        match step {
            Step::Data { last: true, .. } => self.end_peer_message(sides)?,
            Step::Trailers { .. } => self.receiving = Receiving::Trailers,
            _ => {}
        }
        Ok(step)
    }

    /// The peer's message is complete.
    pub fn end_peer_message(&mut self, sides: &mut Sides) -> Result<(), Error> {
        self.receiving = Receiving::None;
        let offers = sides.role() == Role::Server && sides.has(flag::UPGRADE | flag::CONNECT);
        let decided = sides.our_side() != Side::Await;
        sides.step_peer_side(if offers && !decided { Cue::EndOffering } else { Cue::End })?;
        if sides.role() == Role::Client {
            self.pending.pop();
        }
        self.start_next_cycle(sides);
        Ok(())
    }

    /// The head of our message was written as planned.
    pub(super) fn begin_sending(&mut self, sides: &mut Sides, plan: &Plan) -> Result<(), Error> {
        self.sending = plan.sending;
        sides.set(flag::UNTIL_CLOSE, plan.sending == Sending::UntilClose);
        if plan.complete { self.end_our_message(sides) } else { Ok(()) }
    }

    /// Whether `len` octets of content may be sent now, and how. Changes nothing.
    pub fn plan_content(&self, sides: &Sides, len: u64) -> Result<Wrapping, Error> {
        if self.sending == Sending::None && self.is_before_switch(sides) {
            return Err(NOT_SWITCHED.at(0));
        }
        self.sending.plan(len)
    }

    /// Whether raw octets must wait: an offered switch is undecided.
    fn is_before_switch(&self, sides: &Sides) -> bool {
        let request = self.pending.first();
        let is_requested = request.offers_upgrade() || request.method() == RequestMethod::Connect;
        sides.role() == Role::Client && is_requested && sides.our_side() == Side::Done
    }

    /// `len` octets of planned content were queued.
    pub fn sent_content(&mut self, len: u64) {
        self.sending.sent(len);
    }

    /// Whether our message may end now, with or without `trailers`, and whether a last chunk is needed. Changes
    /// nothing.
    pub fn plan_finish(&self, sides: &Sides, trailers: bool) -> Result<bool, Error> {
        if sides.our_side() == Side::Body { self.sending.plan_finish(trailers) } else { Err(NOT_NOW) }
    }

    /// Our message is complete.
    pub fn end_our_message(&mut self, sides: &mut Sides) -> Result<(), Error> {
        self.sending = Sending::None;
        sides.step_our_side(Cue::End)?;
        self.start_next_cycle(sides);
        Ok(())
    }

    /// We send no more content.
    pub fn stop_sending(&mut self) {
        self.sending = Sending::None;
    }

    /// Starts the next exchange if both sides are done, or closes after the last one.
    #[inline]
    fn start_next_cycle(&mut self, sides: &mut Sides) {
        if sides.role() == Role::Client {
            sides.end_response(!self.pending.is_empty());
        } else if sides.our_side() == Side::Done && matches!(sides.peer_side(), Side::Done | Side::Closed) {
            sides.advance();
        }
    }
}
