//! The sockets of a loop by slot. A slot is the driver's token of its socket.

use super::entry::{Entry, Kind};
use super::id::SocketId;
use crate::error::{Code, Error, Fault};
use crate::io::chunks::Chunks;
use crate::io::driver::Key;
use crate::io::fault;
use crate::narrow::place;

static GONE: Fault = Fault::new(Code::Gone, 0, c"", c"the loop has no socket of this name: it was closed or released");

/// No slot.
const NONE: u32 = u32::MAX;

/// All slots.
#[derive(Debug)]
pub(super) struct Sockets {
    entries: Chunks<Entry>,
    /// The first free slot.
    free: u32,
}

impl Sockets {
    pub const fn new() -> Self {
        Self { entries: Chunks::new(), free: NONE }
    }

    /// A free slot, which [`fill`](Self::fill) takes. Fails with `Nomem`.
    pub fn vacant(&mut self) -> Result<u32, Error> {
        if self.free == NONE {
            self.grow()?;
        }
        Ok(self.free)
    }

    fn grow(&mut self) -> Result<(), Error> {
        let len = self.entries.len();
        self.entries.grow(len + 1, Entry::default).map_err(|error| fault(&error))?;
        for slot in (len..self.entries.len()).rev() {
            let entry = &mut self.entries[slot];
            (entry.generation, entry.link) = (1, self.free);
            self.free = place(slot);
        }
        Ok(())
    }

    /// Fills the slot from [`vacant`](Self::vacant).
    pub fn fill(&mut self, slot: u32, key: Key, token: u64, kind: Kind) -> SocketId {
        debug_assert_eq!(slot, self.free);
        let entry = &mut self.entries[slot as usize];
        self.free = entry.link;
        (entry.key, entry.token, entry.kind) = (key, token, kind);
        SocketId::new(slot, entry.generation)
    }

    /// Frees a slot; its id names nothing from now on. A slot whose uses are exhausted is not used again.
    pub fn empty(&mut self, slot: u32) -> Kind {
        let entry = &mut self.entries[slot as usize];
        let used = entry.generation;
        let freed = Entry { generation: used.wrapping_add(1), link: self.free, ..Entry::default() };
        let before = core::mem::replace(entry, freed);
        if used < u32::MAX {
            self.free = slot;
        }
        before.kind
    }

    /// The socket of this id, for a call; fails with `Gone`.
    pub fn find(&self, id: SocketId) -> Result<u32, Error> {
        let entry = self.entries.get(id.slot() as usize);
        let is_open = entry.is_some_and(|entry| {
            entry.generation == id.generation() && !matches!(entry.kind, Kind::Free) && !entry.is_closing
        });
        if is_open { Ok(id.slot()) } else { Err(GONE.at(0)) }
    }

    #[inline]
    pub fn get(&self, slot: u32) -> &Entry {
        &self.entries[slot as usize]
    }

    #[inline]
    pub fn get_mut(&mut self, slot: u32) -> &mut Entry {
        &mut self.entries[slot as usize]
    }

    /// The id of the socket in a slot.
    #[inline]
    pub fn id(&self, slot: u32) -> SocketId {
        SocketId::new(slot, self.get(slot).generation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(sockets: &mut Sockets) -> SocketId {
        let slot = sockets.vacant().unwrap();
        sockets.fill(slot, Key::NONE, 7, Kind::Stream)
    }

    #[test]
    fn an_id_names_one_use_of_a_slot() {
        let mut sockets = Sockets::new();
        let (first, second) = (open(&mut sockets), open(&mut sockets));
        assert_ne!(first, second);
        assert_eq!(sockets.find(first), Ok(first.slot()));
        sockets.empty(first.slot());
        assert_eq!(sockets.find(first).unwrap_err().code(), Code::Gone);
        let third = open(&mut sockets);
        assert_eq!(third.slot(), first.slot());
        assert_eq!((sockets.find(first).is_err(), sockets.find(third)), (true, Ok(third.slot())));
        for wrong in [0, 1, u64::MAX, third.number() + (1 << 32), third.number() ^ (1 << 20)] {
            assert_eq!(sockets.find(SocketId::from_number(wrong)).unwrap_err().code(), Code::Gone, "{wrong:x}");
        }
    }

    #[test]
    fn a_slot_whose_uses_are_exhausted_is_not_used_again() {
        let mut sockets = Sockets::new();
        let id = open(&mut sockets);
        sockets.get_mut(id.slot()).generation = u32::MAX;
        sockets.empty(id.slot());
        for _ in 0..600 {
            assert_ne!(open(&mut sockets).slot(), id.slot());
        }
    }
}
