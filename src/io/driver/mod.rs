//! The engine of an event loop: operations go in, completions come out one at a time.
//!
//! ```text
//! let key = driver.attach(socket, token)?;            // the driver owns the socket; the token is the caller's
//! driver.submit(key, Submission::Receive)?;
//! loop {
//!     driver.wait(timeout)?;                          // at most one batch
//!     while let Some(done) = driver.next() {          // done.token, done.event
//!         // Event::Received(Ok(n)): driver.received() is the bytes, until the next call of `next`
//!         driver.send(key, &slices)?;                 // Sent::Done, or Sent::Queued and later Event::Sent
//!     }
//! }
//! ```
//!
//! It is a proactor: an operation is submitted, and its result completes. [`Submission::Poll`] gives plain readiness
//! beside it, for any descriptor. Rules that hold for every driver:
//!
//! - Tokens are the caller's own numbers, never looked at. A [`Key`] names a socket within its driver; after
//!   [`Submission::Close`] or [`detach`](Driver::detach) it is an error to use (`EBADF`), also when the system has
//!   given the same descriptor to another connection.
//! - Once an operation is cancelled, or its socket closed or detached, no completion of it is delivered, even if it is
//!   in the batch already.
//! - A receive needs no buffer: the bytes are in one buffer of the driver, filled when the completion is pulled.
//! - A turn makes one receive for each connection that has bytes, so a busy one cannot starve the others.
//!
//! A driver belongs to one thread at a time; only its [`Waker`] is shared.
//!
//! Each driver is one folder here with the same methods, chosen in [`Driver::new`] and nowhere else.

mod epoll;
mod operation;

use crate::io::address::Address;
use crate::io::ktls::{Info, Kernel, Way};
use crate::io::socket::Socket;
use crate::io::waker::Waker;
use core::fmt;
use std::io::{self, IoSlice};
use std::os::fd::RawFd;

pub use crate::io::sys::gather::Gather;
pub use operation::{Cancel, Choice, Completion, Config, Event, Interest, Key, Readiness, Sent, Submission};

/// The engine, whichever was chosen.
pub struct Driver(Engine);

enum Engine {
    Epoll(epoll::Epoll),
}

impl Driver {
    /// The driver that `config` asks for. Allocates its buffer and its batch; both keep their size. Errors: the
    /// system's, and `OutOfMemory`.
    pub fn new(config: &Config) -> io::Result<Self> {
        match config.choice {
            Choice::Native | Choice::Epoll => epoll::Epoll::new(config).map(Engine::Epoll).map(Self),
        }
    }

