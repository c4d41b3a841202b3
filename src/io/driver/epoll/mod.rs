//! The driver on epoll: readiness from the system, turned into completions by making the call.
//!
//! What keeps it cheap is laziness in both directions. A connection is registered once, level-triggered, for input. When
//! an operation is cancelled or done, only a bit in [`table::Entry`] changes; the system is told not before an event
//! arrives that nobody wants, and usually none does. So the steady state has no `epoll_ctl`: one `epoll_wait` for each
//! batch, one receive and one send for each connection and turn.
//!
//! An event carries index and generation of its entry. The generation changes when the entry is given up, so events that
//! are still in the batch for a closed descriptor find nothing, also when its number has been given out anew.

mod batch;
mod complete;
mod records;
mod stray_events;
mod submit;
mod table;

use super::{Config, Gather, Key, Sent};
use crate::io::address::Address;
use crate::io::ktls::{Kernel, System};
use crate::io::socket::Socket;
use crate::io::sys;
use crate::io::sys::epoll::Change;
use crate::io::sys::name::SocketName;
use crate::io::waker::Waker;
use batch::Batch;
use std::io::{self, IoSlice};
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use table::{Entry, Table, flag};

/// The most octets of a file that one call sends.
const FILE_MOST: usize = 1 << 20;

/// The driver. The set goes first, so that dropping the table's sockets cannot find it watching.
pub(super) struct Epoll {
    set: OwnedFd,
    table: Table,
    batch: Batch,
    buffer: Vec<u8>,
    /// How much of the buffer the last completion filled.
    filled: usize,
    /// What a receive for the event at the cursor came to, when it brought nothing.
    kept: Option<io::Result<usize>>,
    waker: Waker,
    /// Of the last connection accepted.
    peer: SocketName,
    accepts_per_turn: u32,
    /// What does the records of sockets that have them done.
    kernel: Box<dyn Kernel>,
}

impl Epoll {
    pub(super) fn new(config: &Config) -> io::Result<Self> {
        let mut buffer = Vec::new();
        buffer.try_reserve_exact(config.buffer.max(1))?;
        buffer.resize(config.buffer.max(1), 0);
        let set = sys::epoll::create()?;
        let waker = Waker::new()?;
        sys::epoll::change(&set, waker.fd(), Change::Add(libc::EPOLLIN as u32, Batch::WAKER))?;
        Ok(Self {
            set,
            table: Table::default(),
            batch: Batch::new(config.batch)?,
            buffer,
            filled: 0,
            kept: None,
            waker,
            peer: SocketName::room(),
            accepts_per_turn: config.accepts.max(1),
            // Without a size it takes no memory.
            kernel: Box::new(System),
        })
    }

    pub(super) fn attach(&mut self, socket: Socket, token: u32) -> io::Result<Key> {
        let fd = socket.as_raw_fd();
        self.table.insert(fd, Some(socket), token)
    }

    pub(super) fn attach_foreign(&mut self, fd: RawFd, token: u32) -> io::Result<Key> {
        self.table.insert(fd, None, token)
    }

    pub(super) fn detach(&mut self, key: Key) -> io::Result<Option<Socket>> {
        let entry = self.table.get_mut(key).ok_or_else(stale)?;
        // Closing alone would not end a registration that a forked process holds a copy of.
        unregister(&self.set, entry, key.index);
        Ok(entry.release())
    }

    #[inline]
    pub(super) fn socket(&self, key: Key) -> io::Result<&Socket> {
        self.table.get(key).and_then(|entry| entry.socket.as_ref()).ok_or_else(stale)
    }

