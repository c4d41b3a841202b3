//! The types of all drivers: submissions and completions.

use super::lending::Release;
use crate::io::address::Address;
use crate::io::socket::{AcceptError, Socket};
use core::ops::BitOr;
use std::io;

/// How to make a driver.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// The kind of driver. Default [`Choice::Native`].
    pub choice: Choice,
    /// Size of the receive buffer, the maximum per completion. Default 65,536.
    pub buffer: usize,
    /// Maximum events per [`wait`](super::Driver::wait). Default 512.
    pub batch: usize,
    /// Maximum connections that one listener accepts per turn, so that a flood cannot starve others. Default 64.
    pub accepts: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self { choice: Choice::Native, buffer: 64 << 10, batch: 512, accepts: 64 }
    }
}

/// The kinds of drivers. [`Driver::new`](super::Driver::new) fails with `Unsupported` for one that this build or this
/// system does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The best of this system.
    Native,
    /// epoll (Linux).
    Epoll,
    /// kqueue (macOS, FreeBSD, NetBSD, OpenBSD; in builds with faults on Linux too, over a double of its calls).
    Kqueue,
    /// io_uring (Linux 6.1). Where the system refuses it, epoll runs in its place. Of the receive buffer's size at most
    /// 16,384 octets, and 256 such buffers. Bound to the thread of the first [`wait`](super::Driver::wait),
    /// [`flush`](super::Driver::flush) or close; the driver may be dropped by another one, but then its buffers are not freed, and
    /// its operations go on until the system has ended them. Accepts ahead: connections may be accepted that a cancel comes too
    /// late for, as many as the listener's backlog has; they wait in the driver. A forked child must not use it.
    Uring,
    /// I/O completion ports (Windows 10).
    Iocp,
    /// The native one behind faults; for tests.
    #[cfg(feature = "fault")]
    Fault(super::Faults),
    /// Clients without a network; for benchmarks.
    #[cfg(feature = "simulated")]
    Simulated(super::Simulation),
}

impl Choice {
    /// In a build with faults, the native driver has those of the environment, or is the kind that it names in
    /// `WIREWAY_DRIVER`.
    pub(super) fn in_this_build(self) -> Self {
        #[cfg(feature = "fault")]
        if self == Self::Native {
            let named = std::env::var("WIREWAY_DRIVER").ok().map(|name| Self::named(&name));
            return super::Faults::of_environment().map(Self::Fault).or(named).unwrap_or(self);
        }
        self
    }

    /// The kind of a name as in [`Info`](super::Info). Panics for another one: tests that asked for it would prove nothing.
    #[cfg(feature = "fault")]
    fn named(name: &str) -> Self {
        match name {
            "epoll" => Self::Epoll,
            "io_uring" => Self::Uring,
            "kqueue" => Self::Kqueue,
            "IOCP" => Self::Iocp,
            _ => panic!("WIREWAY_DRIVER: there is no driver {name:?}"),
        }
    }
}

/// A socket within its driver, from [`Driver::attach`](super::Driver::attach).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub(super) index: u32,
    pub(super) generation: u32,
}

impl Key {
    /// No socket.
    pub const NONE: Self = Self { index: u32::MAX, generation: 0 };
}

/// An operation. For sending see [`Driver::send`](super::Driver::send).
#[derive(Clone, Copy, Debug)]
pub enum Submission<'a> {
    /// Accepts connections, each an [`Event::Accepted`], until cancelled or until that event is an error.
    Accept,
    /// Connects: one [`Event::Connected`], before the completion of anything else of this key. If it is an error, the other
    /// operations of the key are over too.
    Connect(&'a Address),
    /// Receives, each time an [`Event::Received`], until cancelled or until that event is the end or an error.
    ///
    /// While cancelled after a submission, octets wait in the system or the driver. A failed connection is still
    /// reported as [`Event::Received`] with the error, and an ended peer as [`Event::HungUp`]. Cancelling and
    /// resubmitting costs no system call unless octets arrive in between.
    Receive,
    /// Waits for readiness: one [`Event::Ready`]. Resubmitting on each event costs no system call while the interest
    /// stays the same, and another interest replaces the earlier one. Not together with other operations of the same
    /// key.
    Poll(Interest),
    /// Waits for room to send: one [`Event::Sent`], as after [`Sent::Room`]. For yielding to others first.
    Room,
    /// Cancels an operation: nothing more of it is reported for now. No error if there is none.
    ///
    /// Nothing is lost: what has already happened (octets, the end, an error, an accepted connection) stays in the
    /// system or the driver, and is reported first when the same operation is submitted again.
    Cancel(Cancel),
}

