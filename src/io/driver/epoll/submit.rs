//! Operations started and ended. Starting one sets its bit and makes sure of its event; ending one clears the bit.

use super::super::{Cancel, Interest, Key, Submission};
use super::table::flag;
use super::{Epoll, register, stale};
use crate::io::address::Address;
use std::io;

impl Epoll {
    #[inline]
    pub(in super::super) fn submit(&mut self, key: Key, submission: Submission<'_>) -> io::Result<()> {
        match submission {
            Submission::Receive => self.start_own(key, flag::RECEIVE | flag::STREAM),
            Submission::Accept => self.start_own(key, flag::ACCEPT),
            Submission::Connect(address) => self.connect(key, address),
            Submission::Room => self.start_own(key, flag::SEND),
            Submission::Poll(interest) => self.poll(key, interest),
            Submission::Cancel(which) => self.cancel(key, which),
            Submission::Close => self.detach(key).map(drop),
        }
    }

    /// An operation that the driver itself performs: not on a foreign descriptor.
    #[inline]
    fn start_own(&mut self, key: Key, flags: u16) -> io::Result<()> {
        self.socket(key)?;
        self.start(key, flags)
    }

    #[inline]
    fn start(&mut self, key: Key, flags: u16) -> io::Result<()> {
        let entry = self.table.get_mut(key).ok_or_else(stale)?;
        let before = entry.flags;
        entry.flags |= flags;
        register(&self.set, entry, key.index).inspect_err(|_| entry.flags = before)
    }

    /// A socket that is connected at once becomes writable at once too, so there is one way to the completion.
    fn connect(&mut self, key: Key, address: &Address) -> io::Result<()> {
        self.socket(key)?.connect(address)?;
        self.start(key, flag::CONNECT)
    }

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
        self.table.get_mut(key).ok_or_else(stale)?.flags &= !operation;
        Ok(())
    }
}
