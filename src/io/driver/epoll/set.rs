//! The epoll set.

use super::super::lending::Lent;
use super::super::readiness::entry::Entry;
use super::super::readiness::ready::WAKER;
use super::super::readiness::watch::Watch;
use super::super::readiness::{bits, flag};
use super::super::refused::stale;
use super::super::{Gather, Info, Key};
use super::event::data;
use crate::io::chunks::Chunks;
use crate::io::sys::epoll::{self, Change};
use crate::io::sys::zero_copy;
use crate::io::waker::Waker;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

/// The set. Every request is made at once.
pub(in crate::io::driver) struct Set(OwnedFd);

/// The descriptor is in the set.
const REGISTERED: u32 = 1 << 10;
const INPUT: u32 = 1 << 11;
const OUTPUT: u32 = 1 << 12;
const END: u32 = 1 << 13;

/// Events are told when they come, not as long as they stand.
const EDGES: u32 = libc::EPOLLET as u32;

const _: () = assert!(REGISTERED | INPUT | OUTPUT | END == flag::OF_SET);

impl Watch for Set {
    type Event = epoll::Ready;

    const INFO: Info = Info {
        name: "epoll",
        holds_sends: false,
        notices_paused: true,
        lends: true,
        sends_files: true,
        fallback: None,
    };
    const RECEIVABLE: u32 = bits::INPUT;
    const CONNECTED: u32 = bits::OUTPUT;
    const ERROR_ENDS: bool = false;
    const REFUSES_LATE: bool = false;

    fn new() -> io::Result<Self> {
        epoll::create().map(Self)
    }

    fn waker(&mut self) -> io::Result<Waker> {
        let waker = Waker::new()?;
        epoll::change(&self.0, waker.fd(), Change::Add(bits::OCTETS, data(WAKER)))?;
        Ok(waker)
    }

    /// The first request of a foreign one that cannot be watched fails.
    fn index(&mut self, fd: RawFd, _: bool) -> io::Result<u32> {
        u32::try_from(fd).map_err(|_| stale())
    }

    #[inline(always)]
    fn descriptor(_: &Entry, index: u32) -> RawFd {
        index as RawFd
    }

    fn handle(&self) -> RawFd {
        self.0.as_raw_fd()
    }

    fn keeps_back(&self) -> bool {
        false
    }

    #[inline]
    fn register(&mut self, entry: &mut Entry, index: u32) -> io::Result<()> {
        if wanted(entry.flags()) & !entry.flags() == 0 { Ok(()) } else { self.rearm(entry, index) }
    }

    /// If a hang-up or error is pending, which cannot be masked, and no operation would handle it, the registration ends;
    /// the next operation makes a new one. Otherwise it stays, if only to report errors.
    #[inline(always)]
    fn silence(&mut self, entry: &mut Entry, index: u32, bits: u32) {
        if !entry.has(REGISTERED) {
            return;
        }
        let idle = !entry.has(flag::OPERATIONS);
        let stands = idle && bits & (bits::HANG_UP | bits::ERROR) != 0;
        // Rearming cannot fail for our own descriptor; a foreign one may be closed.
        if stands && entry.has(flag::LENDS) {
            return self.watch_edges(entry, index);
        }
        if stands || self.rearm(entry, index).is_err() {
            self.remove(entry, index);
        }
    }

    /// Closing alone would not end a registration that a forked process shares.
    fn unregister(&mut self, entry: &mut Entry, index: u32, _: bool) {
        self.remove(entry, index);
    }

    /// Requests fail in the call that makes them.
    fn forget(&mut self, _: &mut Entry, _: u32) {}

    #[cold]
    fn is_watched(&mut self, entry: &mut Entry, index: u32) -> bool {
        entry.has(REGISTERED) && self.rearm(entry, index).is_ok()
    }

    /// An event has all that is ready.
    #[inline]
    fn complete(_: &Entry, _: u32, bits: u32) -> u32 {
        bits
    }

    fn can_lend(fd: RawFd) -> bool {
        zero_copy::enable(fd).is_ok()
    }

