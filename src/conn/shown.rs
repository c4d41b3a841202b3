//! What an owner can read of a connection: the head and octets that an event refers to, and the output.
//!
//! Changes nothing. The results point into the workspace and into lent memory.

use super::bits;
use super::file_output::FileOutput;
use super::parts::Parts;
use super::send_queue::Piece;
use super::state::State;
use super::websocket::Socket;
use super::workspace::{File, Head, HeadKind, NONE, Workspace};
use crate::http1::head::Field;

/// Queries of one connection.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    parts: &'a Parts,
    ws: &'a Workspace,
}

impl<'a> Shown<'a> {
    #[inline(always)]
    pub(super) fn of(parts: &'a Parts, ws: &'a Workspace) -> Self {
        Self { parts, ws }
    }

    /// The head of the last head event or trailers; its kind is `None` when there is none.
    #[inline]
    pub fn head(self) -> Option<(&'a Head, &'a [Field])> {
        let slab = self.ws.heads.find(self.parts.head)?;
        (slab.head.kind != HeadKind::None).then(|| (&slab.head, slab.fields.as_slice()))
    }

    /// The trailers of a request that is shown whole, in the same window as its head.
    pub fn trailers(self) -> &'a [Field] {
        if self.parts.head == NONE { &[] } else { self.ws.heads.get(self.parts.head).trailers.as_slice() }
    }

    /// Whether the owner may answer the error that it was just given.
    pub fn is_refusing(self) -> bool {
        self.parts.is_refusing()
    }

    /// The held bytes, for spans and heads whose window is [`Window::Held`](super::Window::Held).
    #[inline]
    pub fn held(self) -> &'a [u8] {
        self.parts.recv.held(&self.ws.held)
    }

    /// The octets of spans whose window is [`Window::Scratch`](super::Window::Scratch).
    #[inline]
    pub fn scratch(self) -> &'a [u8] {
        if self.parts.head == NONE { &[] } else { self.ws.heads.get(self.parts.head).scratch().octets() }
    }

    /// Octets of the workspace that the connection holds and returns when it ends: unsent output, unread input, an
    /// incomplete head or message, an incomplete TLS record, permessage-deflate codecs. Its own struct and its TLS
    /// state are not included. The cost is proportional to its blocks of output.
    pub fn memory(self) -> usize {
        let head = if self.parts.head == NONE { 0 } else { self.ws.heads.get(self.parts.head).size() };
        let output = self.parts.queue.memory(&self.ws.blocks) + self.parts.transport.memory(self.ws);
        output
            + self.parts.recv.memory(&self.ws.held)
            + head
            + self.parts.protocol.websocket().map_or(0, Socket::deflate_memory)
    }

    /// The file at the front of the output, as far as it is not sent: [`pieces`](Self::pieces) has nothing to show before it. `None`: there is
    /// none, or records are to leave first.
    pub fn file(self) -> Option<File> {
        if self.parts.transport.has_room() { self.parts.queue.file(&self.ws.blocks) } else { None }
    }

    /// That file, and what its owner does with it.
    pub fn file_output(self) -> Option<FileOutput> {
        let file = self.file()?;
        Some(if self.parts.seals() { FileOutput::Read(file) } else { FileOutput::Send(file) })
    }

    /// Shows the queued output in order until `each` answers `false`. The octets keep address and content until they are
    /// `sent`. Over TLS these are the records that `seal` has made.
    #[inline(always)]
    pub fn pieces(self, each: impl FnMut(Piece<'a>) -> bool) {
        let (output, blocks) = self.parts.transport.outgoing(&self.parts.queue, self.ws);
        output.pieces(blocks, each);
    }

    /// Like `pieces`, up to the configured `output_max` octets.
    pub fn next_pieces(self, mut each: impl FnMut(Piece<'a>) -> bool) {
        let mut room = self.parts.config.limits.output_max as usize;
        self.pieces(|piece| {
            let piece = piece.up_to(room);
            room -= piece.octets();
            each(piece) && room > 0
        });
    }

    /// After [`NotReady::Idle`](super::NotReady::Idle): the whole output, if it can be sent in one stretch and then
    /// reported by `sent_all`, as nearly always.
    #[inline(always)]
    pub fn last_piece(self) -> Option<&'a [u8]> {
        if self.parts.queue.was_refused() {
            return None;
        }
        debug_assert!(self.parts.is_at_rest());
        self.parts.queue.only_piece(&self.ws.blocks)
    }

    /// The whole output, if it is one stretch, within `output_max`, and not to be sealed: what
    /// [`next_pieces`](Self::next_pieces) shows. `None`: use that.
    #[inline(always)]
    pub fn only_output(self) -> Option<&'a [u8]> {
        if self.parts.lifecycle.is_secured() {
            return None;
        }
        let piece = self.parts.queue.only_piece(&self.ws.blocks)?;
        if piece.len() <= self.parts.config.limits.output_max as usize { Some(piece) } else { None }
    }

    /// Whether the connection is in the state that a fast turn requires.
    pub fn is_ready_for_fast_turn(self) -> bool {
        let state = State::of(self.parts, self.ws).state_in_full();
        self.parts.timers.waits_for_frame() && state == bits::WANT_READ
    }
}
