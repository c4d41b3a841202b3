//! `Expect: 100-continue` (RFC 9110 §10.1.1): a server sends the 100 that a request waits for, and a client does not wait
//! for it for ever. What was expected, the machine's sides know.

use super::send_response::SendResponse;
use crate::conn::parts::Parts;
use crate::conn::timers::Wait;
use crate::conn::workspace::Workspace;

/// A connection with a request that expects 100.
pub struct ExpectContinue<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> ExpectContinue<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Server: sends the 100, if the request's content has not begun to arrive and is wanted (H1-EXP-01, -03).
    #[inline]
    pub fn send_if_due(&mut self) {
        if self.parts.sides.is_continue_due() {
            self.send();
        }
    }

    /// Likewise, if it waited for room and no content has arrived meanwhile.
    pub fn send_waiting(&mut self) {
        if self.parts.lifecycle.is_open() && self.parts.recv.is_empty(&self.ws.held) {
            self.send_if_due();
        }
    }

    #[cold]
    fn send(&mut self) {
        if self.parts.is_full() {
            return self.parts.queue.expect_room();
        }
        // Without memory it stays due and is retried at the next input; a client sends its content after a while anyway
        // (H1-EXP-06).
        let _ = SendResponse::of(self.parts, self.ws).send_interim(100, core::iter::empty());
    }

    /// Client: the wait for 100 expired, and the content is sent without it (H1-EXP-06).
    pub fn stop_waiting(&mut self) {
        self.parts.sides.stop_expecting();
        self.parts.lifecycle.set_continue_due();
        self.parts.timers.wait(Wait::Nothing);
    }
}
