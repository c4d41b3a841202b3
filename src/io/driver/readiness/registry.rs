//! The descriptors of the driver, indexed by number, and the system's set that watches them.
//!
//! A key names one use of an entry: index and generation. The generation changes on release, so remaining events of a
//! closed descriptor match nothing, even if its number is reused.

use super::super::lending::{self, Lending};
use super::super::refused::{stale, twice};
use super::super::{Cancel, Closing, Interest, Key, Submission};
use super::batch::Batch;
use super::entry::Entry;
use super::flag;
use super::lender::{self, Lender};
use super::source::Source;
use super::watch::Watch;
use crate::io::address::Address;
use crate::io::chunks::Chunks;
use crate::io::descriptor::RawSocket;
use crate::io::socket::Socket;
use crate::io::sys;
use crate::io::sys::posix;
use crate::io::waker::Waker;
use std::io;
use std::time::Instant;

/// All descriptors. The set is dropped first: it must not watch dropped sockets.
pub(super) struct Registry<S> {
    set: S,
    entries: Chunks<Entry>,
    lending: Lending,
}

impl<S: Watch> Registry<S> {
    pub fn new(set: S) -> Self {
        Self { set, entries: Chunks::new(), lending: Lending::default() }
    }

    /// The system's set.
    pub fn set(&self) -> &S {
        &self.set
    }

    #[cfg(all(test, any(all(kqueue, target_os = "linux"), windows)))]
    pub fn set_mut(&mut self) -> &mut S {
        &mut self.set
    }

    /// Makes what ends waits, which has no entry.
    pub fn waker(&mut self) -> io::Result<Waker> {
        self.set.waker()
    }

    /// Hands over the requests that the set kept back.
    pub fn flush(&mut self) -> io::Result<()> {
        self.set.flush(&mut self.entries)
    }

    /// The same, and waits for events, unless some are left.
    pub fn refill(&mut self, batch: &mut Batch<S::Event>, timeout_ms: Option<u64>) -> io::Result<usize> {
        batch.refill(&mut self.set, &mut self.entries, timeout_ms)
    }

    /// Takes a socket.
    pub fn attach(&mut self, socket: Socket, token: u32) -> io::Result<Key> {
        let index = self.set.index(socket.raw(), false)?;
        self.begin(index, Some(socket), token)
    }

    /// Watches a descriptor of others.
    pub fn attach_foreign(&mut self, socket: RawSocket, token: u32) -> io::Result<Key> {
        let index = self.set.index(socket, true)?;
        self.begin(index, None, token)
    }

    /// Watches a guest.
    #[cfg(windows)]
    pub fn attach_guest(&mut self, guest: &Self, token: u32) -> io::Result<Key> {
        let index = self.set.guest_index(&guest.set)?;
        self.begin(index, None, token)
    }

    /// Fills an entry. Fails with `EEXIST` if the descriptor is attached already.
    fn begin(&mut self, index: u32, socket: Option<Socket>, token: u32) -> io::Result<Key> {
        let at = index as usize;
        self.entries.grow(at + 1, Entry::default).inspect_err(|_| self.set.release_index(index))?;
        if self.is_watched(index) {
            return Err(io::Error::from_raw_os_error(posix::EEXIST));
        }
        let entry = &mut self.entries[at];
        entry.begin(token, socket);
        Ok(Key { index, generation: entry.generation() })
    }

    /// Whether the entry is of a descriptor that is open: the system still has its registration. Otherwise its owner has
    /// closed it, and the number is another one's.
    #[inline]
    fn is_watched(&mut self, index: u32) -> bool {
        let entry = &mut self.entries[index as usize];
        entry.has(flag::LIVE) && self.set.is_watched(entry, index)
    }

    /// Returns the socket; `None` for a foreign one. Fails with `WouldBlock` while octets of it are lent.
    pub fn detach(&mut self, key: Key) -> io::Result<Option<Socket>> {
        if self.get(key).is_some_and(|entry| entry.has(flag::LENDS)) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        self.end_use(key, false)
    }

    /// Closes the socket. A foreign one stays open.
    pub fn close(&mut self, key: Key) -> io::Result<Closing> {
        if self.get(key).is_some_and(|entry| entry.has(flag::LENDS)) {
            return Ok(self.lender(key).ok_or_else(stale)?.close());
        }
        self.end_use(key, true).map(|_| Closing::Done)
    }

    /// Returns the socket, of which nothing is lent. `closes`: it is closed at once.
    #[inline]
    fn end_use(&mut self, key: Key, closes: bool) -> io::Result<Option<Socket>> {
        let Self { set, entries, lending } = self;
        let entry = entries.get_mut(key.index as usize).filter(|entry| entry.is_use(key.generation));
        Ok(Source::new(set, entry.ok_or_else(stale)?, key.index).detach(lending, closes))
    }

