//! Frames out: what may be said now, and the headers of it.

use super::faults::{CLOSING, LONG_CONTROL, MISPLACED, TEXT_TO_SEND};
use super::message::{COMPRESSED, DEFLATES, OPEN, SERVER, TEXT};
use super::state::Side;
use super::{Cue, Machine, Role};
use crate::error::Error;
use crate::websocket::close::{self, PAYLOAD_MAX};
use crate::websocket::frame::{Header, RSV1, opcode};
use crate::websocket::utf8::Utf8;

/// What the caller says of octets to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The message is text; all its parts say so.
    pub text: bool,
    /// The message begins with them.
    pub first: bool,
    /// The message ends with them.
    pub last: bool,
    /// The first part decides: the message is compressed.
    pub compressed: bool,
}

impl Part {
    /// The first octet of its frame.
    #[inline(always)]
    fn header(self, compressed: bool) -> Header {
        let opcode = match (self.first, self.text) {
            (false, _) => opcode::CONTINUATION,
            (true, true) => opcode::TEXT,
            (true, false) => opcode::BINARY,
        };
        let rsv = if compressed && self.first { RSV1 } else { 0 };
        Header { opcode, fin: self.last, rsv, ..Header::default() }
    }

    /// A whole message.
    pub const fn whole(text: bool) -> Self {
        Self { text, first: true, last: true, compressed: false }
    }
}

/// The verdict on a part; nothing has changed until it is [said](Machine::say).
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// The first octet of its frame, as header.
    header: Header,
    said: Utf8,
    saying: u16,
}

impl Said {
    /// The header of its frame: `len` octets of payload, masked with `key` when there is one.
    #[inline]
    pub fn header(&self, len: usize, key: Option<[u8; 4]>) -> Header {
        framed(self.header, len, key)
    }

    /// Whether the payload is to be compressed.
    pub fn is_compressed(&self) -> bool {
        self.saying & COMPRESSED != 0
    }
}

#[inline(always)]
fn framed(header: Header, len: usize, key: Option<[u8; 4]>) -> Header {
    Header { payload_len: len as u64, masked: key.is_some(), key: key.unwrap_or_default(), ..header }
}

impl Machine {
    /// What the frame of a part is, and whether it may go now: parts follow one another, of one type, and text is UTF-8 over
    /// all of them (WS-MSG-09). Nothing changes. `octets` are those of the message, not compressed ones.
    #[inline]
    pub fn plan_part(&self, part: Part, octets: &[u8]) -> Result<Said, Error> {
        self.ours.after(Cue::Data).ok_or(CLOSING.at(0))?;
        let is_open = self.saying & OPEN != 0;
        let is_text = self.saying & TEXT != 0;
        if part.first == is_open || (is_open && part.text != is_text) {
            return Err(MISPLACED.at(0));
        }
        let said = if part.text { self.said_after(octets, part)? } else { Utf8::default() };
        let compressed = self.compresses(part);
        let saying =
            (u16::from(!part.last) * OPEN) | (u16::from(part.text) * TEXT) | (u16::from(compressed) * COMPRESSED);
        Ok(Said { header: part.header(compressed), said, saying })
    }

    /// The header of a message of a server's that leaves nothing to decide: whole, not compressed, and ASCII where it is text.
    /// `None`: [`plan_part`](Self::plan_part) has to. It may be sent then, and nothing is to be said of it.
    #[inline(always)]
    pub fn plan_plain(&self, part: Part, octets: &[u8]) -> Option<Header> {
        let is_free = self.ours == Side::Open && self.saying & OPEN == 0 && self.hearing & SERVER != 0;
        let is_whole = part.first & part.last & !(part.compressed && self.deflates());
        let is_plain = is_free && is_whole && (!part.text || octets.is_ascii());
        is_plain.then(|| Header { payload_len: octets.len() as u64, ..part.header(false) })
    }

    /// Whether a server may send a whole message. One that goes as it is in one frame, ASCII if it is text, needs not be
    /// [planned](Self::plan_part) then.
    #[inline(always)]
    pub fn says_plainly(&self) -> bool {
        self.ours == Side::Open && self.saying & OPEN == 0 && self.hearing & SERVER != 0
    }

    /// Whether the message is compressed: its first part decides.
    #[inline]
    fn compresses(&self, part: Part) -> bool {
        let asked = if part.first { part.compressed } else { self.saying & COMPRESSED != 0 };
        asked && self.hearing & DEFLATES != 0
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
        self.ours.after(Cue::Control).ok_or(CLOSING.at(0))?;
        if len > PAYLOAD_MAX { Err(LONG_CONTROL.at(PAYLOAD_MAX as u64)) } else { Ok(control(opcode, len, key)) }
    }

    /// Writes the payload of our one Close and returns its octets: `code` is [`NO_STATUS`](close::NO_STATUS) for one
    /// without (WS-CLOSE-04, -10). Nothing changes.
    pub fn plan_close(&self, code: u16, reason: &[u8], out: &mut [u8; PAYLOAD_MAX]) -> Result<usize, Error> {
        self.ours.after(Cue::Close).ok_or(CLOSING.at(0))?;
        let is_empty = code == close::NO_STATUS && reason.is_empty();
        if is_empty { Ok(0) } else { close::write(code, reason, self.role(), out) }
    }

    /// The header of the planned Close.
    pub fn close_header(&self, len: usize, key: Option<[u8; 4]>) -> Header {
        control(opcode::CLOSE, len, key)
    }

    /// The planned Close was queued: nothing more is said.
    pub fn say_close(&mut self) {
        self.ours = self.ours.after(Cue::Close).unwrap_or(self.ours);
        self.saying = 0;
    }

    /// Whether frames of ours are masked: the caller then gives each four fresh octets (WS-FRM-03, -04).
    #[inline]
    pub fn masks(&self) -> bool {
        self.role() == Role::Client
    }
}

fn control(opcode: u8, len: usize, key: Option<[u8; 4]>) -> Header {
    framed(Header { opcode, fin: true, ..Header::default() }, len, key)
}
