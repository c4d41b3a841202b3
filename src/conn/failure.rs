//! What is wrong with the peer's octets or its pace: the answer where one is due, and what becomes of the connection.

use super::event::Event;
use super::next::Look;
use super::{Conn, Workspace, bit};
use crate::error::Error;
use crate::http1::machine::state::Side;
use crate::http1::machine::{Role, flag};

impl Conn {
    /// The peer broke the protocol or a clock ran out: answers where an answer is due, then closes in stages.
    #[cold]
    pub(super) fn fail(&mut self, ws: &mut Workspace, error: Error) {
        if self.is_websocket() {
            return self.fail_websocket(ws, error);
        }
        if self.is_frame_behind_refusal(&error) {
            self.drop_head(ws);
            return self.finish_closing(ws);
        }
        let due = self.machine.role() == Role::Server && matches!(self.machine.ours(), Side::Idle | Side::Await);
        self.error = error.into();
        self.set(bit::ERROR_DUE, true);
        self.machine.fail();
        if !self.has(bit::HEAD_ALIVE) {
            self.drop_head(ws);
        }
        let is_answered = due && error.fault.status != 0 && self.answer_error(ws, error.fault.status, true).is_ok();
        self.end_after_failure(ws, due && !is_answered);
    }

    /// `is_owed`: a request goes without the answer that is due.
    fn end_after_failure(&mut self, ws: &mut Workspace, is_owed: bool) {
        if is_owed || self.machine.role() == Role::Client || self.machine.is_before_transport_end() {
            self.shut(ws);
        } else {
            self.finish_closing(ws);
        }
    }

    /// Answers a request without the application; the connection goes on where its framing is sound.
    #[cold]
    pub(super) fn refuse(&mut self, ws: &mut Workspace, error: Error) -> Result<Look, Error> {
        // Behind a CONNECT may come what was meant for the tunnel (H1-UPG-08).
        let refuses = self.is_handshake(ws);
        let close = self.machine.theirs() == Side::Body
            || self.machine.has(flag::LAST | flag::CONNECT)
            || (refuses && self.has_octets_behind(ws));
        self.answer_error(ws, error.fault.status, close)?;
        if refuses {
            self.machine.refuse_switch();
        }
        self.error = error.into();
        self.drop_head(ws);
        self.after_message(ws);
        Ok(Look::Event(Event::Error(error)))
    }
}
