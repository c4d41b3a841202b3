//! What a server tells its owner.

use super::Id;
use crate::conn;
use crate::error::{Code, Error};
use core::ffi::c_void;

/// One event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// The connection it is about; [`Id::NONE`] for a post to the server itself.
    pub id: Id,
    /// What [`Server::set_user`](super::Server::set_user) stored for the connection. Never looked at.
    pub user: *mut c_void,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum What {
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
