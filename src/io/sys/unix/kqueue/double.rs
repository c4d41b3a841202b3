//! The used part of kqueue on Linux, so that the driver's logic runs in tests there. Not for programs: slower, and never in a
//! build without the feature `fault`.
//!
//! It follows the manual of FreeBSD: filters of a descriptor are watched one by one; whether a filter is `EV_CLEAR` is decided
//! when it is added first, and adding it again changes only the rest; a change that fails is an event, and then the call does
//! not wait. Two epoll sets, one per filter, stand in a third one, which is waited for.
//!
//! What differs from the systems: an error has no number in `fflags`; a descriptor that another process has open too is still
//! watched after it is closed here; the end of our own direction is not reported.

use super::event::Event;
use super::system;
use crate::io::sys::epoll::{self, Change, Ready};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

const IN: u32 = libc::EPOLLIN as u32;
const OUT: u32 = libc::EPOLLOUT as u32;
const PEER_END: u32 = libc::EPOLLRDHUP as u32;
const HANG_UP: u32 = libc::EPOLLHUP as u32;
const ERROR: u32 = libc::EPOLLERR as u32;
const EDGE: u32 = libc::EPOLLET as u32;

/// The queue.
pub(in crate::io) struct Queue {
    /// Holds the sets of both sides, and is dropped first.
    all: OwnedFd,
    sides: [Side; 2],
    /// The side whose events come first, by turns.
    first: usize,
    /// Refuses the next change of this filter that adds, with this error number.
    #[cfg(test)]
    pub(in crate::io) refuses: Option<(super::event::Filter, i32)>,
}

/// The watched descriptors of one filter.
struct Side {
    filter: i16,
    set: OwnedFd,
    /// By descriptor: its events and data; without events it is not watched.
    watched: Vec<(u32, usize)>,
    ready: Vec<Ready>,
}

impl Queue {
    pub(in crate::io) fn new() -> io::Result<Self> {
        let all = epoll::create()?;
        let sides = [Side::new(system::EVFILT_READ)?, Side::new(system::EVFILT_WRITE)?];
        for side in &sides {
            epoll::change(&all, side.set.as_raw_fd(), Change::Add(IN, 0))?;
        }
        Ok(Self {
            all,
            sides,
            first: 0,
            #[cfg(test)]
            refuses: None,
        })
    }

    pub(in crate::io) fn handle(&self) -> RawFd {
        self.all.as_raw_fd()
    }

    /// See the real one.
    pub(in crate::io) fn change(&mut self, changes: &[Event]) -> io::Result<()> {
        changes.iter().try_for_each(|change| self.make(change))
    }

    /// See the real one.
    pub(in crate::io) fn wait(
        &mut self,
        changes: &[Event],
        events: &mut [Event],
        timeout_ms: Option<u64>,
    ) -> io::Result<usize> {
        let mut refused = 0;
        for change in changes {
            if let Err(error) = self.make(change) {
                let Some(room) = events.get_mut(refused) else { return Err(error) };
                *room = change.clone();
                (room.0.flags, room.0.data) = (system::EV_ERROR, error.raw_os_error().unwrap_or(libc::EINVAL).into());
                refused += 1;
            }
        }
        if refused > 0 {
            return Ok(refused);
        }
        let timeout = timeout_ms.map_or(-1, |ms| i32::try_from(ms).unwrap_or(i32::MAX));
        epoll::wait(&self.all, &mut [Ready { events: 0, u64: 0 }; 2], timeout)?;
        self.first ^= 1;
        let count = self.sides[self.first].collect(events)?;
        Ok(count + self.sides[self.first ^ 1].collect(&mut events[count..])?)
    }

    fn make(&mut self, change: &Event) -> io::Result<()> {
        #[cfg(test)]
        if change.0.flags & system::EV_ADD != 0
            && let Some((_, number)) = self.refuses.take_if(|(filter, _)| *filter == change.filter())
        {
            return Err(io::Error::from_raw_os_error(number));
        }
        let side = usize::from(change.0.filter == system::EVFILT_WRITE);
        self.sides[side].change(&change.0)
    }
}

impl Side {
    fn new(filter: i16) -> io::Result<Self> {
        Ok(Self { filter, set: epoll::create()?, watched: Vec::new(), ready: Vec::new() })
    }

    fn change(&mut self, change: &system::kevent) -> io::Result<()> {
        if self.watched.len() <= change.ident {
            self.watched.resize(change.ident + 1, (0, 0));
        }
        let fd = change.ident as RawFd;
        let (before, data) = self.watched[change.ident];
        let is_watched = before != 0 && epoll::change(&self.set, fd, Change::Modify(before, fd as u64)).is_ok();
        if change.flags & system::EV_ADD != 0 {
            return self.add(change, if is_watched { before } else { 0 });
        }
        self.watched[change.ident] = if is_watched { (before, data) } else { (0, 0) };
        if !is_watched {
            return Err(io::Error::from_raw_os_error(libc::ENOENT));
        }
        if change.flags & system::EV_DELETE != 0 {
            self.watched[change.ident] = (0, 0);
            return epoll::change(&self.set, fd, Change::Remove);
        }
        Ok(())
    }

    /// Watches, or changes how: not whether it is by edges.
    fn add(&mut self, change: &system::kevent, before: u32) -> io::Result<()> {
        let fd = change.ident as RawFd;
        let is_edge = if before == 0 { change.flags & system::EV_CLEAR != 0 } else { before & EDGE != 0 };
        let wanted = match (self.filter, change.fflags & system::NOTE_LOWAT) {
            (system::EVFILT_WRITE, _) => OUT,
            (_, 0) => IN | PEER_END,
            _ => PEER_END,
        };
        let events = wanted | if is_edge { EDGE } else { 0 };
        let step = if before == 0 { Change::Add(events, fd as u64) } else { Change::Modify(events, fd as u64) };
        epoll::change(&self.set, fd, step)?;
        self.watched[change.ident] = (events, change.udata.addr());
        Ok(())
    }

    /// Fills `events` with what is ready.
    fn collect(&mut self, events: &mut [Event]) -> io::Result<usize> {
        if events.is_empty() {
            return Ok(0);
        }
        self.ready.resize(events.len(), Ready { events: 0, u64: 0 });
        let count = epoll::wait(&self.set, &mut self.ready, 0)?;
        for (event, ready) in events.iter_mut().zip(&self.ready[..count]) {
            *event = self.event(*ready);
        }
        Ok(count)
    }

    fn event(&self, ready: Ready) -> Event {
        let bits = ready.events;
        let end = if self.filter == system::EVFILT_READ { PEER_END | HANG_UP } else { HANG_UP };
        let is_end = bits & end != 0;
        let fd = ready.u64 as usize;
        Event(system::kevent {
            ident: fd,
            filter: self.filter,
            flags: if is_end { system::EV_EOF } else { 0 },
            fflags: if is_end && bits & ERROR != 0 { libc::ECONNRESET as u32 } else { 0 },
            data: 1,
            udata: core::ptr::without_provenance_mut(self.watched[fd].1),
        })
    }
}
