//! The core of an event loop: operations go in, completions come out one at a time.
//!
//! ```text
//! let key = driver.attach(socket, token)?;            // the driver owns the socket; the token is the caller's
//! driver.submit(key, Submission::Receive)?;
//! loop {
//!     driver.wait(timeout)?;                          // at most one batch
//!     while let Some(done) = driver.next() {          // done.token, done.event
//!         // Event::Received(Ok(n)): driver.received() is the bytes, until the next call of `next`
//!         driver.send(key, &slices)?;                 // Sent::Done, or Room or Held and later Event::Sent
//!     }
//! }
//! ```
//!
//! It is a proactor: an operation is submitted, and its result is a completion. [`Submission::Poll`] gives plain
//! readiness for any descriptor. For every driver:
//!
//! - Tokens are the caller's numbers. A [`Key`] names a use of a slot, which is the driver's business; after
//!   [`close`](Driver::close) or [`detach`](Driver::detach) using it fails (`EBADF`), even if the system has reused the
//!   descriptor.
//! - Each key has at most one operation of each kind: an accept or a connect, a receive, a send or a wait for room. A
//!   second one fails (`EALREADY`) and replaces nothing; but a send takes the place of a wait for room.
//! - A send is over when it returns, or waits for room and holds nothing, or is [held](Sent::Held): the driver, and the
//!   system, read the octets until its completion. The owner counts what was sent, and sends no more while it waits.
//! - Octets of a [zero-copy send](Driver::send_zero_copy) that are lent stay until [`Event::Released`] or
//!   [`Event::Closed`], also when the send is over, and after a failure of the connection.
//! - [Cancelling](Submission::Cancel) loses nothing. After a cancel nothing of the operation is reported, not even from
//!   the current batch, until it is submitted again.
//! - A close is done, or pending until one [`Event::Closed`]; see [`Closing`]. Octets received and not reported are
//!   dropped.
//! - A driver may keep back what was submitted until [`flush`](Driver::flush) or [`wait`](Driver::wait).
//! - A receive needs no buffer: the driver has them, filled when the completion is pulled or before.
//! - A turn makes one receive per connection with input, so a busy one cannot starve the others.
//! - For each key: [`Event::Connected`] comes before everything, octets before the end, the end or an error once, and
//!   [`Event::Closed`] last.
//! - Dropping a driver ends every operation first: nothing held is read after that. Connections of which octets are
//!   lent
//!   are reset, and the drop waits until the system has let go of them. On epoll it waits for ten seconds at most: a
//!   network card that still has not sent then reads on. An owner who must be sure closes first, with a reset, and
//!   waits
//!   for [`Event::Closed`].
//!
//! A driver belongs to one thread at a time; only its [`Waker`] is shared.
//!
//! Each driver is one folder here and implements `Drive`. [`Driver::new`] selects one, and [`Driver::info`] tells where
//! they differ.

mod drive;
mod engine;
#[cfg(target_os = "linux")]
mod epoll;
mod failure;
#[cfg(feature = "fault")]
mod fault;
mod file;
mod info;
#[cfg(windows)]
mod iocp;
#[cfg(kqueue)]
mod kqueue;
mod lending;
mod native;
mod operation;
mod preferred;
mod readiness;
mod refused;
#[cfg(feature = "simulated")]
mod simulated;
#[cfg(target_os = "linux")]
mod uring;

use crate::io::address::Address;
use crate::io::descriptor::{RawFile, RawSocket, RawWaitable};
use crate::io::ktls::{self, Direction, Kernel};
use crate::io::socket::Socket;
use crate::io::waker::Waker;
use core::fmt;
use drive::Drive;
use engine::{Engine, with_engine};
use std::io::{self, IoSlice};

pub use crate::io::sys::gather::Gather;
#[cfg(feature = "fault")]
pub use fault::Faults;
pub use info::Info;
pub use lending::{Release, ZeroCopy};
pub use native::Native;
pub use operation::{Cancel, Choice, Closing, Completion, Config, Event, Interest, Key, Readiness, Sent, Submission};
#[cfg(feature = "simulated")]
pub use simulated::Simulation;

