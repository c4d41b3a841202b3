//! Slots of connections, in chunks that never move, with a list of free ones and one of due ones.

mod chunk;
mod slot;

use super::id::{Id, LAST_GENERATION, SLOT_BITS};
use crate::conn::Conn;
use crate::error::{Code, Error, Fault};
use crate::io::driver::Key;
use crate::memory::{Heap, NO_MEMORY, Vec};
use chunk::{CHUNK, Chunk};
use core::ffi::c_void;
use slot::Slot;

pub(super) use slot::{Live, NONE, flag};

static GONE: Fault = Fault::new(Code::Gone, 0, c"", c"the connection of this id has ended");

/// Maximum number of slots.
pub(super) const SLOTS_MAX: u32 = 1 << SLOT_BITS;

/// All slots.
pub(super) struct Slots {
    chunks: Vec<Chunk>,
    heap: Heap,
    len: u32,
    free: u32,
    live: u32,
    due: (u32, u32),
    /// User pointers of slots before this one were taken.
    users_taken: u32,
    tag: u16,
}

impl Slots {
    pub fn new(heap: &Heap, tag: u16) -> Self {
        let chunks = Vec::new_in(heap.clone());
        Self { chunks, heap: heap.clone(), len: 0, free: NONE, live: 0, due: (NONE, NONE), users_taken: 0, tag }
    }

    /// The number of connections.
    pub fn live(&self) -> u32 {
        self.live
    }

    /// The number of slots.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// The slot that [`fill`](Self::fill) will fill next.
    pub fn vacant(&mut self) -> Result<u32, Error> {
        if self.free == NONE {
            self.grow()?;
        }
        Ok(self.free)
    }

    /// Fills the slot from [`vacant`](Self::vacant).
    pub fn fill(&mut self, index: u32, live: Live) {
        debug_assert_eq!(self.free, index);
        let slot = self.get_mut(index);
        let next = slot.link;
        slot.live = Some(live);
        slot.word = slot.generation();
        self.free = next;
        self.live += 1;
        self.chunks[(index / CHUNK) as usize].forget_user(index);
    }

    fn grow(&mut self) -> Result<(), Error> {
        if self.len >= SLOTS_MAX {
            return Err(NO_MEMORY);
        }
        self.chunks.try_reserve(1).map_err(|_| NO_MEMORY)?;
        self.chunks.push(Chunk::new(&self.heap, self.len)?);
        self.free = self.len;
        self.len += CHUNK;
        Ok(())
    }

    /// Takes the connection out; its id is invalid then. The slot is free, or, if it is due, when its turn comes.
    pub fn empty(&mut self, index: u32) -> Option<Live> {
        let slot = self.get_mut(index);
        let live = slot.live.take()?;
        let is_due = slot.has(flag::DUE);
        self.live -= 1;
        if !is_due {
            self.give_back(index);
        }
        Some(live)
    }

    /// A slot without generations left is not reused.
    fn give_back(&mut self, index: u32) {
        let free = self.free;
        let slot = self.get_mut(index);
        if slot.generation() == LAST_GENERATION {
            return;
        }
        slot.word = slot.generation() + 1;
        slot.link = free;
        self.free = index;
    }

    #[inline]
    pub fn get(&self, index: u32) -> &Slot {
        self.chunks[(index / CHUNK) as usize].get(index)
    }

    #[inline]
    pub fn get_mut(&mut self, index: u32) -> &mut Slot {
        self.chunks[(index / CHUNK) as usize].get_mut(index)
    }

    /// A slot and the user pointer of its connection.
    #[inline(always)]
    pub fn get_with_user(&mut self, index: u32) -> (&mut Slot, *mut c_void) {
        let chunk = &mut self.chunks[(index / CHUNK) as usize];
        let user = chunk.user(index);
        (chunk.get_mut(index), user)
    }

    /// The user pointer of a connection.
    pub fn user(&self, index: u32) -> *mut c_void {
        self.chunks[(index / CHUNK) as usize].user(index)
    }

    /// Takes the user pointer of some live connection; each once.
    pub fn take_user(&mut self) -> Option<*mut c_void> {
        while self.users_taken < self.len {
            let index = self.users_taken;
            self.users_taken += 1;
            let chunk = &mut self.chunks[(index / CHUNK) as usize];
            let user = chunk.take_user(index);
            if chunk.get(index).live.is_some() && !user.is_null() {
                return Some(user);
            }
        }
        None
    }

