//! The fast way for a send that the driver holds: it is all output of a connection that does nothing else.
//!
//! A view for one step, without a turn: the end of a turn, and the completion. [`Output`](super::output::Output) is the full way.

use super::engine::Engine;
use super::send::SendResult;
use super::send_wait::SendWait;
use super::slots::{Slots, flag};
use crate::io::driver::Sent;

/// The send of the connection of a slot.
pub(super) struct HeldSend<'a> {
    slots: &'a mut Slots,
    engine: &'a mut Engine,
    index: u32,
}

impl<'a> HeldSend<'a> {
    pub fn new(slots: &'a mut Slots, engine: &'a mut Engine, index: u32) -> Self {
        Self { slots, engine, index }
    }

    /// The last piece of a turn was passed to the driver: if it holds it, sets the timer. `false`: the result is to be handled.
    pub fn begin(self, sent: &SendResult) -> bool {
        let (slot, is_held) = (self.slots.get_mut(self.index), matches!(sent, Ok(Sent::Held)));
        let Some(live) = slot.live.as_mut().filter(|live| is_held && !live.conn.is_full()) else { return false };
        let now = self.engine.now();
        let deadline = live.conn.last_output(self.engine.workspace_mut()).hold(now);
        slot.set_send_wait(SendWait::Held);
        self.engine.time_mut().expire_by(self.index, deadline);
        true
    }

    /// The send is complete: sets the timer, if the `taken` octets are all output and nothing else is in progress. `false`: the
    /// completion is to be handled.
    pub fn complete(self, taken: usize) -> bool {
        let slot = self.slots.get_mut(self.index);
        let is_plain = slot.has_only(flag::READING | flag::HELD);
        let Some(live) = slot.live.as_mut().filter(|_| is_plain) else { return false };
        let now = self.engine.now();
        let Some(deadline) = live.conn.last_output(self.engine.workspace_mut()).let_go(taken, now) else {
            return false;
        };
        slot.set_send_wait(SendWait::Nothing);
        self.engine.stats_mut().octets_out += taken as u64;
        self.engine.time_mut().expire_by(self.index, deadline);
        true
    }
}
