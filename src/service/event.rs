//! What a server tells its owner.

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
    /// What [`Calls::set_user`](super::Calls::set_user) stored for the connection. Never looked at.
    pub user: *mut c_void,
    /// What happened.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EventKind {
    /// An event of the connection. Its head and octets are had from [`Server::shown`](super::Server::shown).
    Conn(conn::Event),
    /// A connection was accepted.
    Opened,
    /// The connection has ended, by this error or well, and its id is dead.
    Closed(Option<Error>),
    /// A post, with its token. Its octets are had from [`Server::posted`](super::Server::posted).
    Post(u64),
    /// A post or response with this token did not reach its connection, and why.
    Undelivered(u64, Code),
}

/// An event of a connection where it lies, for as long as nothing else is done with the server.
pub struct EventView<'a> {
    /// The connection it is about.
    pub id: Id,
    /// What was stored for it.
    pub user: *mut c_void,
    /// What happened.
    pub event: conn::Event,
    /// What the connection shows: the head, and octets that are not lent.
    pub shown: Shown<'a>,
    /// The octets that are lent to it.
    pub lent: &'a [u8],
}

/// What is made of an event of a connection where it lies.
pub trait EventSink {
    /// What is made of it.
    type Made;
    /// Makes it.
    fn show(&mut self, view: EventView<'_>) -> Self::Made;
    /// Makes it of a whole message, which lies in `lent` as `heard` says.
    fn message(&mut self, id: Id, user: *mut c_void, lent: &[u8], part: &MessagePart) -> Self::Made;
}

/// What [`Server::next_into`](super::Server::next_into) answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Polled<T> {
    /// An event of a connection: what was made of it.
    Conn(T),
    /// An event of the server's own.
    Own(Event),
    /// The time was up first.
    Timeout,
    /// The server is drained.
    Done,
}

/// What [`Server::next`](super::Server::next) answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// Something happened.
    Event(Event),
    /// The time was up first.
    Timeout,
    /// The server is drained: no connection is left, and none will come.
    Done,
}
