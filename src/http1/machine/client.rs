//! The client role: sends requests, receives responses.

use super::NOT_NOW;
use super::exchange::Exchange;
use super::facts::{HeadOutcome, Role, flag, head};
use super::pending::{Pending, RequestFacts};
use super::plan::{Persistence, Plan};
use super::receiving::Receiving;
use super::sides::Sides;
use super::state::{Cue, Side};
use crate::error::{Code, Error, Fault};
use crate::guard::Limits;
use crate::http1::framing::{self, BodyLength};
use crate::http1::head::{ResponseHead, Summary, method};
use crate::http1::write::Content;

static CLOSING: Fault = Fault::new(Code::Closing, 0, c"H1-CONN-03", c"the connection accepts no further request");
static TOO_MANY: Fault = Fault::new(Code::TooLarge, 0, c"H1-LIM-08", c"too many interim responses");
static OVER_BODY: Fault = Fault::new(Code::TooLarge, 0, c"H1-LIM-06", c"the declared content is longer than allowed");
static BAD_SWITCH: Fault = Fault::new(Code::Upgrade, 0, c"H1-UPG-04", c"a switch of protocols that was not requested");

const LENGTH_FAULTS: u32 = Summary::LENGTH_DIFFERS | Summary::LENGTH_INVALID;

/// A client's state, borrowed for one call.
pub struct Client<'a> {
    sides: &'a mut Sides,
    exchange: &'a mut Exchange,
}

impl<'a> Client<'a> {
    /// Borrows the state of a connection.
    #[inline(always)]
    pub fn new(sides: &'a mut Sides, exchange: &'a mut Exchange) -> Self {
        Self { sides, exchange }
    }

    /// Plans a request: its framing, and whether it may be sent now. Changes nothing.
    pub fn plan_request(
        &self,
        method_id: u8,
        content: Content,
        close: bool,
        expect: bool,
        depth: u8,
    ) -> Result<Plan, Error> {
        self.may_request(depth)?;
        Plan::of_request(self.sides, method_id, content, close, expect)
    }

    /// Whether this connection accepts requests at all, and still does (H1-CONN-03).
    pub fn accepts_requests(sides: &Sides) -> Result<(), Error> {
        if sides.role() != Role::Client {
            return Err(NOT_NOW);
        }
        let is_closing =
            sides.has(flag::LAST | flag::CLOSE_REQUESTED) || sides.our_side().is_over() || sides.peer_side().is_over();
        if is_closing { Err(CLOSING.at(0)) } else { Ok(()) }
    }

    /// Whether a request may be sent now, after at most `depth` - 1 others (H1-CONN-03, -13).
    fn may_request(&self, depth: u8) -> Result<(), Error> {
        let sides = &*self.sides;
        Self::accepts_requests(sides)?;
        let pending = self.exchange.pending();
        let takes_turn = matches!(sides.our_side(), Side::Idle | Side::Done) && pending.len() < depth.min(Pending::MAX);
        if takes_turn && pending.may_be_followed() { Ok(()) } else { Err(NOT_NOW) }
    }

    /// Starts the planned request.
    pub fn begin_request(&mut self, method_id: u8, upgrades: bool, expect: bool, plan: &Plan) -> Result<(), Error> {
        let idempotent = !matches!(method_id, method::POST | method::PATCH | method::OTHER | method::CONNECT);
        let facts = RequestFacts::new(method_id == method::HEAD, method_id == method::CONNECT, upgrades, idempotent);
        self.sides.step_our_side(Cue::Request)?;
        self.exchange.pending_mut().push(facts);
        if plan.option == Persistence::Close {
            self.sides.set(flag::CLOSE_REQUESTED, true);
        }
        self.sides.set(flag::EXPECT, expect);
        if self.sides.peer_side() == Side::Idle {
            self.sides.step_peer_side(Cue::ResponseDue)?;
        }
        self.exchange.begin_sending(self.sides, plan)
    }

    /// Receives a response head.
    pub fn recv_response(&mut self, parsed: &ResponseHead, limits: &Limits) -> Result<HeadOutcome, Error> {
        let asked = self.exchange.pending().first();
        self.sides.set(flag::PEER_1_1, parsed.version_minor > 0);
        self.sides.set(flag::PEER_1_0, parsed.version_minor == 0);
        match parsed.status {
            101 => self.recv_switch(parsed, asked.offers_upgrade()),
            100..=199 => self.recv_interim(parsed, limits),
            _ => self.recv_final(parsed, asked, limits),
        }
    }

