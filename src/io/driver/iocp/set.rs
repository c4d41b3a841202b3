//! The port, the polls, and the keys whose polls may have to start.

use super::super::readiness::entry::Entry;
use super::super::readiness::watch::Watch;
use super::super::readiness::{bits, flag};
use super::super::refused::stale;
use super::super::{Info, Key};
use super::event::{self, Event};
use super::info::INFO;
use super::pending::Pending;
use super::requests::{ANNOUNCED, END, INPUT, OUTPUT, PENDING, WAKER_CONTEXT, wanted};
use super::table::Table;
use crate::io::chunks::Chunks;
use crate::io::clock::monotonic_ms;
use crate::io::descriptor::{RawSocket, RawWaitable};
use crate::io::sys::afd;
use crate::io::sys::event::Event as Bell;
use crate::io::sys::port::{Packet, Share};
use crate::io::waker::Waker;
use std::io;

/// The port with its polls. It is dropped before the sockets that it watches.
pub(in crate::io::driver) struct Set {
    pub(super) table: Table,
    port: Share,
    pending: Pending,
    /// For one call.
    packets: Vec<Packet>,
    /// A packet at the port tells of those that are kept.
    is_announced: bool,
}

impl Watch for Set {
    type Event = Event;

    const INFO: Info = INFO;
    const RECEIVABLE: u32 = bits::INPUT;
    const CONNECTED: u32 = bits::OUTPUT;
    const ERROR_ENDS: bool = true;
    const REFUSES_LATE: bool = true;

    fn new() -> io::Result<Self> {
        Self::of(Share::new()?)
    }

    /// Shares the port.
    fn beside(&self) -> io::Result<Self> {
        Self::of(self.port.beside()?)
    }

    /// The entry is readable while the guest has packets.
    fn guest_index(&mut self, guest: &Self) -> io::Result<u32> {
        if !self.port.is_beside(&guest.port) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        self.table.take_guest(&guest.port)
    }

    fn waker(&mut self) -> io::Result<Waker> {
        Ok(Waker::of(Bell::of(self.port.clone(), WAKER_CONTEXT)))
    }

    fn index(&mut self, socket: RawSocket, is_foreign: bool) -> io::Result<u32> {
        self.table.take(socket, is_foreign)
    }

    #[inline]
    fn descriptor(entry: &Entry, _: u32) -> RawSocket {
        entry.socket().map_or(RawSocket::MAX, crate::io::socket::Socket::raw)
    }

    fn handle(&self) -> RawWaitable {
        self.port.handle().addr() as RawWaitable
    }

    fn keeps_back(&self) -> bool {
        !self.pending.is_empty() || !self.is_announced && self.has_kept()
    }

    #[inline]
    fn register(&mut self, entry: &mut Entry, index: u32) -> io::Result<()> {
        if entry.socket().is_none() && self.table.is_forgotten(index) {
            // Its owner has closed it.
            return Err(stale());
        }
        let flags = entry.flags();
        if flags & PENDING != 0 || wanted(flags) & !flags == 0 { Ok(()) } else { self.request(entry, index) }
    }

    /// An event ends its poll.
    fn silence(&mut self, _: &mut Entry, _: u32, _: u32) {}

    fn unregister(&mut self, entry: &mut Entry, index: u32, _: bool) {
        self.table.release(index, entry.socket().is_none());
        entry.set_of_set(0);
    }

    /// A refused poll is over.
    fn forget(&mut self, _: &mut Entry, _: u32) {}

    /// The index was found by the socket's number, which is forgotten when the socket is closed.
    #[cold]
    fn is_watched(&mut self, _: &mut Entry, _: u32) -> bool {
        true
    }

    fn complete(_: &Entry, _: u32, bits: u32) -> u32 {
        bits
    }

    /// An error is told by the next wait, which tries again. What was taken out of the port for this set or its guests is
    /// announced, since the handle does not tell it any more.
    fn flush(&mut self, entries: &mut Chunks<Entry>) -> io::Result<()> {
        self.start_polls(entries, &mut []);
        if !self.is_announced && self.has_kept() {
            self.port.post(ANNOUNCED)?;
            self.is_announced = true;
        }
        Ok(())
    }

    fn release_index(&mut self, index: u32) {
        self.table.release(index, true);
    }