    /// The entry as that of a socket that may lend octets.
    pub fn lender(&mut self, key: Key) -> Option<Lender<'_, S>> {
        let Self { set, entries, lending } = self;
        let entry = entries.get_mut(key.index as usize)?;
        let is_it = entry.is_use(key.generation) || entry.is_closing(key.generation);
        (is_it && entry.socket().is_some()).then(|| Lender::new(set, lending, entry, key.index))
    }

    /// The token of a socket that is closing, if it is closed now: nothing is lent any more.
    #[cold]
    pub fn closed(&mut self, key: Key) -> Option<u32> {
        let entry = self.entries.get(key.index as usize).filter(|entry| entry.is_closing(key.generation))?;
        let token = entry.token();
        self.lender(key)?.finish().then_some(token)
    }

    /// Ends the connections of which octets are lent, so that the system reads none of them any more. All of them wait for as long as one.
    pub fn end_lending(&mut self) {
        let Self { entries, lending, .. } = self;
        let fd = |index: u32| S::descriptor(&entries[index as usize], index);
        lending.unreleased().for_each(|(index, _)| S::end_lender(fd(index), true));
        let end = Instant::now() + lender::END;
        for (index, lent) in lending.unreleased() {
            let left = end.saturating_duration_since(Instant::now());
            lending::wait(lent, left, |lent| S::take_releases(fd(index), lent));
        }
    }

    #[inline]
    pub fn get(&self, key: Key) -> Option<&Entry> {
        self.entries.get(key.index as usize).filter(|entry| entry.is_use(key.generation))
    }

    #[inline]
    pub fn get_mut(&mut self, key: Key) -> Option<&mut Entry> {
        self.entries.get_mut(key.index as usize).filter(|entry| entry.is_use(key.generation))
    }

    /// The entry with its registration.
    #[inline]
    pub fn source(&mut self, key: Key) -> Option<Source<'_, S>> {
        let entry = self.entries.get_mut(key.index as usize).filter(|entry| entry.is_use(key.generation))?;
        Some(Source::new(&mut self.set, entry, key.index))
    }

    /// The socket; an error for a foreign descriptor.
    #[inline]
    pub fn socket(&self, key: Key) -> io::Result<&Socket> {
        self.get(key).and_then(Entry::socket).ok_or_else(stale)
    }

    /// Whether anything has arrived. The system has all that was not reported, except an error: the receive that found
    /// it took it from the socket, which the system may show as idle again.
    pub fn look(&self, key: Key) -> io::Result<bool> {
        let entry = self.get(key).ok_or_else(stale)?;
        let socket = entry.socket().ok_or_else(stale)?;
        if entry.has(flag::FAILED) {
            return Ok(true);
        }
        // A release that waits is nothing that arrived.
        let lends = entry.has(flag::LENDS);
        if lends { S::has_input_of_lender(socket.raw()) } else { sys::transfer::has_input(socket.raw()) }
    }

    /// Starts or ends an operation; ending clears its bit.
    #[inline]
    pub fn submit(&mut self, key: Key, submission: Submission<'_>) -> io::Result<()> {
        match submission {
            Submission::Receive => self.start_on_socket(key, flag::RECEIVE | flag::STREAM),
            Submission::Accept => self.start_on_socket(key, flag::ACCEPT),
            Submission::Connect(address) => self.connect(key, address),
            Submission::Room => self.start_on_socket(key, flag::SEND),
            Submission::Poll(interest) => self.poll(key, interest),
            Submission::Cancel(which) => self.cancel(key, which),
        }
    }

    /// Starts an operation that the driver performs itself: not on a foreign descriptor.
    #[inline]
    fn start_on_socket(&mut self, key: Key, flags: u32) -> io::Result<()> {
        self.socket(key)?;
        self.start(key, flags)
    }

    #[inline]
    fn start(&mut self, key: Key, flags: u32) -> io::Result<()> {
        self.source(key).ok_or_else(stale)?.start(flags)
    }

    /// A socket that connects at once also becomes writable at once, so completion has one path.
    #[inline(never)]
    fn connect(&mut self, key: Key, address: &Address) -> io::Result<()> {
        if self.get(key).is_some_and(|entry| entry.has(flag::CONNECT)) {
            // A second call would take the error of the first one.
            return Err(twice());
        }
        self.socket(key)?.connect(address)?;
        self.start(key, flag::CONNECT)
    }

    #[inline(never)]
    fn poll(&mut self, key: Key, interest: Interest) -> io::Result<()> {
        let readable = if interest.contains(Interest::READABLE) { flag::POLL_READABLE } else { 0 };
        let writable = if interest.contains(Interest::WRITABLE) { flag::POLL_WRITABLE } else { 0 };
        self.cancel(key, Cancel::Poll)?;
        self.start(key, readable | writable)
    }

    fn cancel(&mut self, key: Key, which: Cancel) -> io::Result<()> {
        let operation = match which {
            Cancel::Accept => flag::ACCEPT,
            Cancel::Connect => flag::CONNECT,
            Cancel::Receive => flag::RECEIVE,
            Cancel::Send => flag::SEND,
            Cancel::Poll => flag::POLL,
        };
        self.get_mut(key).ok_or_else(stale)?.clear(operation);
        Ok(())
    }
}
