//! The core of an event loop: operations go in, completions come out one at a time.
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
//! It is a proactor: an operation is submitted, and its result is a completion. [`Submission::Poll`] gives plain
//! readiness for any descriptor. For every driver:
//!
//! - Tokens are the caller's numbers. A [`Key`] names a socket within its driver; after [`Submission::Close`] or
//!   [`detach`](Driver::detach) using it fails (`EBADF`), even if the system has reused the descriptor.
//! - After an operation is cancelled, or its socket closed or detached, no completion of it is delivered, not even from
//!   the current batch.
//! - A receive needs no buffer: the driver has one, filled when the completion is pulled.
//! - A turn makes one receive per connection with input, so a busy one cannot starve the others.
//!
//! A driver belongs to one thread at a time; only its [`Waker`] is shared.
//!
//! Each driver is one folder here with the same methods, selected only in [`Driver::new`].

mod epoll;
mod operation;

use crate::io::address::Address;
use crate::io::ktls::{Direction, Info, Kernel};
use crate::io::socket::Socket;
use crate::io::waker::Waker;
use core::fmt;
use std::io::{self, IoSlice};
use std::os::fd::RawFd;

pub use crate::io::sys::gather::Gather;
pub use operation::{Cancel, Choice, Completion, Config, Event, Interest, Key, Readiness, Sent, Submission};

/// A driver of any kind.
pub struct Driver(Engine);

enum Engine {
    Epoll(epoll::Epoll),
}

impl Driver {
    /// Makes the driver selected by `config`. Allocates its buffer and batch, which keep their size. Errors: the
    /// system's, and `OutOfMemory`.
    pub fn new(config: &Config) -> io::Result<Self> {
        match config.choice {
            Choice::Native | Choice::Epoll => epoll::Epoll::new(config).map(Engine::Epoll).map(Self),
        }
    }

    /// Takes a socket; its completions carry `token`. No system call; allocates when the number of descriptors reaches
    /// a new maximum. On an error the socket is closed.
    pub fn attach(&mut self, socket: Socket, token: u32) -> io::Result<Key> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.attach(socket, token),
        }
    }

    /// Watches a descriptor owned by others, for [`Submission::Poll`]. Close or detach the key before closing the
    /// descriptor.
    pub fn attach_foreign(&mut self, fd: RawFd, token: u32) -> io::Result<Key> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.attach_foreign(fd, token),
        }
    }

    /// Returns the socket and cancels its operations; `None` for a foreign one.
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

    /// Starts or ends an operation. On an error nothing was started. Never blocks or allocates.
    #[inline]
    pub fn submit(&mut self, key: Key, submission: Submission<'_>) -> io::Result<()> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.submit(key, submission),
        }
    }

    /// Sends the slices in order, at once and with one system call. See [`Sent`]. An error ends the connection's
    /// sending side; close it.
    ///
    /// At most 1,024 slices are used. If octets remain queued ([`Sent::Queued`]), they must keep address and content
    /// until [`Event::Sent`]: this driver does not read them meanwhile, but others will.
    #[inline]
    pub fn send(&mut self, key: Key, slices: &[IoSlice<'_>]) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send(key, slices),
        }
    }

    /// Like [`send`](Self::send), with one slice.
    #[inline]
    pub fn send_one(&mut self, key: Key, octets: &[u8]) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_one(key, octets),
        }
    }

    /// Like [`send`](Self::send), with gathered octets.
    #[inline]
    pub fn send_gather(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_gather(key, octets),
        }
    }

    /// Sends at most `len` octets of the file `from`, starting at `offset`, without reading them into this process: at
    /// once, and at most 1 MiB, so that others get their turns. See [`Sent`]. May wait for the disk.
    ///
    /// On any error, including `UnexpectedEof` at the end of the file, fall back to reading and sending: that shows
    /// whether the connection failed.
    #[inline]
    pub fn send_file(&mut self, key: Key, from: RawFd, offset: u64, len: u64) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_file(key, from, offset, len),
        }
    }

    /// Replaces the system for sockets with TLS records in the kernel.
    pub fn set_kernel(&mut self, kernel: Box<dyn Kernel>) {
        match &mut self.0 {
            Engine::Epoll(driver) => *driver.kernel() = kernel,
        }
    }

    /// The kernel, for calls that concern no socket of the driver.
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

    /// [`Kernel::set_keys`]. From the first receive keys on, completions are plaintext, and records of other types
    /// ([`Event::Record`]).
    pub fn set_keys(&mut self, key: Key, direction: Direction, info: &Info) -> io::Result<()> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.set_keys(key, direction, info),
        }
    }

    /// Like [`send_gather`](Self::send_gather), for application data, once there are send keys.
    pub fn send_sealed(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_sealed(key, octets),
        }
    }

    /// Like [`send_file`](Self::send_file), once there are send keys.
    pub fn send_file_sealed(&mut self, key: Key, from: RawFd, offset: u64, len: u64) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_file_sealed(key, from, offset, len),
        }
    }

    /// Sends a record of another type, completely ([`Sent::Done`]) or not at all (`Queued(0)`).
    pub fn send_record(&mut self, key: Key, kind: u8, octets: &[u8]) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_record(key, kind, octets),
        }
    }

    /// Waits for a completion, the waker, a signal or the timeout (`None`: no limit, `Some(0)`: does not wait). Returns
    /// how many completions there may be. Returns at once while the last batch is not exhausted.
    pub fn wait(&mut self, timeout_ms: Option<u64>) -> io::Result<usize> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.wait(timeout_ms),
        }
    }

    /// The next completion of the batch; `None` at its end. Its receive or accept happens in this call.
    #[inline]
    #[allow(clippy::should_implement_trait)] // an iterator could not be used between its items
    pub fn next(&mut self) -> Option<Completion> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.next(),
        }
    }

    /// Whether all of the last batch was pulled.
    #[inline]
    pub fn is_exhausted(&self) -> bool {
        match &self.0 {
            Engine::Epoll(driver) => driver.is_exhausted(),
        }
    }

    /// How many events the last wait brought.
    pub fn batch_len(&self) -> usize {
        match &self.0 {
            Engine::Epoll(driver) => driver.batch_len(),
        }
    }

    /// The most events that a wait brings: after so many, more may be ready.
    pub fn batch_max(&self) -> usize {
        match &self.0 {
            Engine::Epoll(driver) => driver.batch_max(),
        }
    }

    /// The fast way of [`next`](Self::next), for received octets: token and length. `None` if something else or nothing
    /// is next: call [`next`](Self::next).
    #[inline(always)]
    pub fn next_received(&mut self) -> Option<(u32, usize)> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.next_received(),
        }
    }

    /// The octets of the last completion, if it was [`Event::Received`] and `Ok`; otherwise empty. Valid until the next
    /// call of [`next`](Self::next), always at the same address.
    #[inline]
    pub fn received(&mut self) -> &mut [u8] {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.received(),
        }
    }

    /// The peer of the last accepted connection; unnamed for most Unix domain peers. No system call.
    pub fn accepted_from(&self) -> io::Result<Address> {
        match &self.0 {
            Engine::Epoll(driver) => driver.accepted_from(),
        }
    }

    /// A handle that ends a wait of this driver from another thread. Clones an `Arc`.
    pub fn waker(&self) -> Waker {
        match &self.0 {
            Engine::Epoll(driver) => driver.waker(),
        }
    }

    /// A descriptor that is readable when [`wait`](Self::wait) would return, to nest this driver in another loop. The
    /// driver owns it.
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
