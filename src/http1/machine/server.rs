//! The server role: receives requests, sends responses and switches.

use super::NOT_NOW;
use super::authority::recv_authority;
use super::exchange::Exchange;
use super::facts::{HeadOutcome, flag, head, policy};
use super::plan::{Persistence, Plan, can_drain};
use super::receiving::Receiving;
use super::sides::Sides;
use super::state::{Cue, Side};
use crate::error::{Code, Error, Fault};
use crate::guard::Limits;
use crate::http1::framing::{self, BodyLength};
use crate::http1::head::{RequestHead, Summary, method};
use crate::http1::write::Content;

static EXPECTATION: Fault = Fault::new(Code::Expectation, 417, c"H1-EXP-04", c"an expectation other than 100-continue");
static NO_TUNNELS: Fault = Fault::new(Code::Method, 501, c"H1-UPG-11", c"CONNECT, and the config takes no tunnels");
static BAD_STATUS: Fault = Fault::new(Code::Argument, 0, c"", c"not an interim status");

/// A server's state, borrowed for one call.
pub struct Server<'a> {
    sides: &'a mut Sides,
    exchange: &'a mut Exchange,
}

impl<'a> Server<'a> {
    /// Borrows the state of a connection.
    #[inline(always)]
    pub fn new(sides: &'a mut Sides, exchange: &'a mut Exchange) -> Self {
        Self { sides, exchange }
    }

    /// Receives a request head. The head's ranges refer to `bytes`; `rules` are `policy::*` bits.
    ///
    /// The checks run in the ledger's order: target form, Host, Transfer-Encoding, Content-Length, body limit, CONNECT, Expect, Upgrade.
    pub fn recv_request(
        &mut self,
        parsed: &RequestHead,
        bytes: &[u8],
        limits: &Limits,
        rules: u32,
    ) -> Result<HeadOutcome, Error> {
        let is_connect = parsed.method_id == method::CONNECT;
        let mut outcome = HeadOutcome::default();
        recv_authority(&mut outcome, parsed, bytes, rules)?;
        let framing_rules = framing::RequestRules {
            body_max: limits.body_max,
            admit_length_with_te: rules & policy::LENIENT_LENGTH_AND_CHUNKED != 0,
        };
        let length = framing::request_framing(&parsed.summary, parsed.version_minor, is_connect, &framing_rules)?;
        if is_connect && rules & policy::TUNNELS == 0 {
            outcome.refused = outcome.refused.or(Some(&NO_TUNNELS));
        }
        self.note_request(parsed, is_connect, length, &mut outcome);
        self.sides.step_peer_side(Cue::Request)?;
        self.sides.step_our_side(Cue::ResponseDue)?;
        outcome.last = self.exchange.begin_receiving(Receiving::start(length, limits.body_max));
        if outcome.last {
            self.exchange.end_peer_message(self.sides)?;
        }
        Ok(outcome)
    }

    /// Records the facts of the exchange and the connection.
    fn note_request(&mut self, parsed: &RequestHead, is_connect: bool, length: BodyLength, outcome: &mut HeadOutcome) {
        let summary = &parsed.summary;
        let all = |bits| summary.flags & bits == bits;
        let is_1_0 = parsed.version_minor == 0;
        let persists = framing::persistence(summary, parsed.version_minor);
        let upgrades = all(Summary::UPGRADE | Summary::CONNECTION_UPGRADE) & !is_1_0 & !is_connect;
        let has_content = !matches!(length, BodyLength::None | BodyLength::Length(0));
        let expects = all(Summary::EXPECT_CONTINUE) & !is_1_0 & has_content;
        let facts = (u16::from(is_1_0) * flag::PEER_1_0)
            | (u16::from(is_1_0 & persists) * flag::KEEP_ALIVE_1_0)
            | (u16::from(!persists) * flag::LAST)
            | (u16::from(is_connect) * flag::CONNECT)
            | (u16::from(upgrades) * flag::UPGRADE)
            | (u16::from(parsed.method_id == method::HEAD) * flag::NO_CONTENT)
            | (u16::from(expects) * flag::EXPECT);
        self.sides.set_request_facts(facts);
        outcome.content_length = match length {
            BodyLength::Length(n) => Some(n),
            _ => None,
        };
        outcome.flags |= (u32::from(!persists) * head::CLOSE)
            | (u32::from(length == BodyLength::Chunked) * head::CHUNKED)
            | (u32::from(expects) * head::EXPECT)
            | (u32::from(upgrades) * head::UPGRADE)
            | (u32::from(all(Summary::LENGTH | Summary::TE)) * head::LENIENT);
        if all(Summary::EXPECT_OTHER) & !is_1_0 {
            outcome.refused = outcome.refused.or(Some(&EXPECTATION));
        }
    }

