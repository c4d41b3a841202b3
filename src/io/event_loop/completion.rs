//! What a loop reports.

use super::id::SocketId;
use crate::error::Error;
use crate::io::driver::{Readiness, Release};

/// Something that happened: whose, and what.
#[derive(Clone, Copy, Debug)]
pub struct Completion {
    /// The socket, unless it is a timer or a post.
    pub socket: SocketId,
    /// The token of the socket, the timer or the post.
    pub token: u64,
    /// What happened.
    pub event: Event,
}

/// What happened. An error of a receive or a connect ends all operations of the socket: close it.
#[derive(Clone, Copy, Debug)]
pub enum Event {
    /// A listener accepted this socket, whose token is 0 so far. After an error nothing more is accepted until
    /// [`SocketCalls::accept`](super::SocketCalls::accept) is called again; out of descriptors, do that after a pause.
    Accepted(Result<SocketId, Error>),
    /// The connect succeeded or failed.
    Connected(Result<(), Error>),
    /// This many octets are in [`EventLoop::received`](super::EventLoop::received); 0 is the end of the stream.
    Received(Result<usize, Error>),
    /// This many more octets were sent, and there is room. What was given to the send is free again. An error ends the
    /// sending side.
    Sent(Result<usize, Error>),
    /// Octets of zero-copy sends that were lent are free again.
    Released(Release),
    /// While receiving is cancelled: the peer ended its sending side, or with `both` the connection.
    HungUp {
        /// Sending is no longer possible either.
        both: bool,
    },
    /// A watched descriptor is ready.
    Ready(Readiness),
    /// Datagrams are in [`EventLoop::datagrams`](super::EventLoop::datagrams). An error ends receiving.
    Datagrams(Result<(), Error>),
    /// An ICMP message says that a datagram sent before did not arrive; receiving goes on. See
    /// [`Receipt::Undelivered`](crate::io::socket::Receipt::Undelivered).
    Undelivered(Error),
    /// The socket is closed, and nothing given to its sends is read any more.
    Closed,
    /// The deadline of the timer of this number has passed.
    Timer(u32),
    /// A [`Poster`](super::Poster) posted the token, or rang: token 0.
    Posted,
    /// A look-up of a [`Resolver`](crate::io::resolver::Resolver) is done: this many addresses are in
    /// [`EventLoop::resolved`](super::EventLoop::resolved).
    Resolved(Result<usize, Error>),
    /// The guest has something to do.
    Guest,
}
