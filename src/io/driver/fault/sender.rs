//! The sends of one socket: done, in part, refused for want of room, held, or failed.

use super::context::Context;
use super::held::Held;
use crate::io::descriptor::RawFile;
use crate::io::driver::drive::Drive;
use crate::io::driver::refused::twice;
use crate::io::driver::{Cancel, Event, Gather, Release, Sent, Submission, ZeroCopy, failure};
use crate::io::sys::places::Places;
use crate::io::sys::posix;
use std::io;

/// The sending view of one socket.
pub(super) struct Sender<'a> {
    context: Context<'a>,
}

impl<'a> Sender<'a> {
    pub fn new(context: Context<'a>) -> Self {
        Self { context }
    }

    /// Sends the octets in one of the ways that a driver may.
    pub fn send(mut self, octets: &Gather<'_>) -> io::Result<Sent> {
        self.begin()?;
        if self.context.breaks_once_in(300) {
            return Err(io::Error::from_raw_os_error(if self.context.dice.one_in(2) {
                posix::ECONNRESET
            } else {
                posix::ENOBUFS
            }));
        }
        match self.context.dice.below(8) {
            0..4 => self.hold(octets),
            4 if self.context.faults.is_late => self.wait_for_room(0),
            5 if self.context.faults.is_late => {
                let part = self.context.dice.part_of(octets.octets());
                self.send_part(octets, part)
            }
            _ => self.send_part(octets, octets.octets()),
        }
    }

    /// The same with octets that are lent, or not. They are copied to the inner driver, and looked at again before they are free.
    /// Fails if none are lent.
    pub fn send_zero_copy(mut self, octets: &Gather<'_>) -> io::Result<ZeroCopy> {
        if self.context.dice.one_in(4) {
            return Ok(ZeroCopy::copied(self.send(octets)));
        }
        let lent = Held::new(octets)?;
        self.context.delay();
        let Context { inner, entry, dice, faults } = self.context;
        let sent = Sender::new(Context { inner, entry, dice, faults }).send(octets)?;
        let is_lent = !matches!(sent, Sent::Done(0) | Sent::Room(0));
        if is_lent {
            entry.lent.push_back(lent);
        }
        Ok(ZeroCopy { sent: Ok(sent), is_lent })
    }

    /// Some of the octets that are lent are free again.
    pub fn release(mut self) -> Option<Event> {
        let sends = self.context.dice.part_of(self.context.entry.lent.len());
        self.context.entry.lent.drain(..sends).for_each(|lent| lent.check());
        self.context.delay();
        Some(Event::Released(Release { sends, is_copied: true }))
    }

    fn send_part(self, octets: &Gather<'_>, part: usize) -> io::Result<Sent> {
        let sent = self.context.inner.send_gather(self.context.entry.inner, &Places::of(octets).up_to(part));
        self.noted(sent, octets.octets())
    }

    /// Holds the octets, which may be sent now.
    fn hold(mut self, octets: &Gather<'_>) -> io::Result<Sent> {
        let mut held = Held::new(octets)?;
        if !self.context.faults.is_late {
            match self.context.inner.send_gather(self.context.entry.inner, octets)? {
                Sent::Done(_) => held.is_sent = true,
                sent => return self.noted(Ok(sent), octets.octets()),
            }
        }
        self.context.delay();
        self.context.entry.held = Some(held);
        Ok(Sent::Held)
    }

    /// Sends from a file, perhaps less.
    pub fn send_file(mut self, from: RawFile, offset: u64, len: u64) -> io::Result<Sent> {
        self.begin()?;
        if self.context.faults.is_late && self.context.dice.one_in(4) {
            return self.wait_for_room(0);
        }
        let offered = usize::try_from(len).unwrap_or(usize::MAX);
        let part = if self.context.faults.is_late { self.context.dice.part_of(offered) } else { offered };
        let sent = self.context.inner.send_file(self.context.entry.inner, from, offset, part as u64);
        self.noted(sent, offered)
    }

    /// Sends what was held; `None`: the socket is full.
    pub fn send_held(mut self) -> Option<Event> {
        let mut held = self.context.entry.held.take()?;
        held.check();
        if held.is_sent {
            return Some(Event::Sent(Ok(held.len())));
        }
        if self.context.breaks_once_in(300) {
            return Some(Event::Sent(Err(failure::reset())));
        }
        let part = held.up_to(self.context.dice.part_of(held.len()));
        let sent = match self.context.inner.send_gather(self.context.entry.inner, &part) {
            Ok(Sent::Room(0) | Sent::Held) => {
                held.is_blocked = true;
                self.context.entry.held = Some(held);
                return None;
            }
            Ok(Sent::Room(taken)) => {
                let _ = self.context.submit(Submission::Cancel(Cancel::Send));
                Ok(taken)
            }
            Ok(Sent::Done(taken)) => Ok(taken),
            Err(error) => Err(error),
        };
        Some(Event::Sent(sent))
    }

    /// The inner driver has room: for what is held, or for the owner.
    pub fn has_room(self, result: io::Result<usize>) -> Option<Event> {
        if let Some(held) = &mut self.context.entry.held {
            held.is_blocked = false;
            return self.send_held();
        }
        core::mem::take(&mut self.context.entry.waits_for_room).then_some(Event::Sent(result))
    }

    /// Waits for room.
    pub fn room(self) -> io::Result<()> {
        if self.context.entry.is_sending() {
            return Err(twice());
        }
        self.wait_for_room(0).map(drop)
    }

    /// Ends a wait for room; a held send stays.
    pub fn cancel(mut self) -> io::Result<()> {
        self.end_wait()
    }

    /// One send at a time, in place of a wait for room.
    fn begin(&mut self) -> io::Result<()> {
        if self.context.entry.held.is_some() {
            return Err(twice());
        }
        self.end_wait()
    }

    fn end_wait(&mut self) -> io::Result<()> {
        if core::mem::take(&mut self.context.entry.waits_for_room) {
            self.context.submit(Submission::Cancel(Cancel::Send))?;
        }
        Ok(())
    }

    /// The inner driver's answer, of all that was offered here.
    pub fn noted(self, sent: io::Result<Sent>, offered: usize) -> io::Result<Sent> {
        match sent? {
            Sent::Done(taken) if taken < offered => self.wait_for_room(taken),
            Sent::Room(taken) => {
                self.context.entry.waits_for_room = true;
                Ok(Sent::Room(taken))
            }
            sent => Ok(sent),
        }
    }

    fn wait_for_room(mut self, taken: usize) -> io::Result<Sent> {
        self.context.submit(Submission::Room)?;
        self.context.entry.waits_for_room = true;
        Ok(Sent::Room(taken))
    }
}