    #[inline]
    pub(super) fn send(&mut self, key: Key, slices: &[IoSlice<'_>]) -> io::Result<Sent> {
        let offered = slices.iter().take(sys::transfer::MAX_SLICES).map(|slice| slice.len()).sum();
        self.send_with(key, offered, |fd| sys::transfer::send(fd, slices))
    }

    #[inline(always)]
    pub(super) fn send_one(&mut self, key: Key, octets: &[u8]) -> io::Result<Sent> {
        self.send_with(key, octets.len(), |fd| sys::transfer::send_one(fd, octets))
    }

    #[inline]
    pub(super) fn send_gather(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        self.send_with(key, octets.octets(), |fd| octets.send(fd))
    }

    pub(super) fn send_file(&mut self, key: Key, from: RawFd, offset: u64, len: u64) -> io::Result<Sent> {
        let offered = usize::try_from(len).unwrap_or(usize::MAX);
        self.send_with(key, offered, |fd| {
            sys::transfer::send_file(fd, from, offset, offered.min(FILE_MOST))
                .and_then(|taken| not_at_end(taken, offered))
        })
    }

    #[inline(always)]
    fn send_with(
        &mut self,
        key: Key,
        offered: usize,
        send: impl FnOnce(RawFd) -> io::Result<usize>,
    ) -> io::Result<Sent> {
        let entry = self.table.get_mut(key).ok_or_else(stale)?;
        let taken = match send(key.index as RawFd) {
            Ok(taken) if taken == offered => {
                entry.flags &= !flag::SEND;
                return Ok(Sent::Done(taken));
            }
            Ok(taken) => taken,
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => 0,
            Err(e) => return Err(e),
        };
        entry.flags |= flag::SEND;
        register(&self.set, entry, key.index)?;
        Ok(Sent::Queued(taken))
    }

    pub(super) fn wait(&mut self, timeout_ms: Option<u64>) -> io::Result<usize> {
        self.batch.refill(&self.set, timeout_ms, self.accepts_per_turn)
    }

    #[inline]
    pub(super) fn is_worked_off(&self) -> bool {
        self.batch.is_worked_off()
    }

    #[inline]
    pub(super) fn received(&mut self) -> &mut [u8] {
        &mut self.buffer[..self.filled]
    }

    pub(super) fn accepted_from(&self) -> io::Result<Address> {
        Address::from_name(&self.peer)
    }

    pub(super) fn waker(&self) -> Waker {
        self.waker.clone()
    }

    pub(super) fn handle(&self) -> RawFd {
        self.set.as_raw_fd()
    }
}

/// What was taken of a file, where it did not end before what was offered.
fn not_at_end(taken: usize, offered: usize) -> io::Result<usize> {
    if taken == 0 && offered > 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(taken) }
}

/// The key of an entry that is no more.
#[cold]
fn stale() -> io::Error {
    io::Error::from_raw_os_error(libc::EBADF)
}

/// Makes sure that the system reports all that the entry wants. It may report more: see [`stray_events`].
#[inline]
fn register(set: &OwnedFd, entry: &mut Entry, index: u32) -> io::Result<()> {
    if entry.wanted() & !entry.armed() == 0 { Ok(()) } else { rearm(set, entry, index) }
}

/// Makes the system report exactly what the entry wants.
#[cold]
fn rearm(set: &OwnedFd, entry: &mut Entry, index: u32) -> io::Result<()> {
    let wanted = entry.wanted();
    let data = Batch::data(index, entry.generation());
    let known = entry.flags & flag::REGISTERED != 0;
    let events = table::events(wanted);
    let change = if known { Change::Modify(events, data) } else { Change::Add(events, data) };
    sys::epoll::change(set, index as RawFd, change)?;
    entry.set_armed(wanted);
    Ok(())
}

/// Makes the system report nothing. Hang-ups and errors cannot be masked, so this is the only way to be rid of them.
#[cold]
fn unregister(set: &OwnedFd, entry: &mut Entry, index: u32) {
    if entry.flags & flag::REGISTERED != 0 {
        // Fails only for a foreign descriptor that its owner has closed: then it is done already.
        let _ = sys::epoll::change(set, index as RawFd, Change::Remove);
        entry.clear_armed();
    }
}
