//! Sending content: streamed messages, raw octets after a switch, and their end.

use crate::conn::ending::Ending;
use crate::conn::exchange_end::ExchangeEnd;
use crate::conn::parts::Parts;
use crate::conn::send_queue::{SendQueue, Staged};
use crate::conn::workspace::{Blocks, Lent, Place, Workspace};
use crate::conn::write::Write;
use crate::error::{Code, Error};
use crate::http1::chunk::{CHUNK_END, LAST_CHUNK, chunk_head};
use crate::http1::machine::state::Side;
use crate::http1::machine::{NOT_NOW, Wrapping};
use crate::http1::write::{FieldRef, check_trailers, write_trailers};

/// Queues a copy of content, as a chunk if wanted, in one stretch, or nothing. (An empty chunk would be the last one.)
#[inline]
fn queue_content(output: &mut SendQueue, blocks: &mut Blocks, is_chunk: bool, content: &[u8]) -> Result<(), Error> {
    if content.is_empty() {
        return Ok(());
    }
    let mut head = [0; 18];
    let (head_len, end) =
        if is_chunk { (chunk_head(content.len() as u64, &mut head), &CHUNK_END[..]) } else { (0, &b""[..]) };
    let room = output.extend(blocks, head_len + content.len() + end.len())?;
    room[..head_len].copy_from_slice(&head[..head_len]);
    room[head_len..head_len + content.len()].copy_from_slice(content);
    room[head_len + content.len()..].copy_from_slice(end);
    Ok(())
}

/// A connection that sends content.
pub struct SendContent<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> SendContent<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// [`Http1::send`](super::Http1::send).
    pub fn send(&mut self, content: &[u8]) -> Result<Write, Error> {
        let len = content.len() as u64;
        let wrapping = self.plan_send(len)?;
        if content.is_empty() || wrapping == Wrapping::Dropped {
            return Ok(Write::Queued);
        }
        if self.parts.refuses_write() {
            return Ok(Write::Paused);
        }
        queue_content(&mut self.parts.queue, &mut self.ws.blocks, wrapping == Wrapping::Chunk, content)?;
        self.parts.protocol.sent_content(len);
        Ok(Write::Queued)
    }

    /// [`Http1::send_lent`](super::Http1::send_lent).
    pub fn send_lent(&mut self, content: &[u8], token: u64) -> Result<Write, Error> {
        if self.parts.seals() {
            return self.send_copied(content, token);
        }
        let place = Place::Memory(content.as_ptr().expose_provenance());
        self.send_piece(Lent { place, len: content.len(), token })
    }

    /// Released when the copy has left the queue.
    fn send_copied(&mut self, content: &[u8], token: u64) -> Result<Write, Error> {
        let len = content.len() as u64;
        let wrapping = self.plan_send(len)?;
        // The token of dropped octets is released in order.
        let content = if wrapping == Wrapping::Dropped { &[] } else { content };
        if !content.is_empty() && self.parts.refuses_write() {
            return Ok(Write::Paused);
        }
        let mut staged = Staged::new(&mut self.ws.blocks);
        staged.lend(Lent { place: Place::Memory(0), len: 0, token })?;
        queue_content(&mut self.parts.queue, staged.blocks(), wrapping == Wrapping::Chunk, content)?;
        staged.commit(&mut self.parts.queue);
        self.parts.protocol.sent_content(len);
        Ok(Write::Queued)
    }

    /// Queues content that stays in place, without reading it.
    pub fn send_piece(&mut self, lent: Lent) -> Result<Write, Error> {
        let len = lent.len as u64;
        let wrapping = self.plan_send(len)?;
        if wrapping == Wrapping::Dropped {
            // It is not sent, and is released in order.
            let nothing = Lent { place: Place::Memory(0), len: 0, token: lent.token };
            return self.parts.queue.lend(&mut self.ws.blocks, nothing).map(|()| Write::Queued);
        }
        if self.parts.refuses_write() {
            return Ok(Write::Paused);
        }
        let blocks = &mut self.ws.blocks;
        if wrapping == Wrapping::None {
            self.parts.queue.lend(blocks, lent)?;
            self.parts.protocol.sent_content(len);
            return Ok(Write::Queued);
        }
        // The end of the chunk is made before anything is queued, so that a failure leaves nothing behind.
        let mut head = [0; 18];
        let head_len = chunk_head(len, &mut head);
        let mut staged = Staged::new(blocks);
        staged.lend(lent)?;
        staged.copy(CHUNK_END)?;
        self.parts.queue.append(staged.blocks(), &head[..head_len])?;
        staged.commit(&mut self.parts.queue);
        self.parts.protocol.sent_content(len);
        Ok(Write::Queued)
    }

    fn plan_send(&self, len: u64) -> Result<Wrapping, Error> {
        match self.parts.sides.our_side() {
            // A WebSocket takes messages.
            Side::Switched if self.parts.is_websocket() => Err(NOT_NOW),
            Side::Switched => Ok(Wrapping::None),
            _ => self.parts.protocol.exchange().plan_content(&self.parts.sides, len),
        }
    }

    /// [`Http1::finish`](super::Http1::finish).
    pub fn finish<'f>(&mut self, trailers: impl Iterator<Item = FieldRef<'f>> + Clone) -> Result<Write, Error> {
        let has_trailers = trailers.clone().next().is_some();
        if self.parts.sides.our_side() == Side::Switched {
            return if has_trailers || self.parts.is_websocket() { Err(NOT_NOW) } else { self.finish_raw() };
        }
        let planned = self.parts.protocol.exchange().plan_finish(&self.parts.sides, has_trailers);
        if planned.is_err_and(|error| error.code() == Code::BodyLength) {
            // RFC 9112 §8: the declared length cannot be met; only the end of the connection says so.
            Ending::of(self.parts, self.ws).close_now();
        }
        if planned? {
            self.queue_last_chunk(trailers)?;
        }
        self.parts.protocol.exchange_mut().end_our_message(&mut self.parts.sides)?;
        ExchangeEnd::of(self.parts, self.ws).after_message();
        Ok(Write::Queued)
    }

    fn queue_last_chunk<'f>(&mut self, trailers: impl Iterator<Item = FieldRef<'f>> + Clone) -> Result<(), Error> {
        let size = check_trailers(trailers.clone())?;
        let room = self.parts.queue.extend(&mut self.ws.blocks, LAST_CHUNK.len() + size)?;
        room[..LAST_CHUNK.len()].copy_from_slice(LAST_CHUNK);
        write_trailers(trailers, &mut room[LAST_CHUNK.len()..]).map(drop)
    }

    fn finish_raw(&mut self) -> Result<Write, Error> {
        self.parts.sides.finish_raw()?;
        Ending::of(self.parts, self.ws).conclude();
        if self.parts.lifecycle.is_peer_end_reported() {
            Ending::of(self.parts, self.ws).close_when_flushed();
        }
        Ok(Write::Queued)
    }
}
