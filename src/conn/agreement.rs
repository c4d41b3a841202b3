//! The full ways of a connection, for the test that compares them with the fast ones in release builds too
//! (`tests/agreement`). Nothing else calls them. `docs/pairs.md` lists all pairs.

use super::deadline::Deadline;
use super::event::{Event, NotReady};
use super::parts::Parts;
use super::pull::Pull;
use super::sent::Sent;
use super::state::State;
use super::websocket::Send;
use super::workspace::Workspace;
use super::write::Write;
use crate::error::Error;
use crate::websocket::machine::Part;

/// The full ways of a connection.
pub struct Agreement<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Agreement<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// [`Conn::next`](super::Conn::next) without its fast ways.
    #[doc(hidden)]
    pub fn next_full(&mut self, lent: &mut [u8]) -> Result<Result<Event, NotReady>, Error> {
        Pull::of(self.parts, self.ws).next_in_full(lent)
    }

    /// [`Send::send_message`] without its fast way.
    #[doc(hidden)]
    pub fn send_message_full(&mut self, part: Part, octets: &[u8]) -> Result<Write, Error> {
        Send::of(self.parts, self.ws).send_any_message(part, octets)
    }

    /// [`Conn::sent`](super::Conn::sent) without its fast way.
    #[doc(hidden)]
    pub fn sent_full(&mut self, n: usize, now: u64) -> Result<(), Error> {
        Sent::of(self.parts, self.ws).sent_in_full(n, now)
    }

    /// Where a fast way disagrees with the full one; `None`: they agree.
    #[doc(hidden)]
    pub fn disagreement(&mut self, now: u64) -> Option<&'static str> {
        let deadline = Deadline::of(self.parts, self.ws).at(now);
        let state = State::of(self.parts, self.ws);
        if state.state() != state.state_in_full() {
            return Some("state");
        }
        (deadline != Deadline::of(self.parts, self.ws).in_full(now)).then_some("deadline")
    }
}