    /// Takes a socket, whose completions will carry `token`. No system call; allocates when there are more descriptors
    /// than ever before. On an error the socket is closed.
    pub fn attach(&mut self, socket: Socket, token: u32) -> io::Result<Key> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.attach(socket, token),
        }
    }

    /// Watches a descriptor that stays its owner's, for [`Submission::Poll`]. Close or detach the key before the
    /// descriptor itself is closed.
    pub fn attach_foreign(&mut self, fd: RawFd, token: u32) -> io::Result<Key> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.attach_foreign(fd, token),
        }
    }

    /// Gives the socket back, with its operations cancelled; `None` for a foreign one.
    pub fn detach(&mut self, key: Key) -> io::Result<Option<Socket>> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.detach(key),
        }
    }

    /// The socket of `key`, for its addresses and options; an error for a foreign one.
    #[inline]
    pub fn socket(&self, key: Key) -> io::Result<&Socket> {
        match &self.0 {
            Engine::Epoll(driver) => driver.socket(key),
        }
    }

    /// Starts an operation, or ends one. An error means that nothing was started. Never blocks, never allocates.
    #[inline]
    pub fn submit(&mut self, key: Key, submission: Submission<'_>) -> io::Result<()> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.submit(key, submission),
        }
    }

    /// Sends the slices in order: tried at once, and one system call. See [`Sent`]. An error ends the connection's
    /// sending side; close it.
    ///
    /// At most 1,024 slices are looked at. Where bytes stay under way ([`Sent::Queued`]), they must keep their place and
    /// content until [`Event::Sent`]: this driver does not touch them in between, others will.
    #[inline]
    pub fn send(&mut self, key: Key, slices: &[IoSlice<'_>]) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send(key, slices),
        }
    }

    /// As [`send`](Self::send), of one slice.
    #[inline]
    pub fn send_one(&mut self, key: Key, octets: &[u8]) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_one(key, octets),
        }
    }

    /// As [`send`](Self::send), of octets collected before.
    #[inline]
    pub fn send_gather(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_gather(key, octets),
        }
    }

    /// Sends at most `len` octets of the file `from`, from `offset` on, without reading them into this process: tried at once, and at
    /// most a MiB, so that others have their turns. See [`Sent`]. Waits for the disk where the system does.
    ///
    /// Every error, `UnexpectedEof` at the end of the file among them, says that the file is to be read, or the connection failed:
    /// reading and sending what was read will tell.
    #[inline]
    pub fn send_file(&mut self, key: Key, from: RawFd, offset: u64, len: u64) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_file(key, from, offset, len),
        }
    }

    /// Puts `kernel` in the place of the system, for sockets whose records it is to make.
    pub fn set_kernel(&mut self, kernel: Box<dyn Kernel>) {
        match &mut self.0 {
            Engine::Epoll(driver) => *driver.kernel() = kernel,
        }
    }

    /// What makes the records, for questions that are about no socket of the driver.
    pub fn kernel(&mut self) -> &mut dyn Kernel {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.kernel().as_mut(),
        }
    }

    /// [`Kernel::attach`].
    pub fn attach_kernel(&mut self, key: Key) -> io::Result<()> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.attach_kernel(key),
        }
    }

    /// [`Kernel::set_keys`]. From the first keys to receive with, completions are of plaintext, and of records of other types
    /// ([`Event::Record`]).
    pub fn set_keys(&mut self, key: Key, way: Way, info: &Info) -> io::Result<()> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.set_keys(key, way, info),
        }
    }

    /// As [`send_gather`](Self::send_gather), of application data, when there are keys to send with.
    pub fn send_sealed(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_sealed(key, octets),
        }
    }

    /// As [`send_file`](Self::send_file), when there are keys to send with.
    pub fn send_file_sealed(&mut self, key: Key, from: RawFd, offset: u64, len: u64) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_file_sealed(key, from, offset, len),
        }
    }

    /// Sends a record of another type, whole ([`Sent::Done`]) or not at all (`Queued(0)`).
    pub fn send_record(&mut self, key: Key, kind: u8, octets: &[u8]) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_record(key, kind, octets),
        }
    }

    /// Waits until something completes, the waker is used, a signal comes or the time is up (`None`: no limit, `Some(0)`:
    /// only looks); how many completions may be there now. With some of the last batch not yet pulled it returns at
    /// once.
    pub fn wait(&mut self, timeout_ms: Option<u64>) -> io::Result<usize> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.wait(timeout_ms),
        }
    }

    /// The next completion of the batch; `None` at its end. The receive or accept it reports happens in this call.
    #[inline]
    #[allow(clippy::should_implement_trait)] // an iterator could not be used between its items
    pub fn next(&mut self) -> Option<Completion> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.next(),
        }
    }

    /// Whether nothing of the last batch is left.
    #[inline]
    pub fn is_worked_off(&self) -> bool {
        match &self.0 {
            Engine::Epoll(driver) => driver.is_worked_off(),
        }
    }

    /// [`next`](Self::next), when that is octets received, as nearly every completion is: its token, and how many. `None` when
    /// something else is next, or nothing: ask [`next`](Self::next).
    #[inline(always)]
    pub fn next_received(&mut self) -> Option<(u32, usize)> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.next_received(),
        }
    }

    /// The bytes of the last completion, if it was [`Event::Received`] and `Ok`; otherwise empty. They stay until the
    /// next call of [`next`](Self::next), at the same address from call to call.
    #[inline]
    pub fn received(&mut self) -> &mut [u8] {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.received(),
        }
    }

    /// The peer of the last connection accepted; without a name for most Unix domain peers. No system call.
    pub fn accepted_from(&self) -> io::Result<Address> {
        match &self.0 {
            Engine::Epoll(driver) => driver.accepted_from(),
        }
    }

    /// A handle that ends a wait of this driver from elsewhere. Clones an `Arc`.
    pub fn waker(&self) -> Waker {
        match &self.0 {
            Engine::Epoll(driver) => driver.waker(),
        }
    }

    /// A descriptor that is readable when there is something to [`wait`](Self::wait) for, to nest this driver in another
    /// loop. It stays the driver's.
    pub fn handle(&self) -> RawFd {
        match &self.0 {
            Engine::Epoll(driver) => driver.handle(),
        }
    }
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver").field("handle", &self.handle()).finish_non_exhaustive()
    }
}
