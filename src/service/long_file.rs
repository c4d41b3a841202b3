//! A long file as the output of one connection: the system may hold more of it than of other output, once the peer takes it.
//!
//! A view for one step. By default the system takes little beyond the peer's window, so that a peer that does not read costs
//! little; of a file that would make many small sends.

use super::engine::Engine;
use super::send_wait::SendWait;
use super::slots::{Live, Slots, flag};

/// The file that the connection of a slot sends.
pub(super) struct LongFile<'a> {
    slots: &'a mut Slots,
    engine: &'a mut Engine,
    index: u32,
}

impl<'a> LongFile<'a> {
    /// From so much of a file on, holding more of it saves more calls than it takes.
    const FROM: u64 = 1 << 20;

    #[inline(always)]
    pub fn new(slots: &'a mut Slots, engine: &'a mut Engine, index: u32) -> Self {
        Self { slots, engine, index }
    }

    /// There is room, so the peer takes what was sent: the system may hold more.
    pub fn widen(self) {
        let slot = self.slots.get_mut(self.index);
        let is_wide = slot.has(flag::WIDE);
        let Some(live) = slot.live.as_ref() else { return };
        if !is_wide && octets(self.engine, live) > Self::FROM {
            let is_wide = set_wide(self.engine, live, true);
            slot.set(flag::WIDE, is_wide);
        }
    }

    /// Once the file was sent, what follows is held as any output.
    #[inline(always)]
    pub fn narrow(self) {
        if self.slots.get(self.index).has(flag::WIDE) {
            self.narrow_sent();
        }
    }

    #[cold]
    fn narrow_sent(self) {
        let slot = self.slots.get_mut(self.index);
        let Some(live) = slot.live.as_ref() else { return };
        if octets(self.engine, live) == 0 {
            set_wide(self.engine, live, false);
            slot.set(flag::WIDE, false);
        }
    }

    /// Sends more while the system holds much, before a clock is looked at. The driver reports room when about half of that
    /// has left, and any octet that the peer takes is progress (H1-TIME-04).
    pub fn send_more(self) {
        let slot = self.slots.get_mut(self.index);
        if !slot.has(flag::WIDE) || slot.send_wait() != SendWait::Room {
            return;
        }
        if let Some(live) = slot.live.as_mut().filter(|live| octets(self.engine, live) > 0) {
            let wait = self.engine.send(live);
            slot.set_send_wait(wait);
        }
    }
}

/// The octets of the file that is to be sent next; 0: there is none.
fn octets(engine: &Engine, live: &Live) -> u64 {
    live.conn.shown(engine.workspace()).file().map_or(0, |file| file.len)
}

/// Returns whether that changed.
fn set_wide(engine: &Engine, live: &Live, wide: bool) -> bool {
    engine.driver().socket(live.key).is_ok_and(|socket| socket.widen_for_file(wide))
}
