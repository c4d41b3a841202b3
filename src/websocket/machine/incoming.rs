//! Receiving frames.
//!
//! Owns the state of the peer's current frame and of its side; [`Message`] has that of its message.

use super::bits::{COMPRESSED, FIN, INFLATING, OPEN, SERVER, TEXT};
use super::fast::recv_fast;
use super::faults::{MASKED, NOT_MASKED};
use super::message::Message;
use super::state::{Cue, Side};
use super::step::{MessagePart, Step};
use crate::error::{Error, Fault};
use crate::guard::MessageLimits;
use crate::narrow::in_memory;
use crate::websocket::close;
use crate::websocket::frame::{self, Header, opcode};
use crate::websocket::mask::unmask;

/// The receiving half. Packed, since every idle connection has one.
#[derive(Clone, Copy)]
#[repr(Rust, packed(2))]
pub struct Incoming {
    /// Octets of the current data frame still to come; 0 between frames.
    remaining: u64,
    /// The masking key, rotated to the next octet.
    key: [u8; 4],
    message: Message,
    side: Side,
}

impl Incoming {
    /// The state of a fresh connection; `lasting`: the bits that hold for all messages.
    pub fn new(lasting: u16) -> Self {
        Self { remaining: 0, key: [0; 4], message: Message::new(lasting), side: Side::Open }
    }

    /// The state of the peer's side.
    #[inline]
    pub fn side(&self) -> Side {
        self.side
    }

    /// The message being received.
    #[inline(always)]
    pub fn message(&self) -> &Message {
        &self.message
    }

    /// The message being received, for inflating.
    #[inline(always)]
    pub fn message_mut(&mut self) -> &mut Message {
        &mut self.message
    }

    /// Whether the peer is a client.
    #[inline(always)]
    fn is_server(&self) -> bool {
        self.message.has(SERVER)
    }

    /// Whether a data frame is in progress.
    #[inline]
    pub fn is_within_frame(&self) -> bool {
        self.remaining != 0
    }

    /// Whether a frame or a message is in progress.
    pub fn is_within(&self) -> bool {
        self.remaining != 0 || self.message.has(OPEN)
    }

    /// Whether the next input belongs to a message rather than a control frame; `first` is the next octet, if any.
    pub fn expects_data(&self, first: Option<u8>) -> bool {
        let is_data = |first: u8| self.remaining != 0 || !opcode::is_control(first & 0x0f);
        self.message.has(INFLATING) || first.is_some_and(is_data)
    }

    /// The peer violated the protocol, or its transport ended.
    pub fn fail(&mut self) {
        self.side = self.side.after(Cue::Fail).unwrap_or(self.side);
    }

    /// Reads the octets that earlier calls have not consumed, up to the first thing to deliver. Unmasks them in place.
    ///
    /// An uncompressed single-frame message that is complete in the window is one part. Other parts are as long as
    /// frame and window allow. A control frame is delivered complete, or the result is [`Step::NeedInput`].
    ///
    /// # Errors
    ///
    /// The first offending octet, with the close code as status. The side is failed then and must not be read further
    /// (WS-CLOSE-07).
    #[inline]
    pub fn recv(&mut self, bytes: &mut [u8], limits: &MessageLimits) -> Result<Step, Error> {
        let max = limits.one_frame_max();
        let whole = match self.is_server() {
            _ if self.message.has(OPEN | INFLATING) => None,
            true => recv_fast::<true>(bytes, max),
            false => recv_fast::<false>(bytes, max),
        };
        match whole {
            Some(part) => Ok(Step::Part(part)),
            None => self.recv_full(bytes, limits),
        }
    }

    /// The full way: every other frame, and the remainder of a frame.
    #[inline(never)]
    fn recv_full(&mut self, bytes: &mut [u8], limits: &MessageLimits) -> Result<Step, Error> {
        if self.remaining != 0 {
            return self.recv_payload(bytes, 0);
        }
        match frame::decode(bytes) {
            Ok(Some(header)) => self.recv_frame(header, bytes, limits),
            checked => self.check_partial(bytes, limits).and(checked).map(|_| Step::NeedInput { used: 0 }),
        }
    }

