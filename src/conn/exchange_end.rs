//! The end of a message, ours or the peer's: the connection may be over, or the next exchange begins.

use super::dropped::Dropped;
use super::peer_end::NO_RESPONSE;
use super::timers::Exchange;
use super::{Conn, Workspace};
use crate::http1::machine::state::Side;
use crate::http1::machine::{Role, flag};

impl Conn {
    /// After the end of a message of ours or theirs.
    pub(super) fn after_message(&mut self, ws: &mut Workspace) {
        if self.machine.is_finished() {
            self.note_unanswered();
            self.close_when_flushed(ws);
        } else if self.machine.role() == Role::Client {
            self.timers.end_client_message(Exchange::of(&self.machine));
        } else if self.machine.ours() == Side::Done && self.machine.theirs() == Side::Body {
            if self.machine.has(flag::LAST) {
                self.close_when_flushed(ws);
            } else {
                self.machine.start_dropping();
            }
        } else if self.machine.theirs() != Side::Body {
            self.timers.end_message(Exchange::of(&self.machine));
        }
        if self.machine.is_idle() {
            self.dropped = Dropped::NONE;
        }
    }

    /// Client: the peer ends the connection with a response, and requests behind that one are not answered (H1-CONN-10).
    fn note_unanswered(&mut self) {
        if self.machine.role() == Role::Client && self.machine.awaits_more() {
            self.lifecycle.set_error_due(NO_RESPONSE.at(0));
        }
    }
}
