//! Messages out.

use super::NOT_OPEN;
use crate::conn::workspace::Workspace;
use crate::conn::{Conn, Write};
use crate::error::Error;
use crate::websocket::frame::{HEADER_MAX, encode};
use crate::websocket::machine::{Part, Said};
use crate::websocket::mask::mask_into;

impl Conn {
    /// Sends a message, or a part of one; copied, all or nothing.
    ///
    /// Fails with `State` where no WebSocket is open or a part does not continue the message under way, `Utf8` where text is not
    /// UTF-8, `WsClosing` behind a Close, `Entropy` where a client's workspace has no seed; nothing was sent then.
    #[inline]
    pub fn send_message(&mut self, ws: &mut Workspace, part: Part, octets: &[u8]) -> Result<Write, Error> {
        let socket = self.machine.kept().ok_or(NOT_OPEN)?;
        match socket.machine.plan_plain(part, octets) {
            Some(header) if !self.is_full() => {
                let mut head = [0; HEADER_MAX];
                let at = encode(&header, &mut head);
                let room = self.queue.extend(&mut ws.blocks, at + octets.len())?;
                room[..at].copy_from_slice(&head[..at]);
                room[at..].copy_from_slice(octets);
                Ok(Write::Queued)
            }
            _ => self.send_any_message(ws, part, octets),
        }
    }

    #[inline(never)]
    pub(in crate::conn) fn send_any_message(
        &mut self,
        ws: &mut Workspace,
        part: Part,
        octets: &[u8],
    ) -> Result<Write, Error> {
        let socket = self.machine.kept().ok_or(NOT_OPEN)?;
        let said = socket.machine.plan_part(part, octets)?;
        if self.refuses_message() {
            return Ok(Write::Paused);
        }
        self.queue_part(ws, &said, part, octets)?;
        if let Some(socket) = self.machine.kept_mut() {
            socket.machine.say(&said);
        }
        Ok(Write::Queued)
    }

    #[inline(always)]
    fn queue_part(&mut self, ws: &mut Workspace, said: &Said, _part: Part, octets: &[u8]) -> Result<(), Error> {
        #[cfg(feature = "deflate")]
        if said.is_compressed() {
            return self.queue_compressed(ws, said, _part, octets);
        }
        self.queue_frame(ws, said, octets)
    }

    /// Queues a frame in one stretch, or nothing.
    #[inline]
    fn queue_frame(&mut self, ws: &mut Workspace, said: &Said, payload: &[u8]) -> Result<(), Error> {
        let key = self.mask(ws)?;
        let mut head = [0; HEADER_MAX];
        let at = encode(&said.header(payload.len(), key), &mut head);
        let room = self.queue.extend(&mut ws.blocks, at + payload.len())?;
        let (head_room, payload_room) = room.split_at_mut(at);
        head_room.copy_from_slice(&head[..at]);
        match key {
            None => payload_room.copy_from_slice(payload),
            Some(key) => mask_into(payload, payload_room, key, 0),
        }
        Ok(())
    }
}