    /// Plans a final response. Changes nothing.
    ///
    /// `close`: the caller wants the connection to end. `drain_max`: how much of an incomplete request may be dropped.
    pub fn plan_response(&self, status: u16, content: Content, close: bool, drain_max: u64) -> Result<Plan, Error> {
        let can_drop = can_drain(self.sides, self.exchange.content_remaining(), drain_max);
        Plan::of_response(self.sides, status, content, close, can_drop)
    }

    /// Starts the planned response: its head is written.
    pub fn begin_response(&mut self, plan: &Plan) -> Result<(), Error> {
        self.sides.step_our_side(Cue::Response)?;
        self.sides.set(flag::EXPECT, false);
        if plan.option == Persistence::Close {
            self.sides.make_last();
        }
        if self.sides.peer_side() == Side::MightSwitch {
            self.sides.step_peer_side(Cue::Decline)?;
        }
        self.exchange.begin_sending(self.sides, plan)
    }

    /// Whether an interim response with this status may be sent now. Changes nothing.
    pub fn plan_interim(sides: &Sides, status: u16) -> Result<(), Error> {
        // The library says 100 to a request that nobody was shown yet.
        let is_due = sides.awaits_response() || (status == 100 && sides.is_continue_due());
        let may = is_due && !sides.has(flag::PEER_1_0);
        match status {
            100 | 102..=199 if may => Ok(()),
            100 | 102..=199 => Err(NOT_NOW),
            _ => Err(BAD_STATUS.at(0)),
        }
    }

    /// A planned interim response was queued.
    pub fn begin_interim(&mut self, status: u16) -> Result<(), Error> {
        self.sides.set(flag::EXPECT, self.sides.has(flag::EXPECT) && status != 100);
        self.sides.step_our_side(Cue::Interim)
    }

    /// Whether a switch with this status may be sent now (RFC 9110 §7.8, §9.3.6). Changes nothing.
    pub fn plan_switch(sides: &Sides, status: u16) -> Result<(), Error> {
        let is_requested = match status {
            101 => sides.has(flag::UPGRADE),
            200..=299 => sides.has(flag::CONNECT),
            _ => false,
        };
        let may = sides.awaits_response() && sides.peer_side() == Side::MightSwitch;
        if may && is_requested { Ok(()) } else { Err(NOT_NOW) }
    }

    /// The planned switch was queued.
    pub fn begin_switch(&mut self) -> Result<(), Error> {
        self.sides.step_our_side(Cue::Switch)?;
        self.sides.step_peer_side(Cue::Switch)
    }

    /// An error response was queued; `close`: it is the last message sent.
    pub fn begin_error(&mut self, close: bool) -> Result<(), Error> {
        if close {
            self.sides.make_last();
        }
        if self.sides.our_side() == Side::Await {
            self.sides.step_our_side(Cue::Response)?;
            if self.sides.peer_side() == Side::MightSwitch {
                self.sides.step_peer_side(Cue::Decline)?;
            }
            self.sides.set(flag::EXPECT, false);
            self.exchange.end_our_message(self.sides)?;
        }
        Ok(())
    }
}
