//! What becomes of a connection whose held input was given up, because the budget that all share was used up and it held most of it.
//!
//! It learns that at its next call. It reads nothing more. A request that it owes an answer is answered, and the answer says that the
//! connection ends (H1-LIM-07); what was cut off otherwise, a part of a head, content, a frame, ends it with an error.

use super::{Conn, Workspace};
use crate::error::{Code, Error, Fault};

static GIVEN_UP: Fault = Fault::new(
    Code::Nomem,
    503,
    c"H1-LIM-07",
    c"the budget of unread input is used up, and this connection held most of it",
);
static FRAMES_GIVEN_UP: Fault = Fault::new(
    Code::Nomem,
    1013,
    c"H1-LIM-07",
    c"the budget of unread input is used up, and this WebSocket held most of it",
);

impl Conn {
    /// Input was given up, and nothing is owed: the error that ends the connection.
    #[cold]
    pub(super) fn end_given_up(&mut self, ws: &Workspace) -> Error {
        self.input.use_up(&ws.held);
        if self.is_websocket() { FRAMES_GIVEN_UP.at(0) } else { GIVEN_UP.at(0) }
    }

    /// Whether a request is there whose answer is not complete.
    pub fn owes_answer(&self) -> bool {
        self.machine.is_held()
    }

    /// Whether the next answer is the last one, since what comes behind its request was given up, or may be frames: behind a handshake
    /// that it `refuses`.
    #[inline]
    pub(super) fn ends_behind(&self, ws: &Workspace, refuses: bool) -> bool {
        self.input.is_given_up(&ws.held) | (refuses && self.has_octets_behind(ws))
    }
}
