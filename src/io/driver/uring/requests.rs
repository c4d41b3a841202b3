//! Asks the system for what the owner of one socket wants.

use super::entry::Entry;
use super::flag;
use super::tag::{Kind, Tag};
use crate::io::sys::uring::{Completed, Request, Ring};
use std::io;
use std::os::fd::RawFd;

/// Events of poll(2) in the width of the ring.
pub(super) const OUTPUT: u32 = libc::POLLOUT as u32;
pub(super) const INPUT: u32 = libc::POLLIN as u32;
const PEER_END: u32 = libc::POLLRDHUP as u32;

/// The most requests of one socket, far more than it needs at a time.
const IN_FLIGHT_MAX: u16 = 60_000;

/// One entry with the ring, for one call.
pub(super) struct Requests<'a> {
    ring: &'a mut Ring,
    entry: &'a mut Entry,
    /// The number of the descriptor.
    index: u32,
}

impl<'a> Requests<'a> {
    pub fn new(ring: &'a mut Ring, entry: &'a mut Entry, index: u32) -> Self {
        Self { ring, entry, index }
    }

    /// Asks for what is wanted and was not asked for; ends what is no longer wanted. `has_backlog`: connections were
    /// accepted and wait here, so no others are for now. `yields`: others lack buffers, so none is taken at once.
    pub fn renew(mut self, has_backlog: bool, yields: bool) -> io::Result<()> {
        // Someone who replaces a poll at each flush, and pulls nothing, waits.
        if self.entry.has(flag::CLOSING) || self.entry.in_flight() > IN_FLIGHT_MAX {
            return Ok(());
        }
        self.receive(yields)?;
        if self.entry.only(flag::BESIDE_RECEIVE) == flag::RECEIVES {
            // As nearly always.
            return Ok(());
        }
        self.end_stale()?;
        self.accept(self.entry.has(flag::ACCEPT) && !has_backlog)?;
        self.output()?;
        self.poll()?;
        self.watch()
    }

    /// Ends the poll that nobody waits for: that of an earlier use, or one that was reported.
    fn end_stale(&mut self) -> io::Result<()> {
        if self.entry.has(flag::STALE_POLL) {
            let serial = self.entry.serial().wrapping_sub(1);
            self.cancel(Tag { serial, ..Tag::new(self.index, Kind::Poll) })?;
            self.entry.clear(flag::STALE_POLL);
        }
        Ok(())
    }

    /// Ends all requests. That of a foreign descriptor goes by its tag: the number may name another one by now.
    pub fn end_all(&mut self) -> io::Result<()> {
        self.end_stale()?;
        if self.entry.socket().is_none() {
            return self.cancel(self.last_poll());
        }
        self.ring.push(Request::CancelAll { fd: self.fd() }, Completed::IGNORED)
    }

    fn last_poll(&self) -> Tag {
        Tag { serial: self.entry.serial(), ..Tag::new(self.index, Kind::Poll) }
    }

    fn receive(&mut self, yields: bool) -> io::Result<()> {
        let wants = self.entry.wants_octets();
        if wants && !self.entry.has(flag::RECEIVING) {
            let at_once = self.entry.has(flag::LACKS_BUFFER) || self.entry.has(flag::HAS_MORE) && !yields;
            self.push(Kind::Receive, Request::Receive { fd: self.fd(), at_once })?;
            self.entry.clear(flag::LACKS_BUFFER);
            self.entry.asked(flag::RECEIVING);
        }
        if !wants && self.entry.only(flag::RECEIVING | flag::RECEIVE_ENDS) == flag::RECEIVING {
            self.cancel(Tag::new(self.index, Kind::Receive))?;
            self.entry.set(flag::RECEIVE_ENDS);
        }
        Ok(())
    }

    fn accept(&mut self, wants: bool) -> io::Result<()> {
        if wants && !self.entry.has(flag::ACCEPTING) {
            self.push(Kind::Accept, Request::Accept { fd: self.fd() })?;
            self.entry.asked(flag::ACCEPTING);
        }
        if !wants && self.entry.only(flag::ACCEPTING | flag::ACCEPT_ENDS) == flag::ACCEPTING {
            self.cancel(Tag::new(self.index, Kind::Accept))?;
            self.entry.set(flag::ACCEPT_ENDS);
        }
        Ok(())
    }

    fn output(&mut self) -> io::Result<()> {
        let wants = self.entry.has(flag::ROOM | flag::CONNECT) && !self.entry.has(flag::OUTPUT_IS_OLD);
        if wants && !self.entry.has(flag::AWAITS_OUTPUT) {
            self.push(Kind::Output, Request::Watch { fd: self.fd(), events: OUTPUT })?;
            self.entry.asked(flag::AWAITS_OUTPUT);
        }
        if !wants && self.entry.only(flag::AWAITS_OUTPUT | flag::OUTPUT_ENDS) == flag::AWAITS_OUTPUT {
            self.cancel(Tag::new(self.index, Kind::Output))?;
            self.entry.set(flag::OUTPUT_ENDS);
        }
        Ok(())
    }

    /// A poll for other events replaces the earlier one.
    fn poll(&mut self) -> io::Result<()> {
        let wanted = self.entry.only(flag::POLL);
        let polled = flag::polled_as_poll(self.entry.only(flag::POLLED));
        // One for input completes once by itself.
        let stays = wanted == polled || wanted == 0 && polled & flag::POLL_READABLE != 0;
        if !stays && polled != 0 {
            self.cancel(self.last_poll())?;
            self.entry.clear(flag::POLLED);
        }
        if stays || wanted == 0 {
            return Ok(());
        }
        self.push_poll(wanted)
    }

    fn push_poll(&mut self, wanted: u32) -> io::Result<()> {
        let tag = Tag { serial: self.entry.next_serial(), ..Tag::new(self.index, Kind::Poll) };
        let pick = |flag: u32, events: u32| if wanted & flag != 0 { events } else { 0 };
        let (fd, events) = (self.fd(), pick(flag::POLL_READABLE, INPUT) | pick(flag::POLL_WRITABLE, OUTPUT));
        let is_once = events & INPUT != 0;
        let request = if is_once { Request::Poll { fd, events } } else { Request::Watch { fd, events } };
        self.ring.push(request, tag.number())?;
        self.entry.asked(flag::poll_as_polled(wanted));
        Ok(())
    }

    /// Watches the ends of both sides, from when no receive would tell.
    fn watch(&mut self) -> io::Result<()> {
        let stands = flag::RECEIVE | flag::FAILED | flag::BOTH_ENDED | flag::WATCHED | flag::CONNECT;
        if self.entry.only(flag::STREAM | stands) == flag::STREAM {
            self.push(Kind::Watch, Request::Watch { fd: self.fd(), events: PEER_END })?;
            self.entry.asked(flag::WATCHED);
        }
        Ok(())
    }

    fn push(&mut self, kind: Kind, request: Request) -> io::Result<()> {
        self.ring.push(request, Tag::new(self.index, kind).number())
    }

    fn cancel(&mut self, tag: Tag) -> io::Result<()> {
        self.ring.push(Request::Cancel { tag: tag.number() }, Completed::IGNORED)
    }

    fn fd(&self) -> RawFd {
        self.index as RawFd
    }
}
