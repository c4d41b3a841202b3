//! Gathers pieces that one event will show, in the connection's slab, until they are complete.
//!
//! For WebSocket messages and for content of requests, with one budget for all gathered octets of a workspace
//! (`Workspace::limit_messages`). The largest holder pays: its octets are evicted, and its connection learns it with
//! the next piece.

use crate::conn::event::{Span, Window};
use crate::conn::evicted;
use crate::conn::parts::Parts;
use crate::conn::workspace::Workspace;
use crate::error::Error;

/// A connection that gathers.
pub struct Gather<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Gather<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Takes a slab to gather in, unless there is one. Fails if its content was evicted.
    pub fn begin(&mut self) -> Result<(), Error> {
        self.parts.head_slab(self.ws)?;
        self.check()
    }

    /// Adds the octets of a span; `most` is the maximum for all of them.
    pub fn add(&mut self, lent: &[u8], span: Span, most: usize) -> Result<(), Error> {
        self.begin()?;
        let window = if span.window == Window::Held { self.parts.recv.held(&self.ws.held) } else { lent };
        let octets = &window[span.offset as usize..][..span.len as usize];
        self.ws.heads.get_mut(self.parts.head).scratch_mut().append(octets, most)
    }

    /// More octets were added, but not the last. They count until then; fails if they are evicted.
    pub fn count(&mut self) -> Result<(), Error> {
        self.ws.heads.count_unfinished(self.parts.head)?;
        self.check()
    }

    /// The last octets were added: the event owns them now.
    pub fn end(&mut self) {
        self.ws.heads.end_unfinished(self.parts.head);
    }

    fn check(&self) -> Result<(), Error> {
        let is_evicted = self.ws.heads.is_evicted(self.parts.head);
        if is_evicted { Err(evicted::gathered(self.parts.is_websocket())) } else { Ok(()) }
    }
}
