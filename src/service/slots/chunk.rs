//! A chunk of slots, and the user pointers of their connections, stored apart because many servers have none.

use super::slot::{NONE, Slot};
use crate::error::Error;
use crate::memory::{Box, Heap, Vec};
use core::ffi::c_void;
use core::ptr::null_mut;

/// Slots per chunk. A new connection costs at most one chunk, never a copy of all slots.
pub const CHUNK: u32 = 64;

/// A chunk that never moves. Indices are global.
pub struct Chunk {
    slots: Box<[Slot; CHUNK as usize]>,
    users: Option<Box<[*mut c_void; CHUNK as usize]>>,
}

impl Chunk {
    /// Empty slots from `first` on, each linked to the next one.
    pub fn new(heap: &Heap, first: u32) -> Result<Self, Error> {
        let mut slots = heap.vec(CHUNK as usize)?;
        for next in first + 1..=first + CHUNK {
            let link = if next == first + CHUNK { NONE } else { next };
            slots.push(Slot { live: None, link, word: 1 });
        }
        Ok(Self { slots: boxed_array(slots), users: None })
    }

    #[inline(always)]
    pub fn get(&self, index: u32) -> &Slot {
        &self.slots[place(index)]
    }

    #[inline(always)]
    pub fn get_mut(&mut self, index: u32) -> &mut Slot {
        &mut self.slots[place(index)]
    }

    /// The user pointer of a connection.
    #[inline(always)]
    pub fn user(&self, index: u32) -> *mut c_void {
        self.users.as_ref().map_or(null_mut(), |users| users[place(index)])
    }

    /// Sets it. The first one allocates for all slots of the chunk.
    pub fn set_user(&mut self, heap: &Heap, index: u32, user: *mut c_void) -> Result<(), Error> {
        if self.users.is_none() {
            let mut none = heap.vec(CHUNK as usize)?;
            none.resize(CHUNK as usize, null_mut());
            self.users = Some(boxed_array(none));
        }
        self.replace_user(index, user);
        Ok(())
    }

    /// Removes and returns it.
    pub fn take_user(&mut self, index: u32) -> *mut c_void {
        let user = self.user(index);
        self.replace_user(index, null_mut());
        user
    }

    /// The slot gets another connection.
    pub fn forget_user(&mut self, index: u32) {
        self.replace_user(index, null_mut());
    }

    fn replace_user(&mut self, index: u32, user: *mut c_void) {
        if let Some(users) = &mut self.users {
            users[place(index)] = user;
        }
    }
}

#[inline(always)]
fn place(index: u32) -> usize {
    (index % CHUNK) as usize
}

fn boxed_array<T>(elements: Vec<T>) -> Box<[T; CHUNK as usize]> {
    let Ok(boxed_array) = elements.into_boxed_slice().try_into() else { unreachable!("it has the length of a chunk") };
    boxed_array
}
