//! Response heads in (client), interim responses and switches out (server).

use super::facts::head;
use super::{Asked, Cue, Heard, Machine, NOT_NOW, Receiving, Role, Side, flag};
use crate::error::{Code, Error, Fault};
use crate::guard::Limits;
use crate::http1::framing::{self, BodyLength};
use crate::http1::head::{ResponseHead, Summary};

static TOO_MANY: Fault = Fault::new(Code::TooLarge, 0, c"H1-LIM-08", c"too many interim responses");
static OVER_BODY: Fault = Fault::new(Code::TooLarge, 0, c"H1-LIM-06", c"the declared content is longer than allowed");
static BAD_STATUS: Fault = Fault::new(Code::Argument, 0, c"", c"not an interim status");
static BAD_SWITCH: Fault = Fault::new(Code::Upgrade, 0, c"H1-UPG-04", c"a switch of protocols that was not asked for");

const LENGTH_FAULTS: u32 = Summary::LENGTH_DIFFERS | Summary::LENGTH_INVALID;

impl<S> Machine<S> {
    /// Client: takes a response head in.
    pub fn hear_response(&mut self, parsed: &ResponseHead, limits: &Limits) -> Result<Heard, Error> {
        let asked = self.exchange().pending.first();
        self.set(flag::PEER_1_1, parsed.version_minor > 0);
        self.set(flag::PEER_1_0, parsed.version_minor == 0);
        match parsed.status {
            101 => self.hear_switch(parsed, asked.offers_upgrade()),
            100..=199 => self.hear_interim(parsed, limits),
            _ => self.hear_final(parsed, asked, limits),
        }
    }

    fn hear_final(&mut self, parsed: &ResponseHead, asked: Asked, limits: &Limits) -> Result<Heard, Error> {
        let mut heard = Heard::default();
        // The expectation is that of the latest request: nothing follows one whose content is not complete.
        self.set(flag::EXPECT, self.has(flag::EXPECT) && self.exchange().pending.len() > 1);
        let length = framing::response_framing(&parsed.summary, parsed.version_minor, parsed.status, asked.method())?;
        match length {
            BodyLength::Tunnel => return self.hear_tunnel(heard),
            BodyLength::Length(n) if n > limits.body_max => return Err(OVER_BODY.at(0)),
            _ => {}
        }
        self.note_response(parsed, length, &mut heard);
        self.step_theirs(Cue::Response)?;
        let exchange = self.exchange_mut();
        exchange.receiving = Receiving::start(length);
        // The next response of a pipeline has interim ones of its own (H1-LIM-08).
        exchange.interims = 0;
        heard.last = matches!(self.exchange().receiving, Receiving::None);
        self.stop_unwanted_content();
        if heard.last {
            self.end_theirs()?;
        }
        Ok(heard)
    }

    /// RFC 9112 §9.5: the server wants no more of the content and will not take another request.
    fn stop_unwanted_content(&mut self) {
        if self.has(flag::LAST) && self.ours == Side::Body {
            self.close_ours();
        }
    }

    fn note_response(&mut self, parsed: &ResponseHead, length: BodyLength, heard: &mut Heard) {
        let persists = framing::persistence(&parsed.summary, parsed.version_minor)
            && length != BodyLength::UntilClose
            // Nothing follows the request that asked for it, so it is the last one.
            && !(self.has(flag::CLOSE_ASKED) && self.exchange().pending.len() == 1);
        if !persists {
            self.make_last();
        }
        // RFC 9110 §8.6: to HEAD and with 304 the length is that of the content left out.
        let declares = parsed.summary.flags & (Summary::LENGTH | Summary::TE | LENGTH_FAULTS) == Summary::LENGTH;
        heard.content_length = declares.then_some(parsed.summary.content_length);
        heard.flag(head::CLOSE, !persists);
        heard.flag(head::CHUNKED, length == BodyLength::Chunked);
    }

