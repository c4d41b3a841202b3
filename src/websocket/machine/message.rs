//! The message that comes: what is known of it, and whether the next frame or its text may go on with it.
//!
//! Knows no octet of the window but the ones it is shown, and neither side of the connection.

use super::bits::{COMPRESSED, CUT, DEFLATES, FIN, FIRST, INFLATING, LASTING, OPEN, SERVER, TEXT, UNSHOWN, WRONG};
use super::faults::{
    COMPRESSED_LATE, CUT_TEXT, INTERLEAVED, LONG_FRAME, LONG_INFLATED, LONG_MESSAGE, MANY_FRAMES, NOT_AGREED, NOT_UTF8,
    NOTHING_TO_CONTINUE,
};
use crate::error::{Error, Fault};
use crate::guard::MessageLimits;
use crate::websocket::frame::{Header, RSV1, opcode};
use crate::websocket::mask::unmask_text;
use crate::websocket::utf8::Utf8;

/// The peer's present message, or its last one. Every idle connection pays for it.
#[derive(Clone, Copy)]
#[repr(Rust, packed)]
pub struct Message {
    /// Octets of it so far, by the lengths of its frames or as they were inflated.
    total: u64,
    /// Frames of it.
    fragments: u32,
    /// Its text.
    heard: Utf8,
    /// `bits::*`.
    hearing: u16,
}

impl Message {
    /// None yet; `lasting`: the bits that hold for all messages.
    pub fn new(lasting: u16) -> Self {
        Self { total: 0, fragments: 0, heard: Utf8::default(), hearing: lasting }
    }

    /// Whether one of these bits is set.
    #[inline(always)]
    pub(super) fn has(&self, bits: u16) -> bool {
        self.hearing & bits != 0
    }

    /// Whether of `mask` just these bits are set.
    #[inline(always)]
    pub(super) fn is(&self, mask: u16, bits: u16) -> bool {
        self.hearing & mask == bits
    }

    /// Whether it has begun and is not complete.
    #[inline]
    pub fn is_open(&self) -> bool {
        self.has(OPEN)
    }

    /// Whether it is text.
    pub fn is_text(&self) -> bool {
        self.has(TEXT)
    }

    /// Whether none is under way that comes to a server.
    #[inline(always)]
    pub(super) fn is_plain_server(&self) -> bool {
        self.is(OPEN | INFLATING | SERVER, SERVER)
    }

