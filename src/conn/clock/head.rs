//! A server's wait for a head.

use super::SLOW_HEAD;
use crate::conn::{Conn, Workspace};

impl Conn {
    /// It is over. A peer that never sent an octet is left without a word: an answer would be one to the request that it may be about to
    /// send (H1-TIME-01).
    #[cold]
    pub(super) fn waited_for_head(&mut self, ws: &mut Workspace) {
        if self.input.is_empty(&ws.held) { self.close_idle(ws) } else { self.fail(ws, SLOW_HEAD.at(0)) }
    }
}
