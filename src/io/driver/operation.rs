//! The vocabulary of every driver: what goes in, what comes out.

use crate::io::address::Address;
use crate::io::socket::{AcceptError, Socket};
use core::ops::BitOr;
use std::io;

/// How to make a driver.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// Which one. Default [`Choice::Native`].
    pub choice: Choice,
    /// Octets of the buffer that receives go to: the most that one completion brings. Default 65,536.
    pub buffer: usize,
    /// The most that one [`wait`](super::Driver::wait) takes from the system. Default 512.
    pub batch: usize,
    /// The most connections that one listener accepts in one turn, so that a flood of them cannot starve those that are
    /// there. Default 64.
    pub accepts: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self { choice: Choice::Native, buffer: 64 << 10, batch: 512, accepts: 64 }
    }
}

/// Which driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The best that this system has.
    Native,
    /// epoll (Linux).
    Epoll,
}

/// A socket within its driver. Only [`Driver::attach`](super::Driver::attach) makes one that names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub(super) index: u32,
    pub(super) generation: u32,
}

impl Key {
    /// No socket.
    pub const NONE: Self = Self { index: u32::MAX, generation: 0 };
}

/// What to do with a socket. Bytes are sent by [`Driver::send`](super::Driver::send).
#[derive(Clone, Copy, Debug)]
pub enum Submission<'a> {
    /// Accepts connections, each an [`Event::Accepted`], until cancelled or until that event is an error.
    Accept,
    /// Connects: one [`Event::Connected`], before the completion of anything else of this key. If it is an error, the other
    /// operations of the key are over too.
    Connect(&'a Address),
    /// Receives, each time an [`Event::Received`], until cancelled or until that event is the end or an error.
    ///
    /// While cancelled after having been submitted once, bytes wait in the system, a failed connection is still
    /// reported as [`Event::Received`] with the error, and a peer that ends its side as [`Event::HungUp`]. Turning
    /// it off and on again costs no system call unless bytes arrive in between.
    Receive,
    /// Waits until the socket is ready for something in the interest: one [`Event::Ready`]. Submitting it again on each
    /// event costs no system call while the interest is the same. Not together with other operations of the same key.
    Poll(Interest),
    /// Waits for room to send: one [`Event::Sent`], as after [`Sent::Queued`]. For who lets others have their turns first.
    Room,
    /// Ends an operation: no completion of it will be delivered. No error if there is none.
    Cancel(Cancel),
    /// Ends all operations, gives up the key, and closes the socket if it is the driver's.
    Close,
}

/// Which operation to cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancel {
    /// [`Submission::Accept`].
    Accept,
    /// [`Submission::Connect`]; the socket is then good for nothing but closing.
    Connect,
    /// [`Submission::Receive`].
    Receive,
    /// The wait for room behind [`Sent::Queued`] or [`Submission::Room`]; what was taken stays sent.
    Send,
    /// [`Submission::Poll`].
    Poll,
}

/// What to be told about by [`Submission::Poll`]. Errors and hang-ups are always told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interest(pub(super) u8);

impl Interest {
    /// Bytes, a connection or an end to read.
    pub const READABLE: Self = Self(1);
    /// Room to write.
    pub const WRITABLE: Self = Self(2);

    /// Whether all of `other` is in it.
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

/// What a descriptor is ready for.
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

/// What became of a send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The system has taken everything: this many octets. Nothing will complete.
    Done(usize),
    /// The system has taken this many octets and has no room for the rest. [`Event::Sent`] will say when to go on; the
    /// bytes not taken are to be presented again then.
    Queued(usize),
}

/// The result of an operation.
#[derive(Debug)]
pub struct Completion {
    /// The token that the socket was attached with; 0 for [`Event::Woken`].
    pub token: u32,
    /// What happened.
    pub event: Event,
}

/// What happened. A result's error ends the operation; that of a receive or a connect ends all of the socket's: close it.
#[derive(Debug)]
pub enum Event {
    /// A connection came; [`Driver::accepted_from`](super::Driver::accepted_from) names its peer. Errors are only
    /// [`AcceptError::Exhausted`] (submit again after a pause) and [`AcceptError::Fatal`].
    Accepted(Result<Socket, AcceptError>),
    /// The connection is made, or why not.
    Connected(io::Result<()>),
    /// So many octets are in [`Driver::received`](super::Driver::received); 0 is the end of the stream, and ends the
    /// operation. A connection that was reset is an error and never looks like an end.
    Received(io::Result<usize>),
    /// A TLS record of this type, other than application data, from a socket whose records the system makes:
    /// [`Driver::received`](super::Driver::received) is its content.
    Record(u8),
    /// After [`Sent::Queued`] or [`Submission::Room`]: so many more octets are taken (0 where the driver only learns that there is room), and
    /// the rest can be presented.
    Sent(io::Result<usize>),
    /// While receiving is cancelled: the peer has ended its sending side. Reported once; bytes sent before may still wait. Or, with
    /// `both`, also behind that and behind the end of receiving: the transport has ended both ways, so that nothing that is sent arrives.
    /// This may be reported again after another operation was submitted.
    HungUp {
        /// Nothing can be sent any more either.
        both: bool,
    },
    /// Ready for this.
    Ready(Readiness),
    /// The driver's [`Waker`](crate::io::waker::Waker) was used, once or more often.
    Woken,
}