    /// The first octet, beyond what is wrong everywhere: opcode and RSV1.
    pub(super) fn check_first(&self, header: &Header) -> Result<(), &'static Fault> {
        let is_open = self.hearing & OPEN != 0;
        let begins = matches!(header.opcode, opcode::TEXT | opcode::BINARY);
        if header.rsv & RSV1 != 0 && self.hearing & DEFLATES == 0 {
            return Err(&NOT_AGREED);
        }
        if header.rsv & RSV1 != 0 && !begins {
            return Err(&COMPRESSED_LATE);
        }
        match header.opcode {
            opcode::CONTINUATION if !is_open => Err(&NOTHING_TO_CONTINUE),
            opcode::TEXT | opcode::BINARY if is_open => Err(&INTERLEAVED),
            _ => Ok(()),
        }
    }

    /// Whether a data frame keeps its message within the limits. The octets of compressed ones are counted when they are inflated.
    pub(super) fn check_size(&self, header: &Header, limits: &MessageLimits) -> Result<(), &'static Fault> {
        let continues = header.opcode == opcode::CONTINUATION;
        let (total, fragments) = if continues { (self.total, self.fragments) } else { (0, 0) };
        let is_compressed = if continues { self.hearing & COMPRESSED != 0 } else { header.rsv & RSV1 != 0 };
        if header.payload_len > limits.frame_max {
            Err(&LONG_FRAME)
        } else if !is_compressed && header.payload_len > limits.message_max.saturating_sub(total) {
            Err(&LONG_MESSAGE)
        } else if fragments >= limits.fragments_max {
            Err(&MANY_FRAMES)
        } else {
            Ok(())
        }
    }

    /// A data frame whose header was checked.
    pub(super) fn begin_frame(&mut self, header: &Header) {
        if header.opcode != opcode::CONTINUATION {
            let text = if header.opcode == opcode::TEXT { TEXT } else { 0 };
            let compressed = if header.rsv & RSV1 != 0 { COMPRESSED } else { 0 };
            self.hearing = self.hearing & LASTING | OPEN | FIRST | text | compressed;
            (self.total, self.fragments, self.heard) = (0, 0, Utf8::default());
        }
        self.hearing |= if header.fin { FIN } else { 0 };
        self.fragments += 1;
        if self.hearing & COMPRESSED == 0 {
            self.total += header.payload_len;
        }
    }

    /// The next octets of a text; fails with the index of the first that cannot be.
    pub(super) fn hear_text(&mut self, payload: &mut [u8], key: [u8; 4], is_last: bool) -> Result<(), usize> {
        if self.hearing & WRONG != 0 {
            return Err(0);
        }
        unmask_text(payload, key, 0, &mut self.heard)?;
        if !is_last || self.heard.finish() {
            return Ok(());
        }
        // Nothing may end here: the last octet is the wrong one.
        self.hearing |= CUT;
        Err(payload.len().saturating_sub(1))
    }

    /// The text is wrong at the next octet.
    pub(super) fn stop(&mut self) -> &'static Fault {
        self.hearing |= WRONG;
        if self.has(CUT) { &CUT_TEXT } else { &NOT_UTF8 }
    }

    /// Octets of it are shown, with `last` the last ones. Whether they are the first.
    pub(super) fn show(&mut self, last: bool) -> bool {
        let is_first = self.has(FIRST);
        self.hearing &= if last { !(OPEN | FIRST | FIN) } else { !FIRST };
        is_first
    }

    /// A compressed part was heard, the first of its message or not: it is to be inflated before anything else is heard.
    pub fn begin_inflating(&mut self, first: bool) {
        self.hearing |= INFLATING | if first { UNSHOWN } else { 0 };
    }

    /// Whether a part waits to be inflated.
    #[inline(always)]
    pub fn is_inflating(&self) -> bool {
        self.hearing & INFLATING != 0
    }

    /// Whether none of the message's inflated octets was shown.
    pub fn is_unshown(&self) -> bool {
        self.hearing & UNSHOWN != 0
    }

    /// All of the part was inflated.
    pub fn end_inflating(&mut self) {
        self.hearing &= !INFLATING;
    }

    /// Inflated octets are shown.
    pub fn show_inflated(&mut self) {
        self.hearing &= !UNSHOWN;
    }

    /// How many octets of the present message may still come of inflating; one more is one too many (WS-PMD-07).
    pub fn inflated_room(&self, limits: &MessageLimits) -> u64 {
        limits.message_max.saturating_sub(self.total)
    }

    /// Looks at the next octets of the present message, inflated; `last`: it ends with them.
    ///
    /// # Errors
    ///
    /// The message is longer than allowed, or its text not UTF-8 (WS-PMD-09). The offset counts into `octets`.
    pub fn hear_inflated(&mut self, octets: &[u8], last: bool, limits: &MessageLimits) -> Result<(), Error> {
        let room = self.inflated_room(limits);
        if octets.len() as u64 > room {
            return Err(LONG_INFLATED.at(room));
        }
        self.total += octets.len() as u64;
        if self.hearing & TEXT == 0 {
            return Ok(());
        }
        self.heard.feed(octets).map_err(|wrong| NOT_UTF8.at(wrong as u64))?;
        if last && !self.heard.finish() { Err(CUT_TEXT.at(octets.len() as u64)) } else { Ok(()) }
    }
}
