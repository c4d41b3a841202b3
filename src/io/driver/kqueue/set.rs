//! The kqueue, and the changes that wait for the next call.

use super::super::readiness::entry::Entry;
use super::super::readiness::watch::Watch;
use super::super::readiness::{bits, flag};
use super::super::refused::stale;
use super::super::{Info, Key};
use super::event::WAKER_DATA;
use super::filters::{self, LEVEL, PENDING, ROOM, UNWANTED};
use crate::io::chunks::Chunks;
use crate::io::sys::kqueue::Queue;
use crate::io::sys::kqueue::event::{Change, Event, Filter};
use crate::io::sys::kqueue::probe;
use crate::io::waker::Waker;
use std::io;
use std::os::fd::RawFd;

/// Keys whose filters may have to change; beyond that changes are made at once.
const PENDING_MAX: usize = 256;

/// The queue. It is dropped before the sockets that it watches.
pub(in crate::io::driver) struct Set {
    queue: Queue,
    /// The keys with [`PENDING`]; others among them were closed or changed since.
    pending: Vec<Key>,
    /// For one call.
    changes: Vec<Event>,
}

impl Watch for Set {
    type Event = Event;

    const INFO: Info = Info {
        name: "kqueue",
        holds_sends: false,
        notices_paused: true,
        lends: false,
        sends_files: cfg!(any(target_os = "linux", target_os = "macos", target_os = "freebsd")),
        fallback: None,
    };
    const RECEIVABLE: u32 = bits::OCTETS;
    /// Nothing is ready before the connect is over, and either filter may tell it first.
    const CONNECTED: u32 = bits::INPUT | bits::OUTPUT;
    const ERROR_ENDS: bool = false;
    const REFUSES_LATE: bool = true;

    fn new() -> io::Result<Self> {
        let (mut pending, mut changes) = (Vec::new(), Vec::new());
        pending.try_reserve_exact(PENDING_MAX)?;
        changes.try_reserve_exact(PENDING_MAX * filters::CHANGES_MAX)?;
        Ok(Self { queue: Queue::new()?, pending, changes })
    }

    fn waker(&mut self) -> io::Result<Waker> {
        let waker = Waker::new()?;
        self.queue.change(&[Event::change(waker.fd(), Filter::Read, Change::Level, WAKER_DATA)])?;
        Ok(waker)
    }

    fn index(&mut self, fd: RawFd, is_foreign: bool) -> io::Result<u32> {
        // Files are always ready, of which only some systems tell; epoll refuses them too.
        if is_foreign && probe::is_file(fd)? {
            return Err(io::Error::from_raw_os_error(libc::EPERM));
        }
        u32::try_from(fd).map_err(|_| stale())
    }

    #[inline(always)]
    fn descriptor(_: &Entry, index: u32) -> RawFd {
        index as RawFd
    }

    fn handle(&self) -> RawFd {
        self.queue.handle()
    }

    fn keeps_back(&self) -> bool {
        !self.pending.is_empty()
    }

    #[inline]
    fn register(&mut self, entry: &mut Entry, index: u32) -> io::Result<()> {
        if filters::needed(entry.flags()) & !entry.flags() == 0 { Ok(()) } else { self.request(entry, index) }
    }

    fn silence(&mut self, entry: &mut Entry, index: u32, bits: u32) {
        if bits & bits::OCTETS != 0 && entry.has(LEVEL) && !entry.has(flag::READS) {
            entry.set(UNWANTED);
        }
        if filters::differ(entry.flags()) {
            // Fails only for a foreign descriptor that its owner has closed.
            let _ = self.request(entry, index);
        }
    }

    /// The system forgets a descriptor that is closed.
    fn unregister(&mut self, entry: &mut Entry, index: u32, closes: bool) {
        if closes && entry.socket().is_some() {
            return;
        }
        for change in filters::removals(entry.flags(), index) {
            // Fails only for a foreign descriptor that its owner has closed.
            let _ = self.queue.change(&[change]);
        }
        entry.set_of_set(0);
    }

    fn forget(&mut self, entry: &mut Entry, bits: u32) {
        entry.clear(if bits & bits::ROOM != 0 { ROOM } else { LEVEL | UNWANTED });
    }

