//! The output of one connection: sends it, and handles what the driver says of it.
//!
//! A view for one step. Knows what the connection waits for before it sends more; does not decide whose turn is next.

use super::engine::Engine;
use super::long_file::LongFile;
use super::send_wait::SendWait;
use super::slots::{Live, Slots};
use crate::io::driver::Sent;
use std::io;

/// The output of the connection of a slot.
pub(super) struct Output<'a> {
    slots: &'a mut Slots,
    engine: &'a mut Engine,
    index: u32,
}

impl<'a> Output<'a> {
    #[inline(always)]
    pub fn new(slots: &'a mut Slots, engine: &'a mut Engine, index: u32) -> Self {
        Self { slots, engine, index }
    }

    /// Sends the output of the connection, unless a send waits.
    pub fn flush(self) {
        let slot = self.slots.get_mut(self.index);
        let before = slot.send_wait();
        if matches!(before, SendWait::Room | SendWait::Held) {
            return;
        }
        let Some(live) = slot.live.as_mut() else { return };
        let wait = self.engine.send(live);
        slot.set_send_wait(wait);
        if before == SendWait::Turn && wait == SendWait::Nothing {
            // The send took the place of the wait for room, which would have led to the next turn.
            self.slots.make_due(self.index);
        }
    }

    /// A send that was held is complete, or there is room.
    pub fn completed(self, result: io::Result<usize>) {
        let slot = self.slots.get_mut(self.index);
        let waited = slot.send_wait();
        slot.set_send_wait(SendWait::Nothing);
        let Some(live) = slot.live.as_mut() else { return };
        match result {
            Ok(taken) if waited == SendWait::Held => sent(self.engine, live, taken),
            // The peer has taken something.
            Ok(_) if waited == SendWait::Room => LongFile::new(self.slots, self.engine, self.index).widen(),
            Ok(_) => {}
            Err(_) => {
                live.conn.let_go();
                self.engine.abort(live);
            }
        }
    }

    /// Records the result of a send that the driver did not complete.
    #[cold]
    pub fn record(self, sent: io::Result<Sent>) {
        let slot = self.slots.get_mut(self.index);
        let wait = if matches!(sent, Ok(Sent::Held)) { SendWait::Held } else { SendWait::Room };
        slot.set_send_wait(wait);
        let Some(live) = slot.live.as_mut() else { return };
        match sent {
            Ok(Sent::Done(taken) | Sent::Room(taken)) => self::sent(self.engine, live, taken),
            Ok(Sent::Held) => live.conn.hold_output(),
            Err(_) => self.engine.abort(live),
        }
    }

    /// The driver reads nothing of the output any more, and the socket is closed.
    pub fn let_go(self) {
        let slot = self.slots.get_mut(self.index);
        slot.set_send_wait(SendWait::Nothing);
        if let Some(live) = slot.live.as_mut() {
            live.conn.let_go();
            self.engine.abort(live);
        }
    }

    /// Sends what there is at the end of a turn, unless a send waits.
    #[inline(always)]
    pub fn send_in_turn(self) {
        let slot = self.slots.get_mut(self.index);
        if slot.send_wait() != SendWait::Nothing {
            return;
        }
        let Some(live) = slot.live.as_mut() else { return };
        let mut wait = SendWait::Nothing;
        if live.conn.wants_kernel() {
            wait = self.engine.offload(live);
        }
        if wait == SendWait::Nothing && live.conn.queued() > 0 {
            wait = self.engine.send(live);
        }
        slot.set_send_wait(wait);
        LongFile::new(self.slots, self.engine, self.index).narrow();
    }
}

/// The driver reads the output no more, of which it sent `taken` octets.
fn sent(engine: &mut Engine, live: &mut Live, taken: usize) {
    live.conn.let_go();
    engine.stats_mut().octets_out += taken as u64;
    if live.conn.has_ended() {
        // What ended it kept the output.
        return engine.abort(live);
    }
    let now = engine.now();
    let counted = live.conn.sent(engine.workspace_mut(), taken, now);
    debug_assert!(counted.is_ok(), "no more is sent than was queued");
}
