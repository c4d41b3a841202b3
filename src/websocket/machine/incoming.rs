//! Frames in.
//!
//! Owns the frame that comes and where the peer's side stands; what its message is, [`Message`] knows.

use super::bits::{COMPRESSED, FIN, INFLATING, OPEN, SERVER, TEXT};
use super::faults::{MASKED, NOT_MASKED};
use super::message::Message;
use super::state::{Cue, Side};
use super::step::{Heard, Step};
use super::whole::hear_whole;
use crate::error::{Error, Fault};
use crate::guard::MessageLimits;
use crate::narrow::in_memory;
use crate::websocket::close;
use crate::websocket::frame::{self, Header, opcode};
use crate::websocket::mask::unmask;

/// What the peer sends. Every idle connection pays for it, so its counts lie where they fit.
#[derive(Clone, Copy)]
#[repr(Rust, packed(2))]
pub struct Incoming {
    /// Octets of the present data frame that have not come yet; 0 between frames.
    rest: u64,
    /// The masking key as it is for the next octet of the present frame.
    key: [u8; 4],
    message: Message,
    side: Side,
}

impl Incoming {
    /// Of a fresh connection; `lasting`: the bits that hold for all messages.
    pub fn new(lasting: u16) -> Self {
        Self { rest: 0, key: [0; 4], message: Message::new(lasting), side: Side::Open }
    }

    /// Where the peer's side stands.
    #[inline]
    pub fn side(&self) -> Side {
        self.side
    }

    /// The message that comes.
    #[inline(always)]
    pub fn message(&self) -> &Message {
        &self.message
    }

    /// The same, to be inflated.
    #[inline(always)]
    pub fn message_mut(&mut self) -> &mut Message {
        &mut self.message
    }

    /// Whether frames that come are a client's.
    #[inline(always)]
    fn is_server(&self) -> bool {
        self.message.has(SERVER)
    }

    /// Whether a data frame goes on.
    #[inline]
    pub fn is_within_frame(&self) -> bool {
        self.rest != 0
    }

    /// Whether a frame or a message is under way.
    pub fn is_within(&self) -> bool {
        self.rest != 0 || self.message.has(OPEN)
    }

    /// Whether there is something of a message to go on with, and not a control frame; `first`: the next octet, if there is one.
    pub fn goes_on_with_data(&self, first: Option<u8>) -> bool {
        let is_data = |first: u8| self.rest != 0 || !opcode::is_control(first & 0x0f);
        self.message.has(INFLATING) || first.is_some_and(is_data)
    }