    /// A socket of ours is open. Of others, the system knows a filter only while they are.
    #[cold]
    fn is_watched(&mut self, entry: &mut Entry, index: u32) -> bool {
        let mut probe = |filter| self.queue.change(&[Event::change(index as RawFd, filter, Change::Probe, 0)]).is_ok();
        entry.socket().is_some()
            || entry.has(LEVEL | UNWANTED) && probe(Filter::Read)
            || entry.has(ROOM) && probe(Filter::Write)
    }

    /// An event is of one direction; of a poll for both, the other one is asked for. The end of input may be that of both.
    fn complete(entry: &Entry, index: u32, bits: u32) -> u32 {
        let fd = index as RawFd;
        let mut bits = bits;
        if entry.flags() & flag::POLL == flag::POLL {
            let (reads, writes) = probe::is_ready(fd);
            bits |= if reads { bits::OCTETS } else { 0 } | if writes { bits::ROOM } else { 0 };
        }
        if bits & bits::PEER_END != 0 && probe::has_hung_up(fd) {
            bits |= bits::HANG_UP;
        }
        bits
    }

    fn flush(&mut self, entries: &mut Chunks<Entry>) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.collect(entries);
        self.queue.change(&self.changes)?;
        self.commit(entries);
        Ok(())
    }

    fn wait(
        &mut self,
        entries: &mut Chunks<Entry>,
        events: &mut [Event],
        timeout_ms: Option<u64>,
    ) -> io::Result<usize> {
        self.collect(entries);
        let count = self.queue.wait(&self.changes, events, timeout_ms)?;
        if self.pending.is_empty() {
            return Ok(count);
        }
        self.commit(entries);
        Ok(without_removals(&mut events[..count]))
    }
}

impl Set {
    #[cfg(all(test, target_os = "linux"))]
    pub(super) fn queue_mut(&mut self) -> &mut Queue {
        &mut self.queue
    }

    /// Lets the filters of an entry change before the next wait ends.
    #[cold]
    fn request(&mut self, entry: &mut Entry, index: u32) -> io::Result<()> {
        // An error of a foreign descriptor is its owner's to see.
        if entry.socket().is_none() || self.pending.len() == PENDING_MAX {
            return self.change(entry, index);
        }
        if !entry.has(PENDING) {
            entry.set(PENDING);
            self.pending.push(Key { index, generation: entry.generation() });
        }
        Ok(())
    }

    /// Changes the filters of an entry now.
    fn change(&mut self, entry: &mut Entry, index: u32) -> io::Result<()> {
        for change in filters::changes(entry.flags(), index, entry.generation()).into_iter().flatten() {
            self.queue.change(&[change])?;
        }
        entry.set_of_set(filters::target(entry.flags()));
        Ok(())
    }

    /// Makes the list of changes from what the entries want now.
    fn collect(&mut self, entries: &Chunks<Entry>) {
        self.changes.clear();
        for key in &self.pending {
            if let Some(entry) = entries.get(key.index as usize).filter(|entry| is_pending(entry, *key)) {
                let changes = filters::changes(entry.flags(), key.index, key.generation);
                self.changes.extend(changes.into_iter().flatten());
            }
        }
    }

    /// Records that the changes were made.
    fn commit(&mut self, entries: &mut Chunks<Entry>) {
        for key in self.pending.drain(..) {
            if let Some(entry) = entries.get_mut(key.index as usize).filter(|entry| is_pending(entry, key)) {
                entry.set_of_set(filters::target(entry.flags()));
            }
        }
    }
}

fn is_pending(entry: &Entry, key: Key) -> bool {
    entry.is_use(key.generation) && entry.has(PENDING)
}

/// Moves refused removals to the end, and returns how many other events there are: what could not be removed is not watched.
fn without_removals(events: &mut [Event]) -> usize {
    let mut kept = 0;
    for at in 0..events.len() {
        let is_removal = events[at].refusal().is_some_and(|error| error.raw_os_error() == Some(libc::ENOENT));
        if !is_removal {
            events.swap(kept, at);
            kept += 1;
        }
    }
    kept
}
