//! What the driver knows of each descriptor, indexed by its number: 12 octets.

use super::super::Key;
use super::stale;
use crate::io::chunks::Chunks;
use crate::io::socket::Socket;
use std::io;
use std::os::fd::RawFd;

/// The bits of [`Entry::flags`].
pub(super) mod flag {
    /// Operations under way.
    pub(in super::super) const RECEIVE: u16 = 1 << 0;
    pub(in super::super) const ACCEPT: u16 = 1 << 1;
    pub(in super::super) const POLL_READABLE: u16 = 1 << 2;
    pub(in super::super) const SEND: u16 = 1 << 3;
    pub(in super::super) const CONNECT: u16 = 1 << 4;
    pub(in super::super) const POLL_WRITABLE: u16 = 1 << 5;
    /// Receives were submitted before: its end is watched also while they are not.
    pub(in super::super) const STREAM: u16 = 1 << 6;
    /// The end of the peer's side was reported.
    pub(in super::super) const ENDED: u16 = 1 << 7;
    /// An error was reported; what looks like an end is none.
    pub(in super::super) const FAILED: u16 = 1 << 8;
    /// The entry is in use.
    pub(super) const LIVE: u16 = 1 << 9;
    /// What the system has been asked to report.
    pub(in super::super) const REGISTERED: u16 = 1 << 10;
    pub(super) const INPUT: u16 = 1 << 11;
    pub(super) const OUTPUT: u16 = 1 << 12;
    pub(super) const END: u16 = 1 << 13;
    /// The system makes the records of TLS.
    pub(in super::super) const RECORDS: u16 = 1 << 14;
    /// What a receive came to is kept, until the completion is asked for.
    pub(in super::super) const KEPT: u16 = 1 << 15;

    pub(in super::super) const POLL: u16 = POLL_READABLE | POLL_WRITABLE;
    const READS: u16 = RECEIVE | ACCEPT | POLL_READABLE;
    const WRITES: u16 = SEND | CONNECT | POLL_WRITABLE;
    pub(in super::super) const OPERATIONS: u16 = READS | WRITES;
    pub(super) const ARMED: u16 = INPUT | OUTPUT | END;

    /// The armed bits that operations and state ask for.
    pub(super) const fn wanted(flags: u16) -> u16 {
        let input = if flags & READS != 0 { INPUT } else { 0 };
        let output = if flags & WRITES != 0 { OUTPUT } else { 0 };
        let end = if flags & (STREAM | ENDED) == STREAM { END } else { 0 };
        input | output | end
    }
}

/// One descriptor.
#[derive(Default)]
pub(super) struct Entry {
    pub(super) token: u32,
    /// `None` for a foreign descriptor, and while not in use.
    pub(super) socket: Option<Socket>,
    pub(super) flags: u16,
    /// 16 bits are enough: they tell apart the uses of one number within one batch.
    generation: u16,
}

const _: () = assert!(size_of::<Entry>() == 12);

impl Entry {
    pub(super) fn generation(&self) -> u32 {
        u32::from(self.generation)
    }

    pub(super) fn wanted(&self) -> u16 {
        flag::wanted(self.flags)
    }

    pub(super) fn armed(&self) -> u16 {
        self.flags & flag::ARMED
    }

    pub(super) fn set_armed(&mut self, armed: u16) {
        self.flags = (self.flags & !flag::ARMED) | armed | flag::REGISTERED;
    }

    pub(super) fn clear_armed(&mut self) {
        self.flags &= !(flag::ARMED | flag::REGISTERED);
    }

    /// Ends all operations of a connection that is lost.
    pub(super) fn fail(&mut self) {
        self.flags &= !flag::OPERATIONS;
        self.flags |= flag::ENDED | flag::FAILED;
    }

    /// Ends this use of the entry.
    pub(super) fn release(&mut self) -> Option<Socket> {
        self.flags = 0;
        self.generation = self.generation.wrapping_add(1);
        self.socket.take()
    }
}

/// The armed bits as epoll's.
pub(super) fn events(armed: u16) -> u32 {
    let pick = |bit: u16, event: libc::c_int| if armed & bit != 0 { event as u32 } else { 0 };
    pick(flag::INPUT, libc::EPOLLIN) | pick(flag::OUTPUT, libc::EPOLLOUT) | pick(flag::END, libc::EPOLLRDHUP)
}

/// All descriptors.
#[derive(Default)]
pub(super) struct Table(Chunks<Entry>);

impl Table {
    /// Fills the entry of `fd`. One that is in use belonged to a foreign descriptor closed without a word: its use ends.
    pub(super) fn insert(&mut self, fd: RawFd, socket: Option<Socket>, token: u32) -> io::Result<Key> {
        let index = u32::try_from(fd).map_err(|_| stale())?;
        let at = index as usize;
        self.0.grow(at + 1, Entry::default)?;
        let entry = &mut self.0[at];
        if entry.flags & flag::LIVE != 0 {
            entry.release();
        }
        entry.token = token;
        entry.socket = socket;
        entry.flags = flag::LIVE;
        Ok(Key { index, generation: entry.generation() })
    }

    #[inline]
    pub(super) fn get(&self, key: Key) -> Option<&Entry> {
        self.0.get(key.index as usize).filter(|entry| is_use(entry, key.generation))
    }

    #[inline]
    pub(super) fn get_mut(&mut self, key: Key) -> Option<&mut Entry> {
        self.0.get_mut(key.index as usize).filter(|entry| is_use(entry, key.generation))
    }
}

#[inline]
fn is_use(entry: &Entry, generation: u32) -> bool {
    entry.generation() == generation && entry.flags & flag::LIVE != 0
}