    fn wait(
        &mut self,
        entries: &mut Chunks<Entry>,
        events: &mut [Event],
        timeout_ms: Option<u64>,
    ) -> io::Result<usize> {
        let deadline = timeout_ms.map(|ms| monotonic_ms().saturating_add(ms));
        self.is_announced = false;
        loop {
            let refused = self.start_polls(entries, events);
            let found = refused + self.table.guests(&self.port, entries, &mut events[refused..]);
            let left = if found > 0 { Some(0) } else { deadline.map(|at| at.saturating_sub(monotonic_ms())) };
            let count = match self.take_packets(events.len() - found, left) {
                Err(error) if found == 0 => return Err(error),
                count => count.unwrap_or(0),
            };
            let found = found + self.collect(entries, &mut events[found..], count);
            if found > 0 {
                return Ok(found);
            }
            // The packets of closed sockets, of cancelled polls and of guests are no events.
            if deadline.is_some_and(|at| at <= monotonic_ms()) {
                return Ok(self.table.guests(&self.port, entries, events));
            }
        }
    }
}

impl Set {
    fn of(port: Share) -> io::Result<Self> {
        let (table, pending) = (Table::new(port.clone()), Pending::new()?);
        Ok(Self { table, port, pending, packets: Vec::new(), is_announced: false })
    }

    /// Lets the poll of an entry start before the next wait.
    #[cold]
    fn request(&mut self, entry: &mut Entry, index: u32) -> io::Result<()> {
        // An error of a foreign socket is its owner's to see.
        if entry.socket().is_none() || self.pending.is_full() {
            return start(&mut self.table, entry, index);
        }
        self.pending.add(entry, index);
        Ok(())
    }

    /// Starts the polls that are pending. Refused ones fill `events` from its start; returns how many. Those without room stay
    /// pending.
    fn start_polls(&mut self, entries: &mut Chunks<Entry>, events: &mut [Event]) -> usize {
        let Self { pending, table, .. } = self;
        let mut refused = 0;
        pending.work_off(entries, |entry, key| {
            let Err(error) = start(table, entry, key.index) else { return true };
            let operations = entry.flags() & flag::OPERATIONS;
            // Without an operation, the next wait tries again.
            let Some(room) = events.get_mut(refused).filter(|_| operations != 0) else { return false };
            *room = Event::refused(key, operations, &error);
            refused += 1;
            true
        });
        refused
    }

    /// Whether packets of this set, or of guests, were taken out of the port.
    fn has_kept(&self) -> bool {
        self.port.keeps(self.port.key()) || self.table.guests_have_packets(&self.port)
    }

    fn take_packets(&mut self, room: usize, timeout_ms: Option<u64>) -> io::Result<usize> {
        if room == 0 {
            return Ok(0);
        }
        if self.packets.len() < room {
            self.packets.try_reserve_exact(room - self.packets.len())?;
            self.packets.resize(room, Packet::NONE);
        }
        // Each may be of a key that becomes pending.
        self.pending.reserve(room)?;
        self.port.wait(&mut self.packets[..room], timeout_ms)
    }

    /// Fills `events` with what the packets tell; returns how many.
    fn collect(&mut self, entries: &mut Chunks<Entry>, events: &mut [Event], count: usize) -> usize {
        let mut found = 0;
        for at in 0..count {
            let event = if self.packets[at].context() == WAKER_CONTEXT {
                Some(Event::WOKEN)
            } else {
                self.table.ended(&self.packets[at]).and_then(|(index, of_poll)| self.event(entries, index, of_poll))
            };
            if let Some(event) = event {
                events[found] = event;
                found += 1;
            }
        }
        found
    }

    /// The event of a poll that has ended.
    fn event(&mut self, entries: &mut Chunks<Entry>, index: u32, of_poll: u32) -> Option<Event> {
        let entry = &mut entries[index as usize];
        if !entry.has(flag::LIVE) {
            self.table.free(index);
            return None;
        }
        if of_poll & afd::LOCAL_CLOSE != 0 {
            self.table.forget(index);
            entry.set_of_set(0);
            return None;
        }
        entry.clear(INPUT | OUTPUT | END);
        self.pending.add(entry, index);
        let key = Key { index, generation: entry.generation() };
        let bits = event::of_poll(of_poll, entry.has(flag::ENDED));
        (bits != 0).then(|| Event::new(key, bits))
    }
}

/// Requests what the entry wants, unless a poll in progress has it.
fn start(table: &mut Table, entry: &mut Entry, index: u32) -> io::Result<()> {
    let wanted = wanted(entry.flags());
    if table.start(index, wanted, entry.flags())? {
        entry.set(wanted);
    }
    Ok(())
}
