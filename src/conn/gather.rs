//! What comes in pieces and is shown as one: gathered in the connection's slab until its end is there.
//!
//! Messages of a WebSocket and content of requests share it, and the budget that all gathered octets of a workspace have
//! (`Workspace::limit_messages`). Who holds most of that pays: its octets are evicted, and it learns so with the next piece.

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

    /// A slab to gather in: the one at hand, or a new one. Fails where what it held was evicted.
    pub fn begin(&mut self) -> Result<(), Error> {
        self.parts.head_slab(self.ws)?;
        self.check()
    }

    /// Adds the octets of a span, of `most` that will ever be there.
    pub fn add(&mut self, lent: &[u8], span: Span, most: usize) -> Result<(), Error> {
        self.begin()?;
        let window = if span.window == Window::Held { self.parts.recv.held(&self.ws.held) } else { lent };
        let octets = &window[span.offset as usize..][..span.len as usize];
        self.ws.heads.get_mut(self.parts.head).scratch_mut().append(octets, most)
    }

    /// More has come, and the end has not. What is held until then is counted; fails where it is evicted.
    pub fn count(&mut self) -> Result<(), Error> {
        self.ws.heads.count_unfinished(self.parts.head)?;
        self.check()
    }

    /// The end has come: what is held belongs to the event.
    pub fn end(&mut self) {
        self.ws.heads.end_unfinished(self.parts.head);
    }

    fn check(&self) -> Result<(), Error> {
        let is_evicted = self.ws.heads.is_evicted(self.parts.head);
        if is_evicted { Err(evicted::gathered(self.parts.is_websocket())) } else { Ok(()) }
    }
}
