//! The full ways beside which there is a fast one, for the test that holds one against the other in release builds too
//! (`tests/agreement`). Nothing else calls them. `docs/pairs.md` lists all pairs.

use super::event::{Event, Rest};
use super::workspace::Workspace;
use super::{Conn, Write};
use crate::error::Error;
use crate::websocket::machine::Part;

impl Conn {
    /// [`Conn::next`] without its fast ways.
    #[doc(hidden)]
    pub fn next_fully(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Result<Event, Rest>, Error> {
        self.next_in_full(ws, lent)
    }

    /// [`Conn::send_message`] without its fast way.
    #[doc(hidden)]
    pub fn send_message_fully(&mut self, ws: &mut Workspace, part: Part, octets: &[u8]) -> Result<Write, Error> {
        self.send_any_message(ws, part, octets)
    }

    /// What a fast way says that the full one does not; `None`: they agree.
    #[doc(hidden)]
    pub fn disagreement(&mut self, ws: &Workspace, now: u64) -> Option<&'static str> {
        if self.state(ws) != self.state_in_full(ws) {
            return Some("state");
        }
        if self.deadline(ws, now) != self.deadline_in_full(ws, now) {
            return Some("deadline");
        }
        None
    }
}
