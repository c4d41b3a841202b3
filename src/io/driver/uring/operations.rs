//! Starts and ends operations: sets their bits and lists their sockets, and passes sends to the ring.

use super::flag;
use super::table::Table;
use super::tag::{Kind, Tag};
use crate::io::address::Address;
use crate::io::driver::refused::twice;
use crate::io::driver::{Cancel, Gather, Interest, Key, Sent, Submission, ZeroCopy, failure, file};
use crate::io::sys;
use crate::io::sys::uring::Ring;
use std::io;
use std::os::fd::RawFd;

/// The sockets with the ring, for one call of their owner.
pub(super) struct Operations<'a> {
    ring: &'a mut Ring,
    table: &'a mut Table,
}

impl<'a> Operations<'a> {
    pub fn new(ring: &'a mut Ring, table: &'a mut Table) -> Self {
        Self { ring, table }
    }

    pub fn submit(self, key: Key, submission: Submission<'_>) -> io::Result<()> {
        match submission {
            Submission::Receive => self.want(key, flag::RECEIVE | flag::STREAM),
            Submission::Accept => self.want(key, flag::ACCEPT),
            Submission::Connect(address) => self.connect(key, address),
            Submission::Room => self.want(key, flag::ROOM),
            Submission::Poll(interest) => self.poll(key, interest),
            Submission::Cancel(which) => self.cancel(key, which),
        }
    }

    /// Wants something of a socket of ours, unless that is wanted already.
    fn want(self, key: Key, flags: u32) -> io::Result<()> {
        self.table.socket(key)?;
        let entry = self.table.get_mut(key)?;
        let operation = flags & flag::WANTED;
        // A held send is a send in progress, which a wait for room may not follow.
        let in_progress = if operation == flag::ROOM { operation | flag::HELD } else { operation };
        if entry.has(in_progress) {
            return Err(twice());
        }
        entry.set(flags);
        self.table.list(key.index);
        Ok(())
    }

    fn poll(self, key: Key, interest: Interest) -> io::Result<()> {
        let readable = if interest.contains(Interest::READABLE) { flag::POLL_READABLE } else { 0 };
        let writable = if interest.contains(Interest::WRITABLE) { flag::POLL_WRITABLE } else { 0 };
        let entry = self.table.get_mut(key)?;
        entry.clear(flag::POLL);
        entry.set(readable | writable);
        self.table.list(key.index);
        Ok(())
    }

    fn connect(self, key: Key, address: &Address) -> io::Result<()> {
        let socket = self.table.socket(key)?;
        if self.table.get(key)?.has(flag::CONNECT) {
            // A second call would take the error of the first one.
            return Err(twice());
        }
        socket.connect(address)?;
        let entry = self.table.get_mut(key)?;
        entry.set(if entry.has(flag::AWAITS_OUTPUT) { flag::OUTPUT_IS_OLD } else { 0 });
        self.want(key, flag::CONNECT)
    }

    fn cancel(self, key: Key, which: Cancel) -> io::Result<()> {
        let operation = match which {
            Cancel::Accept => flag::ACCEPT,
            Cancel::Connect => flag::CONNECT,
            Cancel::Receive => flag::RECEIVE,
            Cancel::Send => flag::ROOM,
            Cancel::Poll => flag::POLL,
        };
        let entry = self.table.get_mut(key)?;
        // A held send ends with its completion.
        let is_held = operation == flag::ROOM && entry.has(flag::OWES_SENT);
        entry.clear(if is_held { 0 } else { operation });
        self.table.list(key.index);
        Ok(())
    }

    pub fn send(self, key: Key, offered: usize, pieces: &[libc::iovec]) -> io::Result<Sent> {
        let (fd, entry) = self.table.sender(key)?;
        if offered == 0 {
            entry.clear(flag::ROOM);
            return Ok(Sent::Done(0));
        }
        if entry.has(flag::CONNECT) {
            // A send would take the error of the connect.
            return Ok(self.room(key.index, 0));
        }
        match self.ring.push_send(fd, pieces, Tag::new(key.index, Kind::Send).number(), false) {
            Ok(()) => {}
            Err(error) if is_for_now(&error) => return Ok(self.room(key.index, 0)),
            Err(error) => return Err(error),
        }
        entry.clear(flag::ROOM);
        entry.asked(flag::SENDING);
        Ok(Sent::Held)
    }

    /// The same with octets that are lent, if the socket can. Otherwise they are copied by a send as any. Fails if none are lent.
    pub fn send_zero_copy(self, key: Key, octets: &Gather<'_>) -> io::Result<ZeroCopy> {
        let (fd, entry, lending) = self.table.lender(key)?;
        let is_free = octets.octets() != 0 && !entry.has(flag::CONNECT);
        let lent = if is_free { lending.lender(key.index, || sys::zero_copy::is_tcp(fd)) } else { None };
        let Some(lent) = lent else {
            return Ok(ZeroCopy::copied(self.send(key, octets.octets(), octets.vectors())));
        };
        let tag = Tag { serial: lent.next(), ..Tag::new(key.index, Kind::Lend) };
        match self.ring.push_send(fd, octets.vectors(), tag.number(), true) {
            Ok(()) => {}
            Err(error) if is_for_now(&error) => {
                return Ok(ZeroCopy::copied(Ok(self.room(key.index, 0))));
            }
            Err(error) => return Err(error),
        }
        lent.add_held();
        entry.clear(flag::ROOM);
        entry.set(flag::LENDS);
        entry.asked(flag::SENDING);
        Ok(ZeroCopy { sent: Ok(Sent::Held), is_lent: true })
    }

    /// So many octets were taken, and the rest waits for room.
    fn room(self, index: u32, taken: usize) -> Sent {
        if let Some(entry) = self.table.at(index) {
            entry.set(flag::ROOM);
        }
        self.table.list(index);
        Sent::Room(taken)
    }

    /// By the system's own call, since the ring has none.
    pub fn send_file(self, key: Key, from: RawFd, offset: u64, len: u64) -> io::Result<Sent> {
        let (fd, entry) = self.table.sender(key)?;
        let offered = file::offered(len);
        entry.clear(flag::ROOM);
        if entry.has(flag::CONNECT) {
            return Ok(self.room(key.index, 0));
        }
        let asked = file::capped(offered);
        let sent = sys::transfer::send_file(fd, from, offset, asked);
        let has_failed = match &sent {
            Ok(taken) => entry.socket().is_some_and(|socket| failure::is_hidden(*taken, asked, socket)),
            Err(error) => failure::is_of_connection(error),
        };
        if has_failed {
            entry.set(flag::FAILED);
        }
        match sent {
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => Ok(self.room(key.index, 0)),
            Ok(taken) if taken == offered => Ok(Sent::Done(taken)),
            sent => file::not_at_end(sent?, offered).map(|taken| self.room(key.index, taken)),
        }
    }
}

/// Whether the system takes no more requests for now.
fn is_for_now(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::ResourceBusy || error.raw_os_error() == Some(libc::EAGAIN)
}
