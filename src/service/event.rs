//! The events of a server.

use super::id::Id;
use crate::conn::{self, Shown};
use crate::error::{Code, Error};
use crate::websocket::machine::MessagePart;
use core::ffi::c_void;

/// One event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// The connection it is about; [`Id::NONE`] for a post to the server itself.
    pub id: Id,
    /// The pointer that [`Calls::set_user`](super::Calls::set_user) stored for the connection.
    pub user: *mut c_void,
    /// What happened.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EventKind {
    /// An event of the connection. [`Server::shown`](super::Server::shown) has its head and octets.
    Conn(conn::Event),
    /// A connection was accepted.
    Opened,
    /// The connection has ended, with this error if any, and its id is invalid.
    Closed(Option<Error>),
    /// A post, with its token. [`Server::posted`](super::Server::posted) has its octets.
    Post(u64),
    /// A post or response with this token did not reach its connection, with the reason.
    Undelivered(u64, Code),
}

/// An event of a connection in place, valid until the next call on the server.
pub struct EventView<'a> {
    /// The connection it is about.
    pub id: Id,
    /// Its stored pointer.
    pub user: *mut c_void,
    /// What happened.
    pub event: conn::Event,
    /// The head, and octets that are not lent.
    pub shown: Shown<'a>,
    /// The lent octets.
    pub lent: &'a [u8],
}

/// Converts an event of a connection in place.
pub trait EventSink {
    /// The converted event.
    type Output;
    /// Makes it.
    fn convert(&mut self, view: EventView<'_>) -> Self::Output;
    /// Converts a whole message, which is at `part` in `lent`.
    fn message(&mut self, id: Id, user: *mut c_void, lent: &[u8], part: &MessagePart) -> Self::Output;
}

/// The result of [`Server::next_into`](super::Server::next_into).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Polled<T> {
    /// An event of a connection, converted.
    Conn(T),
    /// An event of the server itself.
    Own(Event),
    /// The time was up first.
    Timeout,
    /// The server is drained.
    Done,
}

/// The result of [`Server::next`](super::Server::next).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// Something happened.
    Event(Event),
    /// The time was up first.
    Timeout,
    /// The server is drained: no connection is left, and none will come.
    Done,
}

impl From<Polled<Event>> for Next {
    fn from(polled: Polled<Event>) -> Self {
        match polled {
            Polled::Conn(event) | Polled::Own(event) => Self::Event(event),
            Polled::Timeout => Self::Timeout,
            Polled::Done => Self::Done,
        }
    }
}
