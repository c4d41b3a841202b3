//! Octets that an event shows and that lie in no window: in a slab of the connection's own, until the event is over.

use crate::conn::Conn;
use crate::conn::event::{Event, Span, Window};
use crate::conn::next::Look;
use crate::conn::workspace::Workspace;
use crate::error::Error;
use crate::narrow::place;

/// What is known of a message's octets.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    pub text: bool,
    pub first: bool,
    pub last: bool,
}

impl Conn {
    /// Shows what the scratch holds, or goes on until it holds a whole message where that is what the owner wants.
    pub(super) fn show_scratch(&mut self, ws: &Workspace, facts: Facts) -> Look {
        let Facts { text, first, last } = facts;
        if self.config.whole_messages && !last {
            return Look::Again;
        }
        let span = Span { window: Window::Scratch, offset: 0, len: place(self.scratch(ws).len()) };
        // The slab goes with the event.
        self.lifecycle.show_head();
        Look::Event(Event::Message { span, text, first: first || self.config.whole_messages, last })
    }

    /// A part of a message that is to be delivered whole.
    #[cold]
    pub(super) fn collect_part(
        &mut self,
        ws: &mut Workspace,
        lent: &[u8],
        span: Span,
        facts: Facts,
    ) -> Result<Look, Error> {
        self.head_slab(ws)?;
        ws.heads.check_unfinished(self.head)?;
        let window = if span.window == Window::Held { self.recv.held(&ws.held) } else { lent };
        let octets = &window[span.offset as usize..][..span.len as usize];
        // Empty when the message begins: the slab of the one before went with its event.
        ws.heads.get_mut(self.head).scratch_mut().append(octets, self.config.messages.most_in_memory())?;
        self.count_message(ws, facts.last)?;
        Ok(self.show_scratch(ws, facts))
    }

    /// More has come of a message, and with `last` its end. What it holds until then is counted.
    pub(super) fn count_message(&self, ws: &mut Workspace, last: bool) -> Result<(), Error> {
        if last {
            ws.heads.end_unfinished(self.head);
            return Ok(());
        }
        if self.config.whole_messages { ws.heads.count_unfinished(self.head) } else { Ok(()) }
    }
}
