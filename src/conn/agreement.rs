//! What the fast ways say, held against what the full ones say: for tests, in release builds too.
//!
//! The pairs: [`Conn::state`] and `state_in_full`, [`Conn::deadline`] and `deadline_in_full`. Reads a connection and changes nothing but
//! its clock, as [`Conn::deadline`] does.

use super::Conn;
use super::workspace::Workspace;

impl Conn {
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
