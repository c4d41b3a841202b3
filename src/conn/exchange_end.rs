//! The end of a message, ours or the peer's: the connection may be over, or the next exchange begins.

use crate::conn::dropped::Dropped;
use crate::conn::ending::Ending;
use crate::conn::parts::Parts;
use crate::conn::timers::Exchange;
use crate::conn::workspace::Workspace;
use crate::error::{Code, Fault};
use crate::http1::machine::state::Side;
use crate::http1::machine::{Role, flag};

/// Client: the peer ended and owed a response.
pub static NO_RESPONSE: Fault = Fault::new(Code::Closed, 0, c"H1-CONN-10", c"the peer closed before it answered");

/// A connection on which a message ended.
pub struct ExchangeEnd<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> ExchangeEnd<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// After the end of a message of ours or theirs.
    pub fn after_message(&mut self) {
        if self.parts.sides.is_finished() {
            self.note_unanswered();
            self.give_gathered_up();
            Ending::of(self.parts, self.ws).close_when_flushed();
        } else if self.parts.sides.role() == Role::Client {
            self.parts.timers.end_client_message(Exchange::of(&self.parts.sides));
        } else if self.parts.sides.our_side() == Side::Done && self.parts.sides.peer_side() == Side::Body {
            self.give_gathered_up();
            if self.parts.sides.has(flag::LAST) {
                Ending::of(self.parts, self.ws).close_when_flushed();
            } else {
                self.parts.sides.start_dropping();
            }
        } else if self.parts.sides.peer_side() != Side::Body {
            self.parts.timers.end_message(Exchange::of(&self.parts.sides));
        }
        if self.parts.sides.is_idle() {
            self.parts.dropped = Dropped::NONE;
        }
    }

    /// The request was answered before it was complete: its rest is not shown.
    fn give_gathered_up(&mut self) {
        if self.parts.sides.has(flag::GATHERED) {
            self.parts.sides.end_gathering();
            if !self.parts.lifecycle.is_head_shown() {
                self.parts.drop_head(self.ws);
            }
        }
    }

    /// Client: the peer ends the connection with a response, and later requests are not answered (H1-CONN-10).
    fn note_unanswered(&mut self) {
        if self.parts.sides.role() == Role::Client && !self.parts.protocol.exchange().pending().is_empty() {
            self.parts.lifecycle.set_error_due(NO_RESPONSE.at(0));
        }
    }
}
