//! Memory for a batch of received datagrams, each received by a `WSARecvMsg`: the system has no call for many.

use super::messages::Messages;
use super::octets::Octets;
use super::slot::Slot;
use crate::io::descriptor::RawSocket;
use crate::io::sys::name::{SocketName, View};
use std::io;

/// Slots, and the octets of each.
pub(in crate::io) struct Room {
    slots: Vec<Slot>,
    octets: Octets,
    size: usize,
    filled: usize,
}

impl Room {
    /// Room for `count` datagrams of at most `size` octets each. Fails without memory, or if the product is too large.
    pub(in crate::io) fn new(count: usize, size: usize) -> io::Result<Self> {
        let octets = Octets::zeroed(count.checked_mul(size).ok_or(io::ErrorKind::OutOfMemory)?)?;
        let mut slots = Vec::new();
        slots.try_reserve_exact(count).map_err(|_| io::ErrorKind::OutOfMemory)?;
        slots.resize_with(count, Slot::new);
        Ok(Self { slots, octets, size, filled: 0 })
    }

    /// Receives what waits; returns the number of datagrams. Those received before are gone.
    pub(in crate::io) fn receive(&mut self, fd: RawSocket) -> io::Result<usize> {
        self.clear();
        for (slot, octets) in self.slots.iter_mut().zip(self.octets.all_mut().chunks_exact_mut(self.size)) {
            match slot.receive(fd, octets) {
                Ok(()) => self.filled += 1,
                Err(error) if self.filled == 0 => return Err(error),
                Err(_) => break,
            }
        }
        Ok(self.filled)
    }

    /// Forgets the datagrams.
    pub(in crate::io) fn clear(&mut self) {
        self.filled = 0;
    }

    /// The number of datagrams received by the last call.
    pub(in crate::io) const fn filled(&self) -> usize {
        self.filled
    }

    /// Panics if the last call received fewer datagrams; so do the functions below.
    fn slot(&self, index: usize) -> &Slot {
        assert!(index < self.filled, "a datagram that was not received");
        &self.slots[index]
    }

    pub(in crate::io) fn octets(&self, index: usize) -> &[u8] {
        &self.octets.all()[index * self.size..][..self.slot(index).len]
    }

    pub(in crate::io) fn is_cut(&self, index: usize) -> bool {
        self.slot(index).is_cut
    }

    /// The sender's name; `None` if the system gave none of an IP socket.
    pub(in crate::io) fn name(&self, index: usize) -> Option<SocketName> {
        match self.slot(index).name.view() {
            View::V4(octets, port) => Some(SocketName::v4(octets, port)),
            View::V6(octets, port, scope) => Some(SocketName::v6(octets, port, scope)),
            View::Unix(_) | View::Other => None,
        }
    }

    pub(in crate::io) fn messages(&self, index: usize) -> Messages<'_> {
        Messages::of(self.slot(index).control())
    }
}
