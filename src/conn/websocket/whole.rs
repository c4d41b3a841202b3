//! Events whose octets are in no window, but in the connection's slab until the event ends.

use super::socket::Socket;
use crate::conn::event::{Event, Span, Window};
use crate::conn::gather::Gather;
use crate::conn::parts::Parts;
use crate::conn::recv_outcome::RecvOutcome;
use crate::conn::shown::Shown;
use crate::conn::workspace::Workspace;
use crate::error::Error;
use crate::narrow::place;

/// The facts of a part of a message.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    pub text: bool,
    pub first: bool,
    pub last: bool,
}

/// A WebSocket that shows messages from the scratch buffer.
pub struct Whole<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Whole<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Shows the scratch buffer; if whole messages are wanted, only once it holds a whole one.
    pub fn show_scratch(&mut self, facts: Facts) -> RecvOutcome {
        let Facts { text, first, last } = facts;
        let wants_parts = self.wants_parts();
        if !wants_parts && !last {
            return RecvOutcome::Again;
        }
        let span =
            Span { window: Window::Scratch, offset: 0, len: place(Shown::of(self.parts, self.ws).scratch().len()) };
        // The slab is returned when the event ends.
        self.parts.lifecycle.show_head();
        RecvOutcome::Event(Event::Message { span, text, first: first || !wants_parts, last })
    }

    /// A part of a message that is to be delivered whole.
    #[cold]
    pub fn collect_part(&mut self, lent: &[u8], span: Span, facts: Facts) -> Result<RecvOutcome, Error> {
        // The slab is empty when the message begins: that of the previous message was returned with its event.
        let most = self.parts.config.messages.most_in_memory();
        Gather::of(self.parts, self.ws).add(lent, span, most)?;
        self.count_message(facts.last)?;
        Ok(self.show_scratch(facts))
    }

    /// More of a message was added; with `last` it is complete. It counts until then.
    pub fn count_message(&mut self, last: bool) -> Result<(), Error> {
        if last {
            Gather::of(self.parts, self.ws).end();
            return Ok(());
        }
        if self.wants_parts() { Ok(()) } else { Gather::of(self.parts, self.ws).count() }
    }

    /// Whether the owner wants parts as they arrive.
    fn wants_parts(&self) -> bool {
        self.parts.protocol.websocket().is_some_and(Socket::wants_parts)
    }
}