    /// A frame with a complete header.
    #[inline(never)]
    fn recv_frame(&mut self, header: Header, bytes: &mut [u8], limits: &MessageLimits) -> Result<Step, Error> {
        self.message.check_first(&header).map_err(|fault| fault.at(0))?;
        self.check_mask(header.masked).map_err(|fault| fault.at(1))?;
        if opcode::is_control(header.opcode) {
            return self.recv_control(&header, bytes);
        }
        self.message.check_size(&header, limits).map_err(|fault| fault.at(1))?;
        self.message.begin_frame(&header);
        (self.remaining, self.key) = (header.payload_len, header.key);
        self.recv_payload(bytes, header.len.into())
    }

    /// Checks an incomplete or invalid header, so that the first offending octet is reported as soon as it arrives.
    #[cold]
    fn check_partial(&self, bytes: &[u8], limits: &MessageLimits) -> Result<(), Error> {
        let Some((&first, remaining)) = bytes.split_first() else { return Ok(()) };
        frame::decode(&[first])?;
        let begun = Header { opcode: first & 0x0f, rsv: first >> 4 & 7, ..Header::default() };
        self.message.check_first(&begun).map_err(|fault| fault.at(0))?;
        let Some((&second, length)) = remaining.split_first() else { return Ok(()) };
        self.check_mask(second & 0x80 != 0).map_err(|fault| fault.at(1))?;
        // Decode without the key: the length is checked before the key arrives.
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

    /// The received octets of the current frame, which begin at `at` in the window.
    #[inline(never)]
    fn recv_payload(&mut self, bytes: &mut [u8], at: usize) -> Result<Step, Error> {
        let payload = &mut bytes[at..];
        let len = payload.len().min(usize::try_from(self.remaining).unwrap_or(usize::MAX));
        let payload = &mut payload[..len];
        let is_last = self.remaining == len as u64 && self.message.has(FIN);
        if self.message.is(TEXT | COMPRESSED, TEXT) {
            if let Err(wrong) = self.message.recv_text(payload, self.key, is_last) {
                return self.stop_at(at, wrong).map(Step::Part);
            }
        } else if self.is_server() {
            unmask(payload, self.key, 0);
        }
        self.key.rotate_left(len % 4);
        self.remaining -= len as u64;
        if len == 0 && !is_last {
            return Ok(Step::NeedInput { used: at });
        }
        Ok(Step::Part(self.deliver(at, len, is_last)))
    }

    /// The text is invalid at octet `wrong` after `at`. Delivers the octets before it, as if they had come alone; the
    /// next call reports the error. So the result does not depend on how the input was cut.
    #[cold]
    fn stop_at(&mut self, at: usize, wrong: usize) -> Result<MessagePart, Error> {
        let fault = self.message.stop();
        if wrong == 0 {
            return Err(fault.at(at as u64));
        }
        self.remaining -= wrong as u64;
        Ok(self.deliver(at, wrong, false))
    }

    fn deliver(&mut self, offset: usize, len: usize, last: bool) -> MessagePart {
        let first = self.message.deliver(last);
        let (text, compressed) = (self.message.has(TEXT), self.message.has(COMPRESSED));
        MessagePart { offset, len, used: offset + len, text, first, last, compressed }
    }

    /// A control frame with a checked header: delivered when complete.
    fn recv_control(&mut self, header: &Header, bytes: &mut [u8]) -> Result<Step, Error> {
        let (offset, len) = (usize::from(header.len), in_memory(header.payload_len));
        let used = offset + len;
        let Some(payload) = bytes.get_mut(offset..used) else { return Ok(Step::NeedInput { used: 0 }) };
        unmask(payload, header.key, 0);
        match header.opcode {
            opcode::PING => Ok(Step::Ping { offset, len, used }),
            opcode::PONG => Ok(Step::Pong { offset, len, used }),
            _ => {
                let code = close::parse(payload).map_err(|error| error.fault.at(offset as u64 + error.offset))?;
                // A second Close is never read: the connection reads nothing after the first.
                self.side = self.side.after(Cue::Close).unwrap_or(self.side);
                let code_len = len.min(2);
                Ok(Step::Close { code, offset: offset + code_len, len: len - code_len, used })
            }
        }
    }
}
