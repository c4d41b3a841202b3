//! The descriptors of the driver, indexed by number, and the list of those to look after before the system is entered.
//!
//! An entry whose key is gone is used again only when its last request has completed, since its descriptor stays open until
//! then. So a completion always belongs to the present use.

use super::entry::Entry;
use super::flag;
use super::lend::Lend;
use crate::io::chunks::Chunks;
use crate::io::driver::Key;
use crate::io::driver::lending::{Lending, Lent};
use crate::io::driver::refused::{stale, twice};
use crate::io::socket::Socket;
use crate::io::sys;
use crate::io::sys::epoll::{self, Change};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

/// No entry.
const NONE: u32 = u32::MAX;

/// All descriptors.
#[derive(Debug)]
pub(super) struct Table {
    entries: Chunks<Entry>,
    /// The foreign descriptors. Nobody waits on it: it tells whether a number still names the descriptor that was attached,
    /// and refuses those that have no readiness.
    foreign: OwnedFd,
    lending: Lending,
    first: u32,
    last: u32,
}

impl Table {
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            entries: Chunks::new(),
            foreign: epoll::create()?,
            lending: Lending::default(),
            first: NONE,
            last: NONE,
        })
    }

    /// Fills the entry of a socket. Fails with `EEXIST` if the descriptor is attached already.
    pub fn attach(&mut self, socket: Socket, token: u32) -> io::Result<Key> {
        let fd = socket.as_raw_fd();
        // Asks the system only for a number whose foreign descriptor was closed by its owner, or was not.
        let is_foreign = usize::try_from(fd).ok().and_then(|at| self.entries.get(at)).is_some_and(Entry::is_foreign);
        let is_known = is_foreign && epoll::change(&self.foreign, fd, Change::Modify(0, 0)).is_ok();
        self.fill(fd, is_known, token, Some(socket))
    }

    /// The same for a descriptor of somebody else.
    pub fn attach_foreign(&mut self, fd: RawFd, token: u32) -> io::Result<Key> {
        epoll::change(&self.foreign, fd, Change::Add(0, 0))?;
        self.fill(fd, false, token, None).inspect_err(|_| self.forget(fd))
    }

    /// A foreign descriptor is its owner's again.
    pub fn forget(&self, fd: RawFd) {
        // Fails if its owner has closed it.
        let _ = epoll::change(&self.foreign, fd, Change::Remove);
    }

    /// Fills an entry that is not in use, or whose foreign descriptor was closed by its owner: then the number is another one
    /// by now. `is_known`: it is a foreign one still.
    fn fill(&mut self, fd: RawFd, is_known: bool, token: u32, socket: Option<Socket>) -> io::Result<Key> {
        let index = u32::try_from(fd).map_err(|_| stale())?;
        let at = index as usize;
        self.entries.grow(at + 1, Entry::default)?;
        let entry = &mut self.entries[at];
        let is_ours = entry.has(flag::LIVE | flag::CLOSING) && entry.socket().is_some();
        if is_ours || is_known {
            return Err(io::Error::from_raw_os_error(libc::EEXIST));
        }
        entry.begin(token, socket);
        let key = Key { index, generation: entry.generation() };
        self.list(index);
        Ok(key)
    }

    #[inline]
    pub fn get(&self, key: Key) -> io::Result<&Entry> {
        self.entries.get(key.index as usize).filter(|entry| entry.is_use(key.generation)).ok_or_else(stale)
    }

    #[inline]
    pub fn get_mut(&mut self, key: Key) -> io::Result<&mut Entry> {
        self.entries.get_mut(key.index as usize).filter(|entry| entry.is_use(key.generation)).ok_or_else(stale)
    }

    /// The entry of a completion, in use or closing.
    #[inline]
    pub fn at(&mut self, index: u32) -> Option<&mut Entry> {
        self.entries.get_mut(index as usize).filter(|entry| entry.has(flag::LIVE | flag::CLOSING))
    }

    /// The socket; an error for a foreign descriptor.
    #[inline]
    pub fn socket(&self, key: Key) -> io::Result<&Socket> {
        self.get(key)?.socket().ok_or_else(stale)
    }

    /// The descriptor and the entry of a socket that may send: none of its sends is held. So no release waits for one either.
    pub fn sender(&mut self, key: Key) -> io::Result<(RawFd, &mut Entry)> {
        let fd = self.socket(key)?.as_raw_fd();
        let entry = self.entries.get_mut(key.index as usize).ok_or_else(stale)?;
        if entry.has(flag::HELD) {
            return Err(twice());
        }
        if entry.has(flag::LENDS)
            && let Some(lent) = self.lending.get(key.index)
        {
            lent.let_go();
        }
        Ok((fd, entry))
    }

    /// The same, with what it may lend.
    pub fn lender(&mut self, key: Key) -> io::Result<(RawFd, &mut Entry, &mut Lending)> {
        let (fd, _) = self.sender(key)?;
        let entry = self.entries.get_mut(key.index as usize).ok_or_else(stale)?;
        Ok((fd, entry, &mut self.lending))
    }

    /// The entry of a completion, with what it has lent, if it ever has.
    pub fn at_with_lent(&mut self, index: u32) -> Option<(&mut Entry, Option<&mut Lent>)> {
        let entry = self.entries.get_mut(index as usize).filter(|entry| entry.has(flag::LIVE | flag::CLOSING))?;
        Some((entry, self.lending.get(index)))
    }

    /// That of one which has.
    pub fn lender_at(&mut self, index: u32) -> Option<(&mut Entry, &mut Lent)> {
        let (entry, lent) = self.at_with_lent(index)?;
        Some((entry, lent?))
    }

    /// What all sockets have lent.
    pub fn lending(&mut self) -> &mut Lending {
        &mut self.lending
    }

    /// Ends the use by a key that has no requests.
    pub fn release(&mut self, key: Key) -> Option<Socket> {
        let socket = self.get_mut(key).ok()?.release();
        self.lending.remove(key.index);
        if socket.is_none() {
            self.forget(key.index as RawFd);
        }
        socket
    }

    /// The sending side of a socket that lends octets ends; it is closed when they are released. `false`: it lends none.
    pub fn ends_lending(&mut self, key: Key) -> io::Result<bool> {
        self.get(key)?;
        if let Some(lender) = self.lender_at(key.index) {
            Lend::new(lender).released_at_close();
        }
        let lends = self.get(key)?.has(flag::LENDS);
        if lends {
            sys::zero_copy::end(key.index as RawFd, false);
        }
        Ok(lends)
    }

    /// Ends the connections of which octets are lent: otherwise they are released when the peer has acknowledged them.
    pub fn end_lending(&mut self) {
        self.lending.unreleased().for_each(|(index, _)| sys::zero_copy::end(index as RawFd, true));
    }

    /// Looks after the entry before the system is entered.
    #[inline]
    pub fn list(&mut self, index: u32) {
        let Some(entry) = self.entries.get_mut(index as usize) else { return };
        if entry.has(flag::LISTED) {
            return;
        }
        entry.set(flag::LISTED);
        entry.next = NONE;
        match self.entries.get_mut(self.last as usize) {
            Some(last) if self.first != NONE => last.next = index,
            _ => self.first = index,
        }
        self.last = index;
    }

    /// Takes the first of the list.
    pub fn pop(&mut self) -> Option<u32> {
        let first = self.first;
        let entry = self.entries.get_mut(first as usize)?;
        entry.clear(flag::LISTED);
        self.first = entry.next;
        Some(first)
    }

    /// The last of the list: those that are listed from now on come behind it.
    pub fn last(&self) -> u32 {
        self.last
    }

    /// The first of the list.
    pub fn first(&self) -> Option<u32> {
        (self.first != NONE).then_some(self.first)
    }

    /// The one behind a listed one.
    pub fn after(&self, index: u32) -> Option<u32> {
        self.entries.get(index as usize).map(|entry| entry.next).filter(|&next| next != NONE)
    }

    /// Whether a socket is listed.
    pub fn is_listed(&self) -> bool {
        self.first != NONE
    }
}
