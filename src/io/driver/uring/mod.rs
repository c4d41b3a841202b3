//! The io_uring driver: asks the system for operations, and is told of their results.
//!
//! Nothing is asked for at once. An operation sets a bit of its [`entry::Entry`] and lists the socket; before the system is
//! entered, [`requests::Requests`] compares, for each listed socket, what its owner wants with what the system was asked for.
//! So what is cancelled and submitted again within a turn costs nothing, and a turn is one system call: it tells the system
//! of all sends and receives, and brings the next batch.
//!
//! Receives wait without a buffer; the system takes one of those that it was given when octets arrive. Sends are
//! [held](Sent::Held) until the system has taken the octets. Accepts go on until they are cancelled.
//!
//! [`Uring`] has three parts, which see each other only as arguments: the [`Ring`], the [`Table`] of the descriptors, and
//! [`Completions`], which pulls what one wait brought. The ring is bound to the thread that enters it first: by a wait, a
//! flush, the close of a socket with operations, or 256 requests. Calls that enter it fail on other threads from then on, and
//! a close is pending there. A forked child must not use it.

mod accepted;
mod backlog;
mod batch;
mod completions;
mod entry;
mod filled;
mod flag;
mod handle;
mod kept;
mod lend;
mod operations;
mod outcome;
mod pull;
mod requests;
mod settling;
mod table;
mod tag;
mod unwanted;
mod wake;

use super::drive::Drive;
use super::info::Info;
use super::lending::ZeroCopy;
use super::{Closing, Completion, Config, Gather, Key, Sent, Submission};
use crate::io::address::Address;
use crate::io::ktls::{self, Direction, Kernel, System};
use crate::io::socket::Socket;
use crate::io::sys;
use crate::io::sys::uring::Ring;
use crate::io::waker::Waker;
use completions::Completions;
use handle::Handle;
use operations::Operations;
use std::io::{self, IoSlice};
use std::os::fd::{AsRawFd, RawFd};
use table::Table;

/// How many buffers a ring has, and how many octets each has at most.
const BUFFERS: u16 = 256;
const BUFFER_MAX: usize = 16 << 10;

/// The driver. Dropped in this order: the ring ends before sockets are closed.
pub(in crate::io::driver) struct Uring {
    ring: Ring,
    completions: Completions,
    table: Table,
    kernel: Box<dyn Kernel>,
    handle: Handle,
}

impl Uring {
    pub(in crate::io::driver) fn new(config: &Config) -> io::Result<Self> {
        let ring = Ring::new(BUFFERS, config.buffer.clamp(1, BUFFER_MAX))?;
        let completions = Completions::new(config)?;
        let table = Table::new()?;
        // A zero-sized type: allocates nothing.
        Ok(Self { ring, completions, table, kernel: Box::new(System), handle: Handle::default() })
    }

    fn operations(&mut self) -> Operations<'_> {
        Operations::new(&mut self.ring, &mut self.table)
    }
}

impl Drive for Uring {
    #[inline(always)]
    fn info(&self) -> Info {
        let (holds_sends, notices_paused, lends, sends_files) = (true, true, true, true);
        Info { name: "io_uring", holds_sends, notices_paused, lends, sends_files, fallback: None }
    }

    fn attach(&mut self, socket: Socket, token: u32) -> io::Result<Key> {
        self.table.attach(socket, token)
    }

    fn attach_foreign(&mut self, fd: RawFd, token: u32) -> io::Result<Key> {
        self.table.attach_foreign(fd, token)
    }

    /// Octets and connections that arrived and were not reported are lost.
    fn detach(&mut self, key: Key) -> io::Result<Option<Socket>> {
        if self.table.get(key)?.has(flag::HELD | flag::LENDS) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        self.completions.settle(&mut self.ring, &mut self.table, key)?;
        if self.table.get(key)?.keeps_failure() {
            // Whoever has the socket next would take it for the end.
            return Err(io::ErrorKind::WouldBlock.into());
        }
        while self.completions.take_backlog(key.index).is_some() {}
        Ok(self.table.release(key))
    }

    /// Ends all requests of the socket, with one more call of the system if there are any: nothing is held, and the peer
    /// learns at once. A listener that has connections to report closes later, a socket that lends octets too, and every socket where the system refuses.
    fn close(&mut self, key: Key) -> io::Result<Closing> {
        self.table.get(key)?;
        let ended = self.completions.settle(&mut self.ring, &mut self.table, key);
        let has_backlog = self.completions.accepted().backlog.has(key.index);
        let lends = self.table.ends_lending(key)?;
        if ended.is_ok() && !has_backlog && !lends {
            drop(self.table.release(key));
            return Ok(Closing::Done);
        }
        if has_backlog {
            // Nobody connects any more, and the number stays taken until then. If this fails, it listens until then.
            let _ = sys::socket::shutdown(key.index as RawFd, libc::SHUT_RD);
        }
        self.table.get_mut(key)?.end();
        self.table.list(key.index);
        Ok(Closing::Pending)
    }