    fn hear_interim(&mut self, parsed: &ResponseHead, limits: &Limits) -> Result<Heard, Error> {
        let mut heard = Heard::default();
        let exchange = self.exchange_mut();
        exchange.interims += 1;
        if exchange.interims > limits.interim_max {
            return Err(TOO_MANY.at(0));
        }
        self.step_theirs(Cue::Interim)?;
        heard.interim = true;
        heard.resume_content = parsed.status == 100 && self.has(flag::EXPECT) && self.exchange().pending.len() == 1;
        if heard.resume_content {
            self.set(flag::EXPECT, false);
        }
        Ok(heard)
    }

    fn hear_switch(&mut self, parsed: &ResponseHead, offered: bool) -> Result<Heard, Error> {
        let mut heard = Heard::default();
        const NEEDED: u32 = Summary::UPGRADE | Summary::CONNECTION_UPGRADE;
        let is_named = parsed.summary.flags & NEEDED == NEEDED;
        if !offered || !is_named || parsed.version_minor == 0 {
            return Err(BAD_SWITCH.at(0));
        }
        heard.flag(head::UPGRADE, true);
        self.hear_tunnel(heard)
    }

    fn hear_tunnel(&mut self, mut heard: Heard) -> Result<Heard, Error> {
        heard.last = true;
        if self.ours != Side::Done {
            return Err(BAD_SWITCH.at(0));
        }
        self.step_theirs(Cue::Switch)?;
        self.step_ours(Cue::Switch)?;
        self.exchange_mut().pending.pop();
        Ok(heard)
    }

    /// Server: whether an interim response of this status may go now. Nothing changes.
    pub fn plan_interim(&self, status: u16) -> Result<(), Error> {
        let may = self.role == Role::Server && self.ours == Side::Await && !self.has(flag::PEER_1_0);
        match status {
            101 | 200..=599 => Err(NOT_NOW),
            100..=199 if may => Ok(()),
            100..=199 => Err(NOT_NOW),
            _ => Err(BAD_STATUS.at(0)),
        }
    }

    /// Server: a planned interim response was queued.
    pub fn begin_interim(&mut self, status: u16) -> Result<(), Error> {
        self.set(flag::EXPECT, self.has(flag::EXPECT) && status != 100);
        self.step_ours(Cue::Interim)
    }

    /// Server: whether the request still waits for `100 Continue`.
    #[inline]
    pub fn owes_continue(&self) -> bool {
        self.role == Role::Server && self.has(flag::EXPECT) && self.ours == Side::Await && self.theirs == Side::Body
    }

    /// Client: the wait for `100 Continue` is over.
    pub fn stop_expecting(&mut self) {
        self.set(flag::EXPECT, false);
    }

    /// Server: whether a switch with this status may go now (RFC 9110 §7.8, §9.3.6). Nothing changes.
    pub fn plan_switch(&self, status: u16) -> Result<(), Error> {
        let is_asked = match status {
            101 => self.has(flag::UPGRADE),
            200..=299 => self.has(flag::CONNECT),
            _ => false,
        };
        let may = self.role == Role::Server && self.ours == Side::Await && self.theirs == Side::MightSwitch;
        if may && is_asked { Ok(()) } else { Err(NOT_NOW) }
    }

    /// Server: the planned switch was queued.
    pub fn begin_switch(&mut self) -> Result<(), Error> {
        self.step_ours(Cue::Switch)?;
        self.step_theirs(Cue::Switch)
    }

    /// After a switch our side ends; the peer's may go on.
    pub fn finish_raw(&mut self) -> Result<(), Error> {
        self.step_ours(Cue::Close)
    }

    /// Server: an error reply was queued in place of a response; `close`: it is the last thing said.
    pub fn answered_error(&mut self, close: bool) -> Result<(), Error> {
        if close {
            self.make_last();
        }
        if self.ours == Side::Await {
            self.step_ours(Cue::Response)?;
            if self.theirs == Side::MightSwitch {
                self.step_theirs(Cue::Decline)?;
            }
            self.set(flag::EXPECT, false);
            self.end_ours()?;
        }
        Ok(())
    }
}
