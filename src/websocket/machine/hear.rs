//! Frames in.

use super::faults::{
    COMPRESSED_LATE, CUT_TEXT, INTERLEAVED, LONG_FRAME, LONG_MESSAGE, MANY_FRAMES, MASKED, NOT_AGREED, NOT_MASKED,
    NOT_UTF8, NOTHING_TO_CONTINUE,
};
use super::message::{COMPRESSED, CUT, DEFLATES, FIN, FIRST, INFLATING, LASTING, OPEN, SERVER, TEXT, WRONG};
use super::state::Side;
use super::{Heard, Machine, Role, Step};
use crate::error::{Error, Fault};
use crate::guard::MessageLimits;
use crate::websocket::frame::{self, Header, RSV1, opcode};
use crate::websocket::mask::{unmask, unmask_seen, unmask_text};
use crate::websocket::utf8::Utf8;

impl Machine {
    /// Looks at the octets that no earlier call has used up, up to the end of the first thing there is to show. They are unmasked
    /// where they lie.
    ///
    /// A message that is one frame, whole in the window and not compressed is one part; other parts are as long as their
    /// frame and the window let them be. Control frames are whole or [`Step::Starved`].
    ///
    /// # Errors
    ///
    /// What the peer must not send, by its first offending octet, with the close code as status. The connection is failed
    /// then: nothing more is to be heard (WS-CLOSE-07).
    #[inline]
    pub fn hear(&mut self, bytes: &mut [u8], limits: &MessageLimits) -> Result<Step, Error> {
        let max = limits.message_max.min(limits.frame_max);
        let whole = match self.role() {
            _ if self.hearing & (OPEN | INFLATING) != 0 => None,
            Role::Server => hear_whole::<true>(bytes, max),
            Role::Client => hear_whole::<false>(bytes, max),
        };
        match whole {
            Some(heard) => Ok(Step::Part(heard)),
            None => self.hear_any(bytes, limits),
        }
    }

    /// Whether this is a server that is between the messages of its peer, and what that says is for the owner.
    #[inline(always)]
    pub fn hears_plainly(&self) -> bool {
        self.hearing & (OPEN | INFLATING | SERVER) == SERVER && self.ours == Side::Open
    }

    /// Every other frame, and what is left of one.
    #[inline(never)]
    fn hear_any(&mut self, bytes: &mut [u8], limits: &MessageLimits) -> Result<Step, Error> {
        if self.rest != 0 {
            return self.hear_payload(bytes, 0);
        }
        match frame::decode(bytes) {
            Ok(Some(header)) => self.hear_frame(header, bytes, limits),
            judged => self.check_begun(bytes, limits).and(judged).map(|_| Step::Starved { used: 0 }),
        }
    }

    /// A frame whose header is whole.
    #[inline(never)]
    fn hear_frame(&mut self, header: Header, bytes: &mut [u8], limits: &MessageLimits) -> Result<Step, Error> {
        self.check_first(&header).map_err(|fault| fault.at(0))?;
        self.check_mask(header.masked).map_err(|fault| fault.at(1))?;
        if opcode::is_control(header.opcode) {
            return self.hear_control(&header, bytes);
        }
        self.check_size(&header, limits).map_err(|fault| fault.at(1))?;
        self.begin_frame(&header);
        self.hear_payload(bytes, header.len.into())
    }

    /// What the octets of a header that is not whole, or not sound, already show: the first offending one decides, and at once.
    #[cold]
    fn check_begun(&self, bytes: &[u8], limits: &MessageLimits) -> Result<(), Error> {
        let Some((&first, rest)) = bytes.split_first() else { return Ok(()) };
        frame::decode(&[first])?;
        let begun = Header { opcode: first & 0x0f, rsv: first >> 4 & 7, ..Header::default() };
        self.check_first(&begun).map_err(|fault| fault.at(0))?;
        let Some((&second, length)) = rest.split_first() else { return Ok(()) };
        self.check_mask(second & 0x80 != 0).map_err(|fault| fault.at(1))?;
        // As if the key had been left out: the length is judged before the key has come.
        let mut header = [0; 10];
        let len = length.len().min(8);
        (header[0], header[1]) = (first, second & 0x7f);
        header[2..2 + len].copy_from_slice(&length[..len]);
        match frame::decode(&header[..2 + len])? {
            Some(header) if !opcode::is_control(header.opcode) => {
                self.check_size(&header, limits).map_err(|fault| fault.at(1))
            }
            _ => Ok(()),
        }
    }