    #[inline(never)]
    fn socket(&self, key: Key) -> io::Result<&Socket> {
        self.table.socket(key)
    }

    #[inline(never)]
    fn submit(&mut self, key: Key, submission: Submission<'_>) -> io::Result<()> {
        self.operations().submit(key, submission)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.completions.flush(&mut self.ring, &mut self.table)
    }

    fn keeps_back(&self) -> bool {
        self.ring.keeps_back() || self.table.is_listed()
    }

    fn look(&mut self, key: Key) -> io::Result<bool> {
        let fd = self.table.socket(key)?.as_raw_fd();
        let entry = self.table.get(key)?;
        let arrived = entry.has(flag::FAILED) || self.completions.has_arrivals(&mut self.ring, entry, key.index);
        if arrived { Ok(true) } else { sys::transfer::has_input(fd) }
    }

    #[inline(never)]
    fn send(&mut self, key: Key, slices: &[IoSlice<'_>]) -> io::Result<Sent> {
        let offered = slices.iter().take(sys::transfer::MAX_SLICES).map(|slice| slice.len()).sum();
        self.operations().send(key, offered, sys::transfer::vectors(slices))
    }

    #[inline(never)]
    fn send_one(&mut self, key: Key, octets: &[u8]) -> io::Result<Sent> {
        self.send(key, &[IoSlice::new(octets)])
    }

    #[inline(never)]
    fn send_gather(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        self.operations().send(key, octets.octets(), octets.vectors())
    }

    fn send_zero_copy(&mut self, key: Key, octets: &Gather<'_>) -> ZeroCopy {
        let sent = self.operations().send_zero_copy(key, octets);
        sent.unwrap_or_else(|error| ZeroCopy::copied(Err(error)))
    }

    fn send_file(&mut self, key: Key, from: RawFd, offset: u64, len: u64) -> io::Result<Sent> {
        self.operations().send_file(key, from, offset, len)
    }

    fn kernel(&mut self) -> &mut Box<dyn Kernel> {
        &mut self.kernel
    }

    /// Records of TLS come with messages of their own kind, which this driver does not read.
    fn attach_kernel(&mut self, key: Key) -> io::Result<()> {
        self.table.socket(key)?;
        Err(io::ErrorKind::Unsupported.into())
    }

    fn set_keys(&mut self, key: Key, _: Direction, _: &ktls::Info) -> io::Result<()> {
        self.attach_kernel(key)
    }

    fn send_sealed(&mut self, key: Key, _: &Gather<'_>) -> io::Result<Sent> {
        self.attach_kernel(key).map(|()| Sent::Done(0))
    }

    fn send_file_sealed(&mut self, key: Key, _: RawFd, _: u64, _: u64) -> io::Result<Sent> {
        self.attach_kernel(key).map(|()| Sent::Done(0))
    }

    fn send_record(&mut self, key: Key, _: u8, _: &[u8]) -> io::Result<Sent> {
        self.attach_kernel(key).map(|()| Sent::Done(0))
    }

    #[inline(never)]
    fn wait(&mut self, timeout_ms: Option<u64>) -> io::Result<usize> {
        self.completions.wait(&mut self.ring, &mut self.table, timeout_ms)
    }

    #[inline(never)]
    fn next(&mut self) -> Option<Completion> {
        self.completions.next(&mut self.ring, &mut self.table)
    }

    #[inline(never)]
    fn next_received(&mut self) -> Option<(u32, usize)> {
        self.completions.next_received(&mut self.ring, &mut self.table)
    }

    #[inline(never)]
    fn received(&mut self) -> &mut [u8] {
        self.completions.received(&mut self.ring)
    }

    fn accepted_from(&self) -> io::Result<Address> {
        self.completions.accepted().peer()
    }

    #[inline(never)]
    fn is_exhausted(&self) -> bool {
        self.completions.batch().is_exhausted()
    }

    /// Of sockets with input, if more may be ready: the system does its work in portions, which are smaller than a batch.
    fn batch_len(&self) -> usize {
        if self.completions.has_more() { self.completions.batch().inputs() } else { 0 }
    }

    fn batch_max(&self) -> usize {
        if self.completions.has_more() { self.completions.batch().inputs() } else { 1 }
    }

    fn waker(&self) -> Waker {
        self.completions.wake().waker()
    }

    fn handle(&self) -> RawFd {
        self.handle.of([self.ring.event(), self.completions.wake().fd()])
    }
}

impl Drop for Uring {
    fn drop(&mut self) {
        if self.ring.is_ours() {
            self.table.end_lending();
        }
        self.completions.end(&mut self.ring);
    }
}
