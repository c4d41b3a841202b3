//! Sending: whether a frame may be sent now, and its header.
//!
//! Owns the state of our current message and of our side.

use super::bits::{COMPRESSED, DEFLATES, LASTING, OPEN, SERVER, TEXT};
use super::faults::{CLOSING, LONG_CONTROL, MISPLACED, TEXT_TO_SEND};
use super::part::{Part, PlannedFrame, framed};
use super::state::{Cue, Side};
use crate::error::Error;
use crate::websocket::Role;
use crate::websocket::close::{self, PAYLOAD_MAX};
use crate::websocket::frame::{Header, opcode};
use crate::websocket::utf8::Utf8;

/// The sending half.
#[derive(Clone, Copy)]
pub struct Outgoing {
    /// UTF-8 state of the current message.
    utf8: Utf8,
    side: Side,
    /// `bits::*` of the current message.
    bits: u16,
}

impl Outgoing {
    /// The state of a fresh connection; `lasting`: the bits that hold for all messages.
    pub fn new(lasting: u16) -> Self {
        Self { utf8: Utf8::default(), side: Side::Open, bits: lasting }
    }

    /// The state of our side.
    #[inline]
    pub fn side(&self) -> Side {
        self.side
    }

    /// Whether a message is in progress.
    pub fn is_within_message(&self) -> bool {
        self.bits & OPEN != 0
    }

    /// Whether permessage-deflate was agreed.
    #[inline(always)]
    pub fn deflates(&self) -> bool {
        self.bits & DEFLATES != 0
    }

    /// The transport ended: nothing more can be sent.
    pub fn end(&mut self) {
        self.side = self.side.after(Cue::Fail).unwrap_or(self.side);
    }

    /// Plans the frame of a part. Parts of a message follow one another and have one type; text is UTF-8 across all
    /// parts (WS-MSG-09). `octets` are uncompressed. Changes nothing until [`commit`](Self::commit).
    #[inline]
    pub fn plan_part(&self, part: Part, octets: &[u8]) -> Result<PlannedFrame, Error> {
        self.side.after(Cue::Data).ok_or(CLOSING.at(0))?;
        let is_open = self.bits & OPEN != 0;
        let is_text = self.bits & TEXT != 0;
        if part.first == is_open || (is_open && part.text != is_text) {
            return Err(MISPLACED.at(0));
        }
        let utf8 = if part.text { self.utf8_after(octets, part)? } else { Utf8::default() };
        let compressed = self.compresses(part);
        let bits = self.bits & LASTING
            | (u16::from(!part.last) * OPEN)
            | (u16::from(part.text) * TEXT)
            | (u16::from(compressed) * COMPRESSED);
        Ok(PlannedFrame { header: part.header(compressed), utf8, bits })
    }

    /// Whether a server may send a whole message. One that goes as it is in one frame, ASCII if it is text, needs not be
    /// [planned](Self::plan_part) then.
    #[inline(always)]
    pub fn may_send_fast(&self) -> bool {
        self.side == Side::Open && self.bits & (OPEN | SERVER) == SERVER
    }

    /// Whether the message is compressed; its first part decides.
    #[inline]
    fn compresses(&self, part: Part) -> bool {
        let wanted = if part.first { part.compressed } else { self.bits & COMPRESSED != 0 };
        wanted && self.bits & DEFLATES != 0
    }

    #[inline]
    fn utf8_after(&self, octets: &[u8], part: Part) -> Result<Utf8, Error> {
        let mut utf8 = if part.first { Utf8::default() } else { self.utf8 };
        utf8.feed(octets).map_err(|wrong| TEXT_TO_SEND.at(wrong as u64))?;
        if part.last && !utf8.finish() { Err(TEXT_TO_SEND.at(octets.len() as u64)) } else { Ok(utf8) }
    }

    /// Applies a plan after its frame was queued.
    #[inline]
    pub fn commit(&mut self, planned: &PlannedFrame) {
        (self.utf8, self.bits) = (planned.utf8, planned.bits);
    }

    /// The header of a Ping or Pong of `len` octets, if it may be sent now; it may also be sent within a message.
    pub fn plan_control(&self, opcode: u8, len: usize, key: Option<[u8; 4]>) -> Result<Header, Error> {
        self.side.after(Cue::Control).ok_or(CLOSING.at(0))?;
        if len > PAYLOAD_MAX { Err(LONG_CONTROL.at(PAYLOAD_MAX as u64)) } else { Ok(control(opcode, len, key)) }
    }

    /// Writes the payload of our Close and returns its length; 0 or [`NO_STATUS`](close::NO_STATUS) as `code` means no code
    /// (WS-CLOSE-04, -10). Changes nothing until [`commit_close`](Self::commit_close).
    pub fn plan_close(&self, code: u16, reason: &[u8], out: &mut [u8; PAYLOAD_MAX]) -> Result<usize, Error> {
        self.side.after(Cue::Close).ok_or(CLOSING.at(0))?;
        let role = if self.masks() { Role::Client } else { Role::Server };
        let is_empty = matches!(code, 0 | close::NO_STATUS) && reason.is_empty();
        if is_empty { Ok(0) } else { close::write(code, reason, role, out) }
    }

    /// The header of the planned Close.
    pub fn close_header(&self, len: usize, key: Option<[u8; 4]>) -> Header {
        control(opcode::CLOSE, len, key)
    }

    /// The planned Close was queued: no frame follows.
    pub fn commit_close(&mut self) {
        self.side = self.side.after(Cue::Close).unwrap_or(self.side);
        self.bits &= LASTING;
    }

    /// Whether we mask our frames. If so, the caller supplies four fresh octets per frame (WS-FRM-03, -04).
    #[inline]
    pub fn masks(&self) -> bool {
        self.bits & SERVER == 0
    }
}

fn control(opcode: u8, len: usize, key: Option<[u8; 4]>) -> Header {
    framed(Header { opcode, fin: true, ..Header::default() }, len, key)
}
