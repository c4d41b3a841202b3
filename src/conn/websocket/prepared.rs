//! Messages made once and sent often.

use super::NOT_OPEN;
#[cfg(feature = "deflate")]
use super::deflate::deflate_all;
use crate::conn::workspace::Workspace;
use crate::conn::{Conn, Write};
use crate::error::Error;
#[cfg(feature = "deflate")]
use crate::memory::Heap;
use crate::memory::NO_MEMORY;
#[cfg(feature = "deflate")]
use crate::websocket::deflate::Deflater;
#[cfg(feature = "deflate")]
use crate::websocket::frame::RSV1;
use crate::websocket::frame::{HEADER_MAX, encode};
use crate::websocket::machine::{Machine, Part};
use crate::websocket::mask::mask_into;
use crate::websocket::{Role, frame};

/// A whole message, validated once, and compressed once where that makes it shorter. Any thread may have it: its memory is the
/// global allocator's, and of a size that its owner decides.
pub struct Prepared {
    text: bool,
    plain: Payload,
    #[cfg(feature = "deflate")]
    packed: Option<Payload>,
}

/// Octets of a frame that no mask hides: the header as servers send it, and the payload behind it.
struct Payload {
    frame: Vec<u8>,
    at: usize,
}

impl Prepared {
    /// A message; `level`: how hard to compress it, 1 to 9, or 0 for not at all (WS-PMD-10).
    ///
    /// # Errors
    ///
    /// Text that is not UTF-8, a level out of range, no memory.
    pub fn new(text: bool, octets: &[u8], level: u8) -> Result<Self, Error> {
        let said = Machine::new(Role::Server, false).plan_part(Part::whole(text), octets)?;
        let plain = Payload::new(&said.header(octets.len(), None), octets)?;
        #[cfg(not(feature = "deflate"))]
        let _ = level;
        Ok(Self {
            text,
            plain,
            #[cfg(feature = "deflate")]
            packed: pack(&said.header(0, None), octets, level)?,
        })
    }

    /// The message as this connection may have it.
    fn payload(&self, conn: &Conn) -> &Payload {
        #[cfg(feature = "deflate")]
        if let Some(packed) = &self.packed
            && conn.takes_packed(self.plain.octets().len())
        {
            return packed;
        }
        let _ = conn;
        &self.plain
    }
}

#[cfg(feature = "deflate")]
fn pack(header: &frame::Header, octets: &[u8], level: u8) -> Result<Option<Payload>, Error> {
    if level == 0 {
        return Ok(None);
    }
    let mut packed = room_for(Deflater::bound(octets.len()))?;
    packed.resize(Deflater::bound(octets.len()), 0);
    let heap = Heap::new(Deflater::memory(15));
    let len = deflate_all(&mut Deflater::new(&heap, 15, level)?, octets, &mut packed, true)?;
    if len >= octets.len() {
        return Ok(None);
    }
    let header = frame::Header { rsv: RSV1, payload_len: len as u64, ..*header };
    Payload::new(&header, &packed[..len]).map(Some)
}

fn room_for(len: usize) -> Result<Vec<u8>, Error> {
    let mut octets = Vec::new();
    octets.try_reserve_exact(len).map_err(|_| NO_MEMORY)?;
    Ok(octets)
}

impl Payload {
    fn new(header: &frame::Header, octets: &[u8]) -> Result<Self, Error> {
        let mut head = [0; HEADER_MAX];
        let at = encode(header, &mut head);
        let mut frame = room_for(at + octets.len())?;
        frame.extend_from_slice(&head[..at]);
        frame.extend_from_slice(octets);
        Ok(Self { frame, at })
    }

    fn octets(&self) -> &[u8] {
        &self.frame[self.at..]
    }
}

impl Conn {
    /// Sends a message that was prepared; copied, all or nothing. Fails as [`send_message`](Conn::send_message).
    pub fn send_prepared(&mut self, ws: &mut Workspace, message: &Prepared) -> Result<Write, Error> {
        let socket = self.machine.kept().ok_or(NOT_OPEN)?;
        socket.machine.plan_part(Part::whole(message.text), b"")?;
        if self.refuses_message() {
            return Ok(Write::Paused);
        }
        let payload = message.payload(self);
        match self.mask(ws)? {
            None => self.output.append(&mut ws.blocks, &payload.frame)?,
            Some(key) => self.queue_masked(ws, payload, key)?,
        }
        #[cfg(feature = "deflate")]
        if payload.frame[0] & 0x40 != 0 {
            self.forget_deflated(ws);
        }
        Ok(Write::Queued)
    }

    /// The frame of a client: with a mask of its own.
    fn queue_masked(&mut self, ws: &mut Workspace, payload: &Payload, key: [u8; 4]) -> Result<(), Error> {
        let (head, at) = (&payload.frame[..payload.at], payload.at);
        let room = self.output.extend(&mut ws.blocks, payload.frame.len() + key.len())?;
        room[..at].copy_from_slice(head);
        room[1] |= 0x80;
        room[at..at + key.len()].copy_from_slice(&key);
        mask_into(payload.octets(), &mut room[at + key.len()..], key, 0);
        Ok(())
    }

    /// Whether the peer can inflate what was compressed with the largest window: what is no longer than its own refers to
    /// nothing beyond that.
    #[cfg(feature = "deflate")]
    fn takes_packed(&self, len: usize) -> bool {
        let fits = |socket: &super::Socket| len <= 1 << socket.packing.terms.our_window_bits;
        self.machine.kept().is_some_and(|socket| socket.machine.deflates() && fits(socket))
    }
}