/// Which operation to cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancel {
    /// [`Submission::Accept`].
    Accept,
    /// [`Submission::Connect`]; the socket can only be closed then.
    Connect,
    /// [`Submission::Receive`].
    Receive,
    /// The wait for room after [`Sent::Room`] or [`Submission::Room`]; octets already sent stay sent. Without effect on
    /// a held send, which ends with its completion or its socket.
    Send,
    /// [`Submission::Poll`].
    Poll,
}

/// The interest of a [`Submission::Poll`]. Errors and hang-ups are always reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interest(pub(super) u8);

impl Interest {
    /// Octets, a connection or an end to read.
    pub const READABLE: Self = Self(1);
    /// Room to write.
    pub const WRITABLE: Self = Self(2);

    /// Whether it includes all of `other`.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Interest {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The readiness of a descriptor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// A read will not block.
    pub readable: bool,
    /// A write will not block.
    pub writable: bool,
    /// Both directions have ended.
    pub hung_up: bool,
    /// An error is pending.
    pub error: bool,
}

/// The result of a send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Everything was sent: this many octets. No completion follows.
    Done(usize),
    /// This many octets were sent, and there is no room for the rest. Nothing is held. [`Event::Sent`] follows; pass
    /// the rest again then.
    Room(usize),
    /// The driver holds the octets: they keep address and content until [`Event::Sent`], which says how many were sent,
    /// or [`Event::Closed`].
    Held,
}

/// The result of a close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// The key is gone, and no completion of it follows.
    Done,
    /// The driver still reads octets that it [holds](Sent::Held), the system octets that are lent, or it has accepted connections to report. The key's last
    /// completion is one [`Event::Closed`].
    Pending,
}

/// The result of an operation.
#[derive(Debug)]
pub struct Completion {
    /// The socket's token; 0 for [`Event::Woken`].
    pub token: u32,
    /// What happened.
    pub event: Event,
}

/// A completion. An error ends the operation; that of a receive or connect ends all operations of the socket: close it.
#[derive(Debug)]
pub enum Event {
    /// A connection was accepted; [`Driver::accepted_from`](super::Driver::accepted_from) is its peer. Errors are only
    /// [`AcceptError::Exhausted`] (submit again after a pause) and [`AcceptError::Fatal`].
    Accepted(Result<Socket, AcceptError>),
    /// The connect succeeded or failed.
    Connected(io::Result<()>),
    /// This many octets are in [`Driver::received`](super::Driver::received); 0 is the end of the stream, and ends the
    /// operation. A reset is an error, never an end.
    Received(io::Result<usize>),
    /// A TLS record of this type, other than application data, from a socket with records in the kernel.
    /// [`Driver::received`](super::Driver::received) is its content.
    Record(u8),
    /// After [`Sent::Held`]: this many octets were sent, and all of them are free again. After [`Sent::Room`] or
    /// [`Submission::Room`]: 0, there is room. Send the rest now. An error ends the sending side.
    Sent(io::Result<usize>),
    /// Octets that were lent by [zero-copy sends](super::Driver::send_zero_copy) are free again.
    Released(Release),
    /// While receiving is cancelled: the peer ended its sending side. Reported once; octets sent before may still wait.
    /// With `both`, also after that and after the end of receiving: both directions ended, so nothing sent arrives. May
    /// be repeated after another submission.
    HungUp {
        /// Sending is no longer possible either.
        both: bool,
    },
    /// The descriptor is ready.
    Ready(Readiness),
    /// After [`Closing::Pending`]: the key is gone, and everything held of it or lent is free.
    Closed,
    /// The driver's [`Waker`](crate::io::waker::Waker) was used, at least once.
    Woken,
}