    /// Sets it; see [`Chunk::set_user`].
    pub fn set_user(&mut self, index: u32, user: *mut c_void) -> Result<(), Error> {
        self.users_taken = self.users_taken.min(index);
        self.chunks[(index / CHUNK) as usize].set_user(&self.heap, index, user)
    }

    /// The connection in a slot.
    pub fn conn(&self, index: u32) -> Option<&Conn> {
        if index == NONE { None } else { self.get(index).live.as_ref().map(|live| &live.conn) }
    }

    /// The name of the connection in a slot.
    #[inline]
    pub fn id(&self, index: u32) -> Id {
        Id::new(self.tag, index, self.get(index).generation())
    }

    /// The server's tag.
    #[inline]
    pub fn tag(&self) -> u16 {
        self.tag
    }

    /// The slot of a live connection.
    #[inline]
    pub fn find(&self, id: Id) -> Option<u32> {
        let index = id.slot();
        if id.tag() != self.tag || index >= self.len {
            return None;
        }
        let slot = self.get(index);
        (slot.generation() == id.generation() && slot.live.is_some()).then_some(index)
    }

    /// Like [`find`](Self::find); fails with `Gone`.
    pub fn index_of(&self, id: Id) -> Result<u32, Error> {
        self.find(id).ok_or(GONE.at(0))
    }

    /// The connection with this id; fails with `Gone`.
    pub fn conn_of(&self, id: Id) -> Result<&Conn, Error> {
        self.find(id).and_then(|index| self.conn(index)).ok_or(GONE.at(0))
    }

    /// The socket of the connection of this name; fails with `Gone`.
    pub fn key_of(&self, id: Id) -> Result<Key, Error> {
        let live = self.find(id).and_then(|index| self.get(index).live.as_ref());
        live.map(|live| live.key).ok_or(GONE.at(0))
    }

    /// The connection with this id and its slot; fails with `Gone`.
    #[inline(always)]
    pub fn live_of(&mut self, id: Id) -> Result<(u32, &mut Live), Error> {
        self.find_live(id).ok_or(GONE.at(0))
    }

    /// The connection with this id, if it lives, and its slot.
    #[inline(always)]
    pub fn find_live(&mut self, id: Id) -> Option<(u32, &mut Live)> {
        let (index, tag) = (id.slot(), self.tag);
        let slot = self.chunks.get_mut((index / CHUNK) as usize)?.get_mut(index);
        if Id::new(tag, index, slot.generation()) != id {
            return None;
        }
        slot.live.as_mut().map(|live| (index, live))
    }

    /// The slots, from `first` on, of WebSockets on which we have not sent a Close.
    pub fn open_websockets_from(&self, first: u32) -> impl Iterator<Item = u32> {
        (first..self.len).filter(|&index| self.conn(index).is_some_and(|conn| conn.is_open_websocket()))
    }

    /// Appends a slot to the due ones, once.
    pub fn make_due(&mut self, index: u32) {
        let slot = self.get_mut(index);
        if slot.has(flag::DUE) {
            return;
        }
        slot.set(flag::DUE, true);
        slot.link = NONE;
        match self.due {
            (NONE, _) => self.due = (index, index),
            (_, last) => {
                self.get_mut(last).link = index;
                self.due.1 = index;
            }
        }
    }

    /// Whether a slot is due.
    pub fn has_due(&self) -> bool {
        self.due.0 != NONE
    }

    /// Takes the first due slot. A slot whose connection has ended becomes free.
    pub fn next_due(&mut self) -> Option<u32> {
        while self.due.0 != NONE {
            let index = self.due.0;
            let slot = self.get_mut(index);
            slot.set(flag::DUE, false);
            let (next, is_live) = (slot.link, slot.live.is_some());
            self.due.0 = next;
            if is_live {
                return Some(index);
            }
            self.give_back(index);
        }
        None
    }

    /// The due slot after `index`, or the first, without taking it.
    pub fn due_after(&self, index: Option<u32>) -> Option<u32> {
        let next = index.map_or(self.due.0, |index| self.get(index).link);
        (next != NONE).then_some(next)
    }
}

#[cfg(test)]
mod tests;