/// A driver of any kind.
pub struct Driver {
    engine: Engine,
    /// Why another kind was refused, in whose place this one runs.
    fallback: Option<i32>,
}

impl Driver {
    /// Makes the driver that `config` chooses. Allocates its buffers and batch, which keep their size. If the system
    /// refuses io_uring, epoll runs in its place, and [`info`](Self::info) tells why. Errors: the system's,
    /// `OutOfMemory`, and `Unsupported` for a choice that this build or this system does not have.
    pub fn new(config: &Config) -> io::Result<Self> {
        let (engine, fallback) = Engine::new(config, None)?;
        Ok(Self { engine, fallback })
    }

    /// Makes a driver that can be a [guest](Self::attach_guest) of `host`, on the same thread.
    pub fn new_on(config: &Config, host: &Self) -> io::Result<Self> {
        let (engine, fallback) = Engine::new(config, Some(&host.engine))?;
        Ok(Self { engine, fallback })
    }

    /// What this driver can do, and why it runs.
    #[inline(always)]
    pub fn info(&self) -> Info {
        Info { fallback: self.fallback, ..with_engine!(&self.engine, driver => driver.info()) }
    }

    /// The driver, if it is the native one of this system.
    #[inline(always)]
    pub fn native(&mut self) -> Option<Native<'_>> {
        self.engine.native().map(Native)
    }

    /// Takes a socket; its completions carry `token`. No system call; allocates when the number of descriptors reaches
    /// a new maximum. On an error the socket is closed.
    pub fn attach(&mut self, socket: Socket, token: u32) -> io::Result<Key> {
        with_engine!(&mut self.engine, driver => driver.attach(socket, token))
    }

    /// Watches a descriptor owned by others, for [`Submission::Poll`]. Close or detach the key before closing the
    /// descriptor.
    pub fn attach_foreign(&mut self, fd: RawSocket, token: u32) -> io::Result<Key> {
        with_engine!(&mut self.engine, driver => driver.attach_foreign(fd, token))
    }

    /// Watches a driver that was made [on](Self::new_on) this one: it is readable while it has completions. Close or
    /// detach
    /// the key before dropping the guest.
    pub fn attach_guest(&mut self, guest: &Self, token: u32) -> io::Result<Key> {
        self.engine.attach_guest(&guest.engine, token)
    }

    /// Returns the socket and ends its operations; `None` for a foreign one. Fails with `WouldBlock` while octets of it
    /// are held or lent, or its failure is to be reported, and nothing was done. What the driver has received or
    /// accepted and not reported is lost.
    pub fn detach(&mut self, key: Key) -> io::Result<Option<Socket>> {
        with_engine!(&mut self.engine, driver => driver.detach(key))
    }

    /// The socket of `key`, for its addresses and options; an error for a foreign one.
    #[inline]
    pub fn socket(&self, key: Key) -> io::Result<&Socket> {
        with_engine!(&self.engine, driver => driver.socket(key))
    }

    /// Starts or ends an operation. On an error nothing was started. Never blocks or allocates.
    #[inline]
    pub fn submit(&mut self, key: Key, submission: Submission<'_>) -> io::Result<()> {
        with_engine!(&mut self.engine, driver => driver.submit(key, submission))
    }

    /// Ends all operations and releases the key; closes the socket if the driver owns it, once nothing of it is held
    /// or lent any more; until then the peer sees the end as after any close. Fails only for a key that is gone.
    #[inline]
    pub fn close(&mut self, key: Key) -> io::Result<Closing> {
        with_engine!(&mut self.engine, driver => driver.close(key))
    }

    /// Hands to the system what the driver kept back since the last [`wait`](Self::wait), which does the same. Flush
    /// before another loop waits on the [handle](Self::handle).
    pub fn flush(&mut self) -> io::Result<()> {
        with_engine!(&mut self.engine, driver => driver.flush())
    }

    /// Whether there is work that the [handle](Self::handle) does not tell: the last batch was not pulled, or a
    /// [`flush`](Self::flush) has something to hand over.
    pub fn has_work(&self) -> bool {
        with_engine!(&self.engine, driver => !driver.is_exhausted() || driver.keeps_back())
    }

    /// Whether anything has arrived for a socket: octets, a connection to accept, the end, or an error, also one that
    /// was
    /// reported. Takes nothing: what is there is reported as if nobody had looked. For connections that are idle and
    /// receive nothing, before they are used again. At most one system call; never blocks or allocates. Fails as
    /// [`socket`](Self::socket) does.
    pub fn look(&mut self, key: Key) -> io::Result<bool> {
        with_engine!(&mut self.engine, driver => driver.look(key))
    }

    /// Sends the slices in order, with one system call. See [`Sent`]. An error ends the connection's sending side;
    /// close
    /// it.
    ///
    /// At most 1,024 slices are used.
    #[inline]
    pub fn send(&mut self, key: Key, slices: &[IoSlice<'_>]) -> io::Result<Sent> {
        with_engine!(&mut self.engine, driver => driver.send(key, slices))
    }

    /// Like [`send`](Self::send), with one slice.
    #[inline]
    pub fn send_one(&mut self, key: Key, octets: &[u8]) -> io::Result<Sent> {
        with_engine!(&mut self.engine, driver => driver.send_one(key, octets))
    }

    /// Like [`send`](Self::send), with gathered octets.
    #[inline]
    pub fn send_gather(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        with_engine!(&mut self.engine, driver => driver.send_gather(key, octets))
    }

    /// Like [`send_gather`](Self::send_gather), but the octets are [lent](ZeroCopy::is_lent) if the system and the
    /// socket can send without copying them: a TCP connection of Linux. One [`Event::Released`] or more tell of all
    /// sends that lent octets, in their order, when the peer has acknowledged them or the connection has ended; after
    /// the [`Event::Sent`] of a held one. A held send is lent also if nothing of it is taken. Otherwise octets are
    /// copied. Allocates when more sends of the socket are not released than ever before; copies if it cannot.
    ///
    /// Each such send costs the system about as much as copying 10 KiB.
    pub fn send_zero_copy(&mut self, key: Key, octets: &Gather<'_>) -> ZeroCopy {
        with_engine!(&mut self.engine, driver => driver.send_zero_copy(key, octets))
    }

    /// Sends at most `len` octets of the file `from`, starting at `offset`, without reading them into this process: at
    /// once, and at most 1 MiB, so that others get their turns. See [`Sent`]. May wait for the disk.
    ///
    /// On any error, including `UnexpectedEof` at the end of the file, fall back to reading and sending: that shows
    /// whether the connection failed.
    #[inline]
    pub fn send_file(&mut self, key: Key, from: RawFile, offset: u64, len: u64) -> io::Result<Sent> {
        with_engine!(&mut self.engine, driver => driver.send_file(key, from, offset, len))
    }

    /// Replaces the system for sockets with TLS records in the kernel.
    pub fn set_kernel(&mut self, kernel: Box<dyn Kernel>) {
        with_engine!(&mut self.engine, driver => *driver.kernel() = kernel)
    }

    /// The kernel, for calls that concern no socket of the driver.
    pub fn kernel(&mut self) -> &mut dyn Kernel {
        with_engine!(&mut self.engine, driver => driver.kernel().as_mut())
    }

    /// [`Kernel::attach`]. Fails with `Unsupported` on a driver that does not read records, and with `WouldBlock` while
    /// octets of it are held or lent, or wait to be reported, and nothing was done.
    pub fn attach_kernel(&mut self, key: Key) -> io::Result<()> {
        with_engine!(&mut self.engine, driver => driver.attach_kernel(key))
    }

    /// [`Kernel::set_keys`]. From the first receive keys on, completions are plaintext, and records of other types
    /// ([`Event::Record`]). Fails with `WouldBlock` while octets are lent.
    pub fn set_keys(&mut self, key: Key, direction: Direction, info: &ktls::Info) -> io::Result<()> {
        with_engine!(&mut self.engine, driver => driver.set_keys(key, direction, info))
    }

    /// Like [`send_gather`](Self::send_gather), for application data, once there are send keys.
    pub fn send_sealed(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        with_engine!(&mut self.engine, driver => driver.send_sealed(key, octets))
    }

    /// Like [`send_file`](Self::send_file), once there are send keys.
    pub fn send_file_sealed(&mut self, key: Key, from: RawFile, offset: u64, len: u64) -> io::Result<Sent> {
        with_engine!(&mut self.engine, driver => driver.send_file_sealed(key, from, offset, len))
    }

    /// Sends a record of another type, completely ([`Sent::Done`]) or not at all (`Room(0)`).
    pub fn send_record(&mut self, key: Key, kind: u8, octets: &[u8]) -> io::Result<Sent> {
        with_engine!(&mut self.engine, driver => driver.send_record(key, kind, octets))
    }

    /// Waits for a completion, the waker, a signal or the timeout (`None`: no limit, `Some(0)`: does not wait). Returns
    /// how many completions there may be. Returns at once while the last batch is not exhausted.
    pub fn wait(&mut self, timeout_ms: Option<u64>) -> io::Result<usize> {
        with_engine!(&mut self.engine, driver => driver.wait(timeout_ms))
    }

    /// The next completion of the batch; `None` at its end. Its receive or accept happens in this call.
    #[inline]
    #[allow(clippy::should_implement_trait)] // an iterator could not be used between its items
    pub fn next(&mut self) -> Option<Completion> {
        with_engine!(&mut self.engine, driver => driver.next())
    }

    /// Whether all of the last batch was pulled.
    #[inline]
    pub fn is_exhausted(&self) -> bool {
        with_engine!(&self.engine, driver => driver.is_exhausted())
    }

    /// How many events the last wait brought.
    pub fn batch_len(&self) -> usize {
        with_engine!(&self.engine, driver => driver.batch_len())
    }

    /// The most events that a wait brings: after so many, more may be ready.
    pub fn batch_max(&self) -> usize {
        with_engine!(&self.engine, driver => driver.batch_max())
    }

    /// The fast way of [`next`](Self::next), for received octets: token and length. `None` if something else or nothing
    /// is next: call [`next`](Self::next).
    #[inline(always)]
    pub fn next_received(&mut self) -> Option<(u32, usize)> {
        with_engine!(&mut self.engine, driver => driver.next_received())
    }

    /// The octets of the last completion, if it was [`Event::Received`] and `Ok`; otherwise empty. Valid until the next
    /// call of [`next`](Self::next), [`next_received`](Self::next_received) or [`wait`](Self::wait).
    #[inline]
    pub fn received(&mut self) -> &mut [u8] {
        with_engine!(&mut self.engine, driver => driver.received())
    }

    /// The peer of the last accepted connection, while its socket is open; unnamed for most Unix domain peers. At most
    /// one
    /// system call.
    pub fn accepted_from(&self) -> io::Result<Address> {
        with_engine!(&self.engine, driver => driver.accepted_from())
    }

    /// A handle that ends a wait of this driver from another thread. Clones an `Arc`.
    pub fn waker(&self) -> Waker {
        with_engine!(&self.engine, driver => driver.waker())
    }

    /// A descriptor that is readable when [`wait`](Self::wait) would return, to nest this driver in another loop. The
    /// driver owns it.
    pub fn handle(&self) -> RawWaitable {
        with_engine!(&self.engine, driver => driver.handle())
    }
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver").field("name", &self.info().name).finish_non_exhaustive()
    }
}