    fn lend(fd: RawFd, octets: &Gather<'_>) -> io::Result<usize> {
        zero_copy::send(fd, octets)
    }

    /// A release is an error to the system, which cannot be masked. So any registration tells it.
    fn watch_releases(&mut self, entry: &mut Entry, index: u32) -> io::Result<()> {
        if entry.has(flag::CLOSING) {
            // Its events have the data of an earlier generation.
            return self.rearm_with(entry, index, EDGES, flag::EDGE);
        }
        if entry.has(REGISTERED) { Ok(()) } else { self.rearm(entry, index) }
    }

    fn take_releases(fd: RawFd, lent: &mut Lent) -> bool {
        let mut has_taken = false;
        while let Some(notice) = zero_copy::notice(fd) {
            lent.release(notice.first, notice.last, notice.is_copied);
            has_taken = true;
        }
        has_taken
    }

    fn has_error(fd: RawFd) -> bool {
        zero_copy::has_error(fd)
    }

    fn has_input_of_lender(fd: RawFd) -> io::Result<bool> {
        zero_copy::has_input(fd)
    }

    fn end_lender(fd: RawFd, at_once: bool) {
        zero_copy::end(fd, at_once);
    }

    /// Nothing is kept back.
    fn flush(&mut self, _: &mut Chunks<Entry>) -> io::Result<()> {
        Ok(())
    }

    fn wait(
        &mut self,
        _: &mut Chunks<Entry>,
        events: &mut [epoll::Ready],
        timeout_ms: Option<u64>,
    ) -> io::Result<usize> {
        let timeout = timeout_ms.map_or(-1, |ms| i32::try_from(ms).unwrap_or(i32::MAX));
        epoll::wait(&self.0, events, timeout)
    }
}

impl Set {
    /// Requests exactly the events that the entry wants.
    #[cold]
    fn rearm(&mut self, entry: &mut Entry, index: u32) -> io::Result<()> {
        if entry.has(flag::EDGE) && !entry.has(flag::OPERATIONS) {
            return Ok(());
        }
        self.rearm_with(entry, index, 0, 0)
    }

    fn rearm_with(&mut self, entry: &mut Entry, index: u32, mode: u32, flag: u32) -> io::Result<()> {
        let wanted = wanted(entry.flags());
        let data = data(Key { index, generation: entry.generation() });
        let events = events(wanted) | mode;
        let change = if entry.has(REGISTERED) { Change::Modify(events, data) } else { Change::Add(events, data) };
        epoll::change(&self.0, index as RawFd, change)?;
        entry.set_of_set(wanted | REGISTERED | flag);
        Ok(())
    }

    /// A hang-up or an error stands that no operation would handle, but releases are to be told: each event comes once. The change
    /// tells the present ones again, so it is made once too.
    #[cold]
    fn watch_edges(&mut self, entry: &mut Entry, index: u32) {
        if !entry.has(flag::EDGE) {
            // Cannot fail for our own descriptor, which is registered.
            let _ = self.rearm_with(entry, index, EDGES, flag::EDGE);
        }
    }

    /// Ends the registration. Hang-ups and errors cannot be masked, so this is the only way to stop them.
    #[cold]
    fn remove(&mut self, entry: &mut Entry, index: u32) {
        if entry.has(REGISTERED) {
            // Fails only for a foreign descriptor that its owner has closed.
            let _ = epoll::change(&self.0, index as RawFd, Change::Remove);
            entry.set_of_set(0);
        }
    }
}

/// The events that operations and state require.
const fn wanted(flags: u32) -> u32 {
    let input = if flags & flag::READS != 0 { INPUT } else { 0 };
    let output = if flags & flag::WRITES != 0 { OUTPUT } else { 0 };
    let end = if flags & (flag::STREAM | flag::ENDED) == flag::STREAM { END } else { 0 };
    input | output | end
}

/// Requested events as bits of epoll.
fn events(requested: u32) -> u32 {
    let pick = |flag: u32, bit: u32| if requested & flag != 0 { bit } else { 0 };
    pick(INPUT, bits::OCTETS) | pick(OUTPUT, bits::ROOM) | pick(END, bits::PEER_END)
}
