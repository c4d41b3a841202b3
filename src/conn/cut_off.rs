//! Ends of a connection that are no closing: nothing more is said, what is queued is lost, and the transport ends as soon as its owner has
//! heard why.

use super::{Conn, Phase, Workspace};
use crate::error::{Code, Error, Fault};
use crate::http1::machine::flag;

static ABORTED: Fault = Fault::new(Code::Aborted, 0, c"", c"the transport was reset or failed");

impl Conn {
    /// The transport failed: reset, broken pipe. Queued output and held input are dropped.
    pub fn abort(&mut self, ws: &mut Workspace, now: u64) {
        self.abort_with(ws, ABORTED.at(0), now);
    }

    /// The same for another reason: the connection is given up.
    pub(super) fn abort_with(&mut self, ws: &mut Workspace, error: Error, now: u64) {
        self.clock.advance(now);
        if self.standing.phase == Phase::Open && !self.machine.is_idle() {
            self.give_up(ws, error);
        } else if self.standing.phase != Phase::Closed {
            self.error = self.error.get().unwrap_or(error).into();
            self.shut(ws);
        }
        self.output.clear(&mut ws.blocks);
        self.clear_records(ws);
    }

    /// The connection ends for others, and what the system holds of it goes by a reset. Its output comes back at once. An event may point
    /// into held input and the head: they come back with the connection.
    pub fn evict(&mut self, ws: &mut Workspace, error: Error, now: u64) {
        self.abort_with(ws, error, now);
        self.machine.cut_off();
    }

    /// Whether all that is left is to be told why, and to close the transport.
    #[cfg(feature = "service")]
    pub(crate) fn has_ended(&self) -> bool {
        self.standing.phase == Phase::Closed
    }

    /// Memory ran out while an event was made: what was lent is lost, so the connection ends.
    pub fn run_dry(&mut self, ws: &mut Workspace, error: Error) {
        self.error = error.into();
        self.machine.fail();
        self.drop_head(ws);
        self.shut(ws);
        self.input.end_lend();
    }

    /// The connection says that it has events and has none: it ends, and tells why.
    #[cfg(feature = "service")]
    #[cold]
    pub(crate) fn end_stalled(&mut self, ws: &mut Workspace, error: Error) {
        self.give_up(ws, error);
    }

    /// The peer takes nothing of our output: what the system still holds for it is to go with the connection, and that is done by a reset.
    #[cold]
    pub(super) fn give_up_output(&mut self, ws: &mut Workspace, error: Error) {
        self.give_up(ws, error);
        self.machine.cut_off();
    }

    /// Whether the transport, when it is to be closed, is to be closed by a reset.
    pub(super) fn ends_in_reset(&self) -> bool {
        self.standing.phase == Phase::Closed && self.machine.has(flag::CUT_OFF)
    }
}
