//! Sending messages.

use super::control::Control;
#[cfg(feature = "deflate")]
use super::deflate::Deflating;
use super::fast_messages::FastMessages;
use super::faults::NOT_OPEN;
use super::prepared::{Payload, Prepared};
use super::socket::Socket;
use crate::conn::parts::Parts;
use crate::conn::workspace::Workspace;
use crate::conn::write::Write;
use crate::error::Error;
use crate::websocket::frame::{HEADER_MAX, encode};
use crate::websocket::machine::{Part, PlannedFrame};
use crate::websocket::mask::mask_into;

/// A WebSocket that sends messages.
pub struct Send<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Send<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Sends a message, or a part of one; copied, all or nothing.
    ///
    /// Fails with `State` if no WebSocket is open or a part does not continue the current message, `Utf8` if text is
    /// not UTF-8, `WsClosing` after a Close, `Entropy` if a client's workspace has no seed; nothing was sent then.
    #[inline]
    pub fn send_message(self, part: Part, octets: &[u8]) -> Result<Write, Error> {
        let is_whole = part.first & part.last;
        if is_whole && FastMessages::of(self.parts, self.ws).send(part.text, part.compressed, octets) {
            return Ok(Write::Queued);
        }
        self.send_any_message(part, octets)
    }

    #[inline(never)]
    pub fn send_any_message(mut self, part: Part, octets: &[u8]) -> Result<Write, Error> {
        let socket = self.parts.protocol.websocket().ok_or(NOT_OPEN)?;
        let said = socket.machine.outgoing().plan_part(part, octets)?;
        if self.parts.refuses_write() {
            return Ok(Write::Paused);
        }
        self.queue_part(&said, part, octets)?;
        if let Some(socket) = self.parts.protocol.websocket_mut() {
            socket.machine.outgoing_mut().commit(&said);
        }
        Ok(Write::Queued)
    }

    #[inline(always)]
    fn queue_part(&mut self, said: &PlannedFrame, _part: Part, octets: &[u8]) -> Result<(), Error> {
        #[cfg(feature = "deflate")]
        if said.is_compressed() {
            return Deflating::of(self.parts, self.ws).queue_compressed(said, _part, octets);
        }
        self.queue_frame(said, octets)
    }

    /// Queues a frame in one stretch, or nothing.
    #[inline]
    fn queue_frame(&mut self, said: &PlannedFrame, payload: &[u8]) -> Result<(), Error> {
        let key = Control::of(self.parts, self.ws).mask()?;
        let mut head = [0; HEADER_MAX];
        let at = encode(&said.header(payload.len(), key), &mut head);
        let room = self.parts.queue.extend(&mut self.ws.blocks, at + payload.len())?;
        let (head_room, payload_room) = room.split_at_mut(at);
        head_room.copy_from_slice(&head[..at]);
        match key {
            None => payload_room.copy_from_slice(payload),
            Some(key) => mask_into(payload, payload_room, key, 0),
        }
        Ok(())
    }

    /// Sends a prepared message; copied, all or nothing. Fails like [`send_message`](Send::send_message).
    pub fn send_prepared(&mut self, message: &Prepared) -> Result<Write, Error> {
        let socket = self.parts.protocol.websocket().ok_or(NOT_OPEN)?;
        socket.machine.outgoing().plan_part(Part::whole(message.is_text()), b"")?;
        if self.parts.refuses_write() {
            return Ok(Write::Paused);
        }
        // A message compressed with the largest window can be inflated with a smaller one that it does not exceed: it
        // refers to nothing beyond that.
        let window = self.parts.protocol.websocket().and_then(Socket::inflatable);
        let payload =
            message.payload(|len| window.is_some_and(|window| len <= window), self.parts.config.deflate.level, self.ws);
        match Control::of(self.parts, self.ws).mask()? {
            None => self.parts.queue.append(&mut self.ws.blocks, payload.frame())?,
            Some(key) => self.queue_masked(payload, key)?,
        }
        #[cfg(feature = "deflate")]
        if payload.is_compressed() {
            Deflating::of(self.parts, self.ws).forget_deflated();
        }
        Ok(Write::Queued)
    }

    /// Queues a client's frame, with its own mask.
    fn queue_masked(&mut self, payload: &Payload, key: [u8; 4]) -> Result<(), Error> {
        let (head, octets) = (payload.head(), payload.octets());
        let room = self.parts.queue.extend(&mut self.ws.blocks, payload.frame().len() + key.len())?;
        let at = head.len();
        room[..at].copy_from_slice(head);
        room[1] |= 0x80;
        room[at..at + key.len()].copy_from_slice(&key);
        mask_into(octets, &mut room[at + key.len()..], key, 0);
        Ok(())
    }
}
