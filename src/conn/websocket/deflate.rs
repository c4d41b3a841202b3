//! Sending compressed messages.

use super::control::Control;
use super::faults::NOT_OPEN;
use crate::conn::parts::Parts;
use crate::conn::workspace::{NONE, Workspace};
use crate::error::Error;
use crate::websocket::deflate::{Deflater, Next};
use crate::websocket::frame::{HEADER_MAX, encode};
use crate::websocket::machine::{Part, PlannedFrame};
use crate::websocket::mask::unmask;

/// Compresses a part into `out`, which has [room](Deflater::bound) for it; returns the length.
pub(super) fn deflate_all(deflater: &mut Deflater, octets: &[u8], out: &mut [u8], last: bool) -> Result<usize, Error> {
    let (mut used, mut written) = (0, 0);
    loop {
        let step = deflater.deflate(&octets[used..], &mut out[written..], last)?;
        used += step.used;
        written += step.written;
        if step.next != Next::Room {
            return Ok(written);
        }
    }
}

/// A WebSocket that sends compressed messages.
pub struct Deflating<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Deflating<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Queues the frame of a compressed part, or nothing: reserves the maximum first, and frees what was not needed.
    #[inline(never)]
    pub fn queue_compressed(&mut self, said: &PlannedFrame, part: Part, octets: &[u8]) -> Result<(), Error> {
        let key = Control::of(self.parts, self.ws).mask()?;
        let bound = HEADER_MAX + Deflater::bound(octets.len());
        let end = self.parts.queue.tail();
        self.parts.queue.extend(&mut self.ws.blocks, bound)?;
        let written = self.write_compressed(said, octets, (key, part.last, bound));
        let len = written.unwrap_or(0);
        self.parts.queue.retract(&mut self.ws.blocks, bound - len);
        self.parts.queue.shrink_tail(&mut self.ws.blocks, end);
        if part.last || written.is_err() {
            self.give_back_deflater();
        }
        written.map(drop)
    }

    /// Writes the frame to the last `bound` octets queued; returns its length.
    fn write_compressed(
        &mut self,
        said: &PlannedFrame,
        octets: &[u8],
        (key, last, bound): (Option<[u8; 4]>, bool, usize),
    ) -> Result<usize, Error> {
        let deflater = self.take_deflater()?;
        let room = self.parts.queue.last_mut(&mut self.ws.blocks, bound);
        let len = deflate_all(self.ws.codecs.deflater(deflater)?, octets, &mut room[HEADER_MAX..], last)?;
        let mut head = [0; HEADER_MAX];
        let at = encode(&said.header(len, key), &mut head);
        room.copy_within(HEADER_MAX..HEADER_MAX + len, at);
        room[..at].copy_from_slice(&head[..at]);
        if let Some(key) = key {
            unmask(&mut room[at..at + len], key, 0);
        }
        Ok(at + len)
    }

    fn take_deflater(&mut self) -> Result<u32, Error> {
        let level = self.parts.config.deflate.level;
        let socket = self.parts.protocol.websocket_mut().ok_or(NOT_OPEN)?;
        if socket.deflate.deflater == NONE {
            socket.deflate.deflater = self.ws.codecs.take_deflater(socket.deflate.terms.our_window_bits, level)?;
        }
        Ok(socket.deflate.deflater)
    }

    /// The message is complete: frees the deflater if its window need not survive.
    fn give_back_deflater(&mut self) {
        if self.parts.protocol.websocket().is_some_and(|socket| socket.deflate.terms.our_no_context_takeover) {
            self.forget_deflated();
        }
    }

    /// The peer's window has octets unknown to our deflater: resets it.
    pub fn forget_deflated(&mut self) {
        if let Some(socket) = self.parts.protocol.websocket_mut() {
            socket.deflate.drop_deflater(self.ws);
        }
    }
}
