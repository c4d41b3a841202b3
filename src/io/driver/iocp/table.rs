//! What is behind the indices: slots, their polls, and which of them are guests.

use super::super::readiness::entry::Entry;
use super::event::Event;
use super::guests::Guests;
use super::requests::events_of;
use super::slots::Slots;
use crate::io::chunks::Chunks;
use crate::io::descriptor::RawSocket;
use crate::io::sys::afd::{self, Polls};
use crate::io::sys::port::{Packet, Share};
use std::io;

/// All indices.
pub(super) struct Table {
    polls: Polls,
    slots: Slots,
    guests: Guests,
    /// So many polls are refused.
    #[cfg(test)]
    pub refuses: u32,
}

impl Table {
    pub fn new(port: Share) -> Self {
        Self {
            polls: Polls::new(port),
            slots: Slots::new(),
            guests: Guests::new(),
            #[cfg(test)]
            refuses: 0,
        }
    }

    /// An index for a socket; of a foreign one that has an index already, that one. Fails for what is no socket, which has no
    /// base.
    pub fn take(&mut self, socket: RawSocket, is_foreign: bool) -> io::Result<u32> {
        if is_foreign && let Some(index) = self.slots.of_foreign(socket) {
            if !self.polls.is_closed(index)? {
                return Ok(index);
            }
            // The number is that of another socket.
            self.slots.forget_index(index);
        }
        let base = afd::base(socket)?;
        self.polls.grow(self.slots.needed())?;
        let index = self.slots.take(base)?;
        if is_foreign {
            return self.slots.set_foreign(socket, index).inspect_err(|_| self.slots.free(index)).map(|()| index);
        }
        // A socket of others that had this number is closed.
        self.slots.forget_foreign(socket);
        Ok(index)
    }

    /// An index for a guest.
    pub fn take_guest(&mut self, guest: &Share) -> io::Result<u32> {
        self.guests.reserve()?;
        self.polls.grow(self.slots.needed())?;
        let index = self.slots.take(RawSocket::MAX)?;
        self.guests.add(index, guest.key());
        Ok(index)
    }

    /// Gives an index back. `is_foreign`: its socket is another owner's, or it is a guest.
    pub fn release(&mut self, index: u32, is_foreign: bool) {
        if is_foreign {
            self.slots.forget_index(index);
            self.guests.remove(index);
        }
        if self.polls.is_pending(index) {
            self.polls.cancel(index);
        } else {
            self.slots.free(index);
        }
    }

    /// The packet of an index that was given back has come.
    pub fn free(&mut self, index: u32) {
        self.slots.free(index);
    }

    /// The socket of others was closed by its owner: the number may be another one's.
    pub fn forget(&mut self, index: u32) {
        self.slots.forget_index(index);
    }

    /// Whether the socket of others was closed by its owner.
    pub fn is_forgotten(&self, index: u32) -> bool {
        self.slots.base(index) == RawSocket::MAX && !self.guests.has(index)
    }

    /// Starts a poll for what is `wanted` of an entry with these flags; returns whether it has. A poll in progress that
    /// lacks something is cancelled, and its packet tells when to start again. Guests, and sockets that their owner has closed,
    /// have none.
    pub fn start(&mut self, index: u32, wanted: u32, flags: u32) -> io::Result<bool> {
        if wanted == 0 || self.slots.base(index) == RawSocket::MAX {
            return Ok(false);
        }
        #[cfg(test)]
        if self.refuses > 0 {
            self.refuses -= 1;
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        if !self.polls.is_pending(index) {
            return self.polls.start(index, self.slots.base(index), events_of(wanted, flags)).map(|()| true);
        }
        if wanted & !flags != 0 {
            self.polls.cancel(index);
        }
        Ok(false)
    }

    /// The index and the events of the poll whose packet this is. `None`: it is no packet of a poll.
    pub fn ended(&mut self, packet: &Packet) -> Option<(u32, u32)> {
        self.polls.take(packet)
    }

    /// Whether a guest has packets.
    pub fn guests_have_packets(&self, port: &Share) -> bool {
        self.guests.have_packets(port)
    }

    /// Fills `events` with the guests that have packets and are polled; returns how many.
    pub fn guests(&self, port: &Share, entries: &Chunks<Entry>, events: &mut [Event]) -> usize {
        self.guests.collect(port, entries, events)
    }
}
