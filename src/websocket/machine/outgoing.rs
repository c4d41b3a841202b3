//! Frames out: what may be said now, and the headers of it.
//!
//! Owns the message that goes and where our side stands.

use super::bits::{COMPRESSED, DEFLATES, LASTING, OPEN, SERVER, TEXT};
use super::faults::{CLOSING, LONG_CONTROL, MISPLACED, TEXT_TO_SEND};
use super::part::{Part, Said, framed};
use super::state::{Cue, Side};
use crate::error::Error;
use crate::websocket::Role;
use crate::websocket::close::{self, PAYLOAD_MAX};
use crate::websocket::frame::{Header, opcode};
use crate::websocket::utf8::Utf8;

/// What we send.
#[derive(Clone, Copy)]
pub struct Outgoing {
    /// The text of the present message.
    said: Utf8,
    side: Side,
    /// `bits::*` of the present message.
    saying: u16,
}

impl Outgoing {
    /// Of a fresh connection; `lasting`: the bits that hold for all messages.
    pub fn new(lasting: u16) -> Self {
        Self { said: Utf8::default(), side: Side::Open, saying: lasting }
    }

    /// Where our side stands.
    #[inline]
    pub fn side(&self) -> Side {
        self.side
    }

    /// Whether a message is under way.
    pub fn is_saying(&self) -> bool {
        self.saying & OPEN != 0
    }

    /// Whether permessage-deflate was agreed on.
    #[inline(always)]
    pub fn deflates(&self) -> bool {
        self.saying & DEFLATES != 0
    }

    /// Our transport ended: nothing more is sent.
    pub fn end(&mut self) {
        self.side = self.side.after(Cue::Fail).unwrap_or(self.side);
    }

    /// What the frame of a part is, and whether it may go now: parts follow one another, of one type, and text is UTF-8 over
    /// all of them (WS-MSG-09). Nothing changes. `octets` are those of the message, not compressed ones.
    #[inline]
    pub fn plan_part(&self, part: Part, octets: &[u8]) -> Result<Said, Error> {
        self.side.after(Cue::Data).ok_or(CLOSING.at(0))?;
        let is_open = self.saying & OPEN != 0;
        let is_text = self.saying & TEXT != 0;
        if part.first == is_open || (is_open && part.text != is_text) {
            return Err(MISPLACED.at(0));
        }
        let said = if part.text { self.said_after(octets, part)? } else { Utf8::default() };
        let compressed = self.compresses(part);
        let saying = self.saying & LASTING
            | (u16::from(!part.last) * OPEN)
            | (u16::from(part.text) * TEXT)
            | (u16::from(compressed) * COMPRESSED);
        Ok(Said { header: part.header(compressed), said, saying })
    }

    /// The header of a message of a server's that leaves nothing to decide: whole, not compressed, and ASCII where it is text.
    /// `None`: [`plan_part`](Self::plan_part) has to. It may be sent then, and nothing is to be said of it.
    #[inline(always)]
    pub fn plan_plain(&self, part: Part, octets: &[u8]) -> Option<Header> {
        let is_free = self.side == Side::Open && self.saying & (OPEN | SERVER) == SERVER;
        let is_whole = part.first & part.last & !(part.compressed && self.deflates());
        let is_plain = is_free && is_whole && (!part.text || octets.is_ascii());
        is_plain.then(|| Header { payload_len: octets.len() as u64, ..part.header(false) })
    }

    /// Whether a server may send a whole message. One that goes as it is in one frame, ASCII if it is text, needs not be
    /// [planned](Self::plan_part) then.
    #[inline(always)]
    pub fn says_plainly(&self) -> bool {
        self.side == Side::Open && self.saying & (OPEN | SERVER) == SERVER
    }

    /// Whether the message is compressed: its first part decides.
    #[inline]
    fn compresses(&self, part: Part) -> bool {
        let asked = if part.first { part.compressed } else { self.saying & COMPRESSED != 0 };
        asked && self.saying & DEFLATES != 0
    }

    #[inline]
    fn said_after(&self, octets: &[u8], part: Part) -> Result<Utf8, Error> {
        let mut said = if part.first { Utf8::default() } else { self.said };
        said.feed(octets).map_err(|wrong| TEXT_TO_SEND.at(wrong as u64))?;
        if part.last && !said.finish() { Err(TEXT_TO_SEND.at(octets.len() as u64)) } else { Ok(said) }
    }

    /// A planned part was queued.
    #[inline]
    pub fn say(&mut self, planned: &Said) {
        (self.said, self.saying) = (planned.said, planned.saying);
    }

    /// The header of a Ping or Pong of `len` octets, which may go now, also within a message.
    pub fn plan_control(&self, opcode: u8, len: usize, key: Option<[u8; 4]>) -> Result<Header, Error> {
        self.side.after(Cue::Control).ok_or(CLOSING.at(0))?;
        if len > PAYLOAD_MAX { Err(LONG_CONTROL.at(PAYLOAD_MAX as u64)) } else { Ok(control(opcode, len, key)) }
    }

    /// Writes the payload of our one Close and returns its octets: `code` is [`NO_STATUS`](close::NO_STATUS) for one
    /// without (WS-CLOSE-04, -10). Nothing changes.
    pub fn plan_close(&self, code: u16, reason: &[u8], out: &mut [u8; PAYLOAD_MAX]) -> Result<usize, Error> {
        self.side.after(Cue::Close).ok_or(CLOSING.at(0))?;
        let role = if self.masks() { Role::Client } else { Role::Server };
        let is_empty = code == close::NO_STATUS && reason.is_empty();
        if is_empty { Ok(0) } else { close::write(code, reason, role, out) }
    }

    /// The header of the planned Close.
    pub fn close_header(&self, len: usize, key: Option<[u8; 4]>) -> Header {
        control(opcode::CLOSE, len, key)
    }

    /// The planned Close was queued: nothing more is said.
    pub fn say_close(&mut self) {
        self.side = self.side.after(Cue::Close).unwrap_or(self.side);
        self.saying &= LASTING;
    }

    /// Whether frames of ours are masked: the caller then gives each four fresh octets (WS-FRM-03, -04).
    #[inline]
    pub fn masks(&self) -> bool {
        self.saying & SERVER == 0
    }
}

fn control(opcode: u8, len: usize, key: Option<[u8; 4]>) -> Header {
    framed(Header { opcode, fin: true, ..Header::default() }, len, key)
}
