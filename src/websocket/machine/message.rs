//! The message being received: its state, and whether the next frame or text may continue it.
//!
//! Knows neither the window nor the state of the sides.

use super::bits::{
    ANSWERS, COMPRESSED, CUT, DEFLATES, FIN, FIRST, INFLATING, LASTING, OPEN, PARTS, SERVER, TEXT, UNDELIVERED, WRONG,
};
use super::faults::{
    COMPRESSED_LATE, CUT_TEXT, INTERLEAVED, LONG_FRAME, LONG_INFLATED, LONG_MESSAGE, MANY_FRAMES, NOT_AGREED, NOT_UTF8,
    NOTHING_TO_CONTINUE,
};
use crate::error::{Error, Fault};
use crate::guard::MessageLimits;
use crate::websocket::frame::{Header, RSV1, opcode};
use crate::websocket::mask::unmask_text;
use crate::websocket::utf8::Utf8;

/// The peer's current message, or its last one. Packed, since every idle connection has one.
#[derive(Clone, Copy)]
#[repr(Rust, packed)]
pub struct Message {
    /// Octets so far: frame lengths, or inflated octets.
    total: u64,
    /// Frames so far.
    fragments: u32,
    /// UTF-8 state of its text.
    utf8: Utf8,
    /// `bits::*`.
    bits: u16,
}

impl Message {
    /// No message yet; `lasting`: the bits that hold for all messages.
    pub fn new(lasting: u16) -> Self {
        Self { total: 0, fragments: 0, utf8: Utf8::default(), bits: lasting }
    }

    /// Whether any of these bits is set.
    #[inline(always)]
    pub(super) fn has(&self, bits: u16) -> bool {
        self.bits & bits != 0
    }

    /// Whether exactly `bits` are set of `mask`.
    #[inline(always)]
    pub(super) fn is(&self, mask: u16, bits: u16) -> bool {
        self.bits & mask == bits
    }

    /// Whether a message is in progress.
    #[inline]
    pub fn is_open(&self) -> bool {
        self.has(OPEN)
    }

    /// Whether it is text.
    pub fn is_text(&self) -> bool {
        self.has(TEXT)
    }

    /// From now on the application wants parts as they arrive.
    pub fn want_parts(&mut self) {
        self.bits |= PARTS;
    }

    /// Whether the application wants parts as they arrive; else messages are gathered.
    #[inline(always)]
    pub fn wants_parts(&self) -> bool {
        self.has(PARTS)
    }

    /// From now on the application answers messages.
    pub fn expect_answers(&mut self) {
        self.bits |= ANSWERS;
    }

    /// Whether messages wait for room in the output, where their answers go.
    #[inline]
    pub fn waits_for_room(&self) -> bool {
        self.has(ANSWERS | SERVER)
    }

    /// Whether we are the server and no message is in progress.
    #[inline(always)]
    pub(super) fn is_idle_server(&self) -> bool {
        self.is(OPEN | INFLATING | SERVER, SERVER)
    }

    /// Checks opcode and RSV1 against the state of the message.
    pub(super) fn check_first(&self, header: &Header) -> Result<(), &'static Fault> {
        let is_open = self.bits & OPEN != 0;
        let begins = matches!(header.opcode, opcode::TEXT | opcode::BINARY);
        if header.rsv & RSV1 != 0 && self.bits & DEFLATES == 0 {
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

    /// Checks a data frame against the limits. Octets of compressed messages are counted when inflated.
    pub(super) fn check_size(&self, header: &Header, limits: &MessageLimits) -> Result<(), &'static Fault> {
        let continues = header.opcode == opcode::CONTINUATION;
        let (total, fragments) = if continues { (self.total, self.fragments) } else { (0, 0) };
        let is_compressed = if continues { self.bits & COMPRESSED != 0 } else { header.rsv & RSV1 != 0 };
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

    /// Starts a data frame with a checked header.
    pub(super) fn begin_frame(&mut self, header: &Header) {
        if header.opcode != opcode::CONTINUATION {
            let text = if header.opcode == opcode::TEXT { TEXT } else { 0 };
            let compressed = if header.rsv & RSV1 != 0 { COMPRESSED } else { 0 };
            self.bits = self.bits & LASTING | OPEN | FIRST | text | compressed;
            (self.total, self.fragments, self.utf8) = (0, 0, Utf8::default());
        }
        self.bits |= if header.fin { FIN } else { 0 };
        self.fragments += 1;
        if self.bits & COMPRESSED == 0 {
            self.total += header.payload_len;
        }
    }

    /// Unmasks and validates the next octets of a text. Fails with the index of the first invalid octet.
    pub(super) fn recv_text(&mut self, payload: &mut [u8], key: [u8; 4], is_last: bool) -> Result<(), usize> {
        if self.bits & WRONG != 0 {
            return Err(0);
        }
        unmask_text(payload, key, 0, &mut self.utf8)?;
        if !is_last || self.utf8.finish() {
            return Ok(());
        }
        // The text must not end here: the last octet is the invalid one.
        self.bits |= CUT;
        Err(payload.len().saturating_sub(1))
    }

    /// Marks the text as invalid at the next octet and returns the error.
    pub(super) fn stop(&mut self) -> &'static Fault {
        self.bits |= WRONG;
        if self.has(CUT) { &CUT_TEXT } else { &NOT_UTF8 }
    }

    /// Octets are delivered, with `last` the last ones. Returns whether they are the first.
    pub(super) fn deliver(&mut self, last: bool) -> bool {
        let is_first = self.has(FIRST);
        self.bits &= if last { !(OPEN | FIRST | FIN) } else { !FIRST };
        is_first
    }

    /// A compressed part was received (`first`: it begins the message). It must be inflated before more is read.
    pub fn begin_inflating(&mut self, first: bool) {
        self.bits |= INFLATING | if first { UNDELIVERED } else { 0 };
    }

    /// Whether a part is to be inflated.
    #[inline(always)]
    pub fn is_inflating(&self) -> bool {
        self.bits & INFLATING != 0
    }

    /// Whether no inflated octet of the message was delivered yet.
    pub fn is_undelivered(&self) -> bool {
        self.bits & UNDELIVERED != 0
    }

    /// The part is fully inflated.
    pub fn end_inflating(&mut self) {
        self.bits &= !INFLATING;
    }

    /// Inflated octets were delivered.
    pub fn deliver_inflated(&mut self) {
        self.bits &= !UNDELIVERED;
    }

    /// How many inflated octets the current message may still have (WS-PMD-07).
    pub fn inflated_room(&self, limits: &MessageLimits) -> u64 {
        limits.message_max.saturating_sub(self.total)
    }

    /// Checks the next inflated octets of the current message; `last`: they end it.
    ///
    /// # Errors
    ///
    /// The message is too long, or its text is not UTF-8 (WS-PMD-09). The offset is into `octets`.
    pub fn recv_inflated(&mut self, octets: &[u8], last: bool, limits: &MessageLimits) -> Result<(), Error> {
        let room = self.inflated_room(limits);
        if octets.len() as u64 > room {
            return Err(LONG_INFLATED.at(room));
        }
        self.total += octets.len() as u64;
        if self.bits & TEXT == 0 {
            return Ok(());
        }
        self.utf8.feed(octets).map_err(|wrong| NOT_UTF8.at(wrong as u64))?;
        if last && !self.utf8.finish() { Err(CUT_TEXT.at(octets.len() as u64)) } else { Ok(()) }
    }
}
