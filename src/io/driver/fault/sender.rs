//! The sends of one socket: done, in part, refused for want of room, held, or failed.

use super::dice::Dice;
use super::entry::Entry;
use super::faults::Faults;
use super::held::Held;
use crate::io::driver::epoll::Epoll;
use crate::io::driver::{Cancel, Event, Gather, Sent, Submission};
use crate::io::sys::places::Places;
use std::io;
use std::os::fd::RawFd;

/// The sending view of one socket.
pub(super) struct Sender<'a> {
    pub inner: &'a mut Epoll,
    pub entry: &'a mut Entry,
    pub dice: &'a mut Dice,
    pub faults: Faults,
}

impl Sender<'_> {
    /// Sends the octets in one of the ways that a driver may.
    pub fn send(mut self, octets: &Gather<'_>) -> io::Result<Sent> {
        self.begin()?;
        if self.faults.breaks && self.dice.one_in(300) {
            return Err(io::Error::from_raw_os_error(if self.dice.one_in(2) {
                libc::ECONNRESET
            } else {
                libc::ENOBUFS
            }));
        }
        match self.dice.below(8) {
            0..4 => self.hold(octets),
            4 if self.faults.is_late => self.wait_for_room(0),
            5 if self.faults.is_late => {
                let part = self.dice.part_of(octets.octets());
                self.send_part(octets, part)
            }
            _ => self.send_part(octets, octets.octets()),
        }
    }

    fn send_part(self, octets: &Gather<'_>, part: usize) -> io::Result<Sent> {
        let sent = self.inner.send_gather(self.entry.inner, &Places::of(octets).up_to(part));
        self.noted(sent, octets.octets())
    }

    /// Holds the octets, which may be sent now.
    fn hold(self, octets: &Gather<'_>) -> io::Result<Sent> {
        let mut held = Held::new(octets)?;
        if !self.faults.is_late {
            match self.inner.send_gather(self.entry.inner, octets)? {
                Sent::Done(_) => held.is_sent = true,
                sent => return self.noted(Ok(sent), octets.octets()),
            }
        }
        self.entry.due_in = self.dice.below(3);
        self.entry.held = Some(held);
        Ok(Sent::Held)
    }

    /// Sends from a file, perhaps less.
    pub fn send_file(mut self, from: RawFd, offset: u64, len: u64) -> io::Result<Sent> {
        self.begin()?;
        if self.faults.is_late && self.dice.one_in(4) {
            return self.wait_for_room(0);
        }
        let offered = usize::try_from(len).unwrap_or(usize::MAX);
        let part = if self.faults.is_late { self.dice.part_of(offered) } else { offered };
        let sent = self.inner.send_file(self.entry.inner, from, offset, part as u64);
        self.noted(sent, offered)
    }

    /// Sends what was held; `None`: the socket is full.
    pub fn send_held(self) -> Option<Event> {
        let held = self.entry.held.as_mut()?;
        held.check();
        if held.is_sent {
            let taken = held.len();
            self.entry.held = None;
            return Some(Event::Sent(Ok(taken)));
        }
        if self.faults.breaks && self.dice.one_in(300) {
            self.entry.held = None;
            return Some(Event::Sent(Err(io::ErrorKind::ConnectionReset.into())));
        }
        let part = held.up_to(self.dice.part_of(held.len()));
        let sent = match self.inner.send_gather(self.entry.inner, &part) {
            Ok(Sent::Room(0) | Sent::Held) => {
                held.is_blocked = true;
                return None;
            }
            Ok(Sent::Room(taken)) => {
                let _ = self.inner.submit(self.entry.inner, Submission::Cancel(Cancel::Send));
                Ok(taken)
            }
            Ok(Sent::Done(taken)) => Ok(taken),
            Err(error) => Err(error),
        };
        self.entry.held = None;
        Some(Event::Sent(sent))
    }

    /// The inner driver has room: for what is held, or for the owner.
    pub fn has_room(self, result: io::Result<usize>) -> Option<Event> {
        if let Some(held) = &mut self.entry.held {
            held.is_blocked = false;
            return self.send_held();
        }
        core::mem::take(&mut self.entry.waits_for_room).then_some(Event::Sent(result))
    }

    /// Waits for room.
    pub fn room(self) -> io::Result<()> {
        if self.entry.is_sending() {
            return Err(io::Error::from_raw_os_error(libc::EALREADY));
        }
        self.wait_for_room(0).map(drop)
    }

    /// Ends a wait for room; a held send stays.
    pub fn cancel(mut self) -> io::Result<()> {
        self.end_wait()
    }

    /// One send at a time, in place of a wait for room.
    fn begin(&mut self) -> io::Result<()> {
        if self.entry.held.is_some() {
            return Err(io::Error::from_raw_os_error(libc::EALREADY));
        }
        self.end_wait()
    }

    fn end_wait(&mut self) -> io::Result<()> {
        if core::mem::take(&mut self.entry.waits_for_room) {
            self.inner.submit(self.entry.inner, Submission::Cancel(Cancel::Send))?;
        }
        Ok(())
    }

    /// The inner driver's answer, of all that was offered here.
    pub fn noted(self, sent: io::Result<Sent>, offered: usize) -> io::Result<Sent> {
        match sent? {
            Sent::Done(taken) if taken < offered => self.wait_for_room(taken),
            Sent::Room(taken) => {
                self.entry.waits_for_room = true;
                Ok(Sent::Room(taken))
            }
            sent => Ok(sent),
        }
    }

    fn wait_for_room(self, taken: usize) -> io::Result<Sent> {
        self.inner.submit(self.entry.inner, Submission::Room)?;
        self.entry.waits_for_room = true;
        Ok(Sent::Room(taken))
    }
}