    /// The peer broke the protocol, or its transport ended.
    pub fn fail(&mut self) {
        self.side = self.side.after(Cue::Fail).unwrap_or(self.side);
    }

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
        let whole = match self.is_server() {
            _ if self.message.has(OPEN | INFLATING) => None,
            true => hear_whole::<true>(bytes, max),
            false => hear_whole::<false>(bytes, max),
        };
        match whole {
            Some(heard) => Ok(Step::Part(heard)),
            None => self.hear_any(bytes, limits),
        }
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
        self.message.check_first(&header).map_err(|fault| fault.at(0))?;
        self.check_mask(header.masked).map_err(|fault| fault.at(1))?;
        if opcode::is_control(header.opcode) {
            return self.hear_control(&header, bytes);
        }
        self.message.check_size(&header, limits).map_err(|fault| fault.at(1))?;
        self.message.begin_frame(&header);
        (self.rest, self.key) = (header.payload_len, header.key);
        self.hear_payload(bytes, header.len.into())
    }

    /// What the octets of a header that is not whole, or not sound, already show: the first offending one decides, and at once.
    #[cold]
    fn check_begun(&self, bytes: &[u8], limits: &MessageLimits) -> Result<(), Error> {
        let Some((&first, rest)) = bytes.split_first() else { return Ok(()) };
        frame::decode(&[first])?;
        let begun = Header { opcode: first & 0x0f, rsv: first >> 4 & 7, ..Header::default() };
        self.message.check_first(&begun).map_err(|fault| fault.at(0))?;
        let Some((&second, length)) = rest.split_first() else { return Ok(()) };
        self.check_mask(second & 0x80 != 0).map_err(|fault| fault.at(1))?;
        // As if the key had been left out: the length is judged before the key has come.
        let mut header = [0; 10];
        let len = length.len().min(8);
        (header[0], header[1]) = (first, second & 0x7f);
        header[2..2 + len].copy_from_slice(&length[..len]);
        match frame::decode(&header[..2 + len])? {
            Some(header) if !opcode::is_control(header.opcode) => {
                self.message.check_size(&header, limits).map_err(|fault| fault.at(1))
            }
            _ => Ok(()),
        }
    }

    fn check_mask(&self, masked: bool) -> Result<(), &'static Fault> {
        match (self.is_server(), masked) {
            (true, false) => Err(&NOT_MASKED),
            (false, true) => Err(&MASKED),
            _ => Ok(()),
        }
    }

    /// The octets of the present frame that have come; `at` is where they begin in the window.
    #[inline(never)]
    fn hear_payload(&mut self, bytes: &mut [u8], at: usize) -> Result<Step, Error> {
        let payload = &mut bytes[at..];
        let len = payload.len().min(usize::try_from(self.rest).unwrap_or(usize::MAX));
        let payload = &mut payload[..len];
        let is_last = self.rest == len as u64 && self.message.has(FIN);
        if self.message.is(TEXT | COMPRESSED, TEXT) {
            if let Err(wrong) = self.message.hear_text(payload, self.key, is_last) {
                return self.stop_at(at, wrong).map(Step::Part);
            }
        } else if self.is_server() {
            unmask(payload, self.key, 0);
        }
        self.key.rotate_left(len % 4);
        self.rest -= len as u64;
        if len == 0 && !is_last {
            return Ok(Step::Starved { used: at });
        }
        Ok(Step::Part(self.show(at, len, is_last)))
    }

    /// The text is wrong at octet `wrong` behind `at`. What comes before it is shown, as it would be if it had come alone, and the
    /// error is that of the next call: so both are the same however the input was cut.
    #[cold]
    fn stop_at(&mut self, at: usize, wrong: usize) -> Result<Heard, Error> {
        let fault = self.message.stop();
        if wrong == 0 {
            return Err(fault.at(at as u64));
        }
        self.rest -= wrong as u64;
        Ok(self.show(at, wrong, false))
    }

    fn show(&mut self, offset: usize, len: usize, last: bool) -> Heard {
        let first = self.message.show(last);
        let (text, compressed) = (self.message.has(TEXT), self.message.has(COMPRESSED));
        Heard { offset, len, used: offset + len, text, first, last, compressed }
    }

    /// A control frame whose header was checked: whole, or for later.
    fn hear_control(&mut self, header: &Header, bytes: &mut [u8]) -> Result<Step, Error> {
        let (offset, len) = (usize::from(header.len), in_memory(header.payload_len));
        let used = offset + len;
        let Some(payload) = bytes.get_mut(offset..used) else { return Ok(Step::Starved { used: 0 }) };
        unmask(payload, header.key, 0);
        match header.opcode {
            opcode::PING => Ok(Step::Ping { offset, len, used }),
            opcode::PONG => Ok(Step::Pong { offset, len, used }),
            _ => {
                let code = close::parse(payload).map_err(|error| error.fault.at(offset as u64 + error.offset))?;
                // A second one is not looked at: the connection hears nothing behind the first.
                self.side = self.side.after(Cue::Close).unwrap_or(self.side);
                let code_len = len.min(2);
                Ok(Step::Close { code, offset: offset + code_len, len: len - code_len, used })
            }
        }
    }
}