    fn recv_final(
        &mut self,
        parsed: &ResponseHead,
        asked: RequestFacts,
        limits: &Limits,
    ) -> Result<HeadOutcome, Error> {
        let mut outcome = HeadOutcome::default();
        // The expectation belongs to the latest request: no request follows one with incomplete content.
        self.sides.set(flag::EXPECT, self.sides.has(flag::EXPECT) && self.exchange.pending().len() > 1);
        let length = framing::response_framing(&parsed.summary, parsed.version_minor, parsed.status, asked.method())?;
        match length {
            BodyLength::Tunnel => return self.recv_tunnel(outcome),
            BodyLength::Length(n) if n > limits.body_max => return Err(OVER_BODY.at(0)),
            _ => {}
        }
        self.note_response(parsed, length, &mut outcome);
        self.sides.step_peer_side(Cue::Response)?;
        outcome.last = self.exchange.begin_receiving(Receiving::start(length, limits.body_max));
        self.stop_unwanted_content();
        if outcome.last {
            self.exchange.end_peer_message(self.sides)?;
        }
        Ok(outcome)
    }

    /// RFC 9112 §9.5: the server reads no more content and accepts no further request.
    fn stop_unwanted_content(&mut self) {
        if self.sides.has(flag::LAST) && self.sides.our_side() == Side::Body {
            self.sides.stop_our_side();
            self.exchange.stop_sending();
        }
    }

    fn note_response(&mut self, parsed: &ResponseHead, length: BodyLength, outcome: &mut HeadOutcome) {
        let persists = framing::persistence(&parsed.summary, parsed.version_minor)
            && length != BodyLength::UntilClose
            // No request follows the one that asked for it, so it is the last.
            && !(self.sides.has(flag::CLOSE_REQUESTED) && self.exchange.pending().len() == 1);
        if !persists {
            self.sides.make_last();
        }
        // RFC 9110 §8.6: for HEAD and 304 the length is that of the omitted content.
        let declares = parsed.summary.flags & (Summary::LENGTH | Summary::TE | LENGTH_FAULTS) == Summary::LENGTH;
        outcome.content_length = declares.then_some(parsed.summary.content_length);
        outcome.flag(head::CLOSE, !persists);
        outcome.flag(head::CHUNKED, length == BodyLength::Chunked);
    }

    fn recv_interim(&mut self, parsed: &ResponseHead, limits: &Limits) -> Result<HeadOutcome, Error> {
        let mut outcome = HeadOutcome::default();
        if self.exchange.count_interim() > limits.interim_max {
            return Err(TOO_MANY.at(0));
        }
        self.sides.step_peer_side(Cue::Interim)?;
        outcome.interim = true;
        outcome.resume_content =
            parsed.status == 100 && self.sides.has(flag::EXPECT) && self.exchange.pending().len() == 1;
        if outcome.resume_content {
            self.sides.set(flag::EXPECT, false);
        }
        Ok(outcome)
    }

    fn recv_switch(&mut self, parsed: &ResponseHead, offered: bool) -> Result<HeadOutcome, Error> {
        let mut outcome = HeadOutcome::default();
        const NEEDED: u32 = Summary::UPGRADE | Summary::CONNECTION_UPGRADE;
        let is_named = parsed.summary.flags & NEEDED == NEEDED;
        if !offered || !is_named || parsed.version_minor == 0 {
            return Err(BAD_SWITCH.at(0));
        }
        outcome.flag(head::UPGRADE, true);
        self.recv_tunnel(outcome)
    }

    fn recv_tunnel(&mut self, mut outcome: HeadOutcome) -> Result<HeadOutcome, Error> {
        outcome.last = true;
        if self.sides.our_side() != Side::Done {
            return Err(BAD_SWITCH.at(0));
        }
        self.sides.step_peer_side(Cue::Switch)?;
        self.sides.step_our_side(Cue::Switch)?;
        self.exchange.pending_mut().pop();
        Ok(outcome)
    }
}