    /// The first octet, beyond what is wrong everywhere: opcode and RSV1.
    fn check_first(&self, header: &Header) -> Result<(), &'static Fault> {
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

    fn check_mask(&self, masked: bool) -> Result<(), &'static Fault> {
        match (self.role(), masked) {
            (Role::Server, false) => Err(&NOT_MASKED),
            (Role::Client, true) => Err(&MASKED),
            _ => Ok(()),
        }
    }

    /// Whether a data frame keeps its message within the limits. The octets of compressed ones are counted when they are inflated.
    fn check_size(&self, header: &Header, limits: &MessageLimits) -> Result<(), &'static Fault> {
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
    fn begin_frame(&mut self, header: &Header) {
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
        (self.rest, self.key) = (header.payload_len, header.key);
    }

    /// The octets of the present frame that have come; `at` is where they begin in the window.
    #[inline(never)]
    fn hear_payload(&mut self, bytes: &mut [u8], at: usize) -> Result<Step, Error> {
        let payload = &mut bytes[at..];
        let len = payload.len().min(usize::try_from(self.rest).unwrap_or(usize::MAX));
        let payload = &mut payload[..len];
        let is_last = self.rest == len as u64 && self.hearing & FIN != 0;
        if self.hearing & (TEXT | COMPRESSED) == TEXT {
            if let Err(wrong) = self.hear_text(payload, is_last) {
                return self.stop_at(at, wrong).map(Step::Part);
            }
        } else if self.role() == Role::Server {
            unmask(payload, self.key, 0);
        }
        self.key.rotate_left(len % 4);
        self.rest -= len as u64;
        if len == 0 && !is_last {
            return Ok(Step::Starved { used: at });
        }
        Ok(Step::Part(self.show(at, len, is_last)))
    }

    /// The next octets of a text; fails with the index of the first that cannot be.
    fn hear_text(&mut self, payload: &mut [u8], is_last: bool) -> Result<(), usize> {
        if self.hearing & WRONG != 0 {
            return Err(0);
        }
        unmask_text(payload, self.key, 0, &mut self.heard)?;
        if !is_last || self.heard.finish() {
            return Ok(());
        }
        // Nothing may end here: the last octet is the wrong one.
        self.hearing |= CUT;
        Err(payload.len().saturating_sub(1))
    }

    /// The text is wrong at octet `wrong` behind `at`. What comes before it is shown, as it would be if it had come alone, and the
    /// error is that of the next call: so both are the same however the input was cut.
    #[cold]
    fn stop_at(&mut self, at: usize, wrong: usize) -> Result<Heard, Error> {
        let fault = if self.hearing & CUT != 0 { &CUT_TEXT } else { &NOT_UTF8 };
        self.hearing |= WRONG;
        if wrong == 0 {
            return Err(fault.at(at as u64));
        }
        self.rest -= wrong as u64;
        Ok(self.show(at, wrong, false))
    }

    fn show(&mut self, offset: usize, len: usize, last: bool) -> Heard {
        let is = |bit| self.hearing & bit != 0;
        let (text, first, compressed) = (is(TEXT), is(FIRST), is(COMPRESSED));
        self.hearing &= if last { !(OPEN | FIRST | FIN) } else { !FIRST };
        Heard { offset, len, used: offset + len, text, first, last, compressed }
    }
}

/// What the peer says between messages, where it is a message in one frame of at most 125 octets, and `max`, all of it there, masked or
/// not, not compressed, and UTF-8 if it is text. `None`: it is something else, and nothing has changed.
#[inline(always)]
pub fn hear_whole<const MASKED: bool>(bytes: &mut [u8], max: u64) -> Option<Heard> {
    let frame::Short { text, len } = frame::short(bytes, MASKED)?;
    if len as u64 > max {
        return None;
    }
    let offset = if MASKED { 6 } else { 2 };
    let used = offset + len;
    let (header, payload) = bytes.get_mut(..used)?.split_at_mut(offset);
    // Without a mask the key is zero, and the payload only looked through.
    let key = header.get(2..).and_then(|key| key.first_chunk()).copied().unwrap_or_default();
    let is_ascii = unmask_seen(payload, key);
    if text && !is_ascii && !is_text(payload) {
        // The long way finds out where it is wrong, from octets as they came.
        unmask(payload, key, 0);
        return None;
    }
    Some(Heard { offset, len, used, text, first: true, last: true, compressed: false })
}

/// Whether all of it is UTF-8.
#[inline(never)]
fn is_text(payload: &[u8]) -> bool {
    let mut text = Utf8::default();
    text.feed(payload).is_ok() && text.finish()
}
