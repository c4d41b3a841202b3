//! What a server is made with.

use crate::conn::{self, Workspace};
use crate::error::{Code, Error, Fault};
use crate::http1::machine::Role;

static BAD: Fault = Fault::new(Code::Argument, 0, c"", c"a server's config is out of range");

/// The configuration of a server.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// Its connections; the role is that of a server.
    pub conn: conn::Config,
    /// The most connections at a time. With so many it stops accepting, and others wait in the system's backlog.
    pub connections_max: u32,
    /// Connections that may wait to be accepted, for each listener.
    pub backlog: u32,
    /// The most octets that one receive brings; at most the connections' `lend_max`.
    pub receive_size: u32,
    /// Share TCP ports with other servers that ask the same.
    pub reuse_port: bool,
    /// The most memory for connections, in octets. Of the last eighth the largest holders are ended.
    pub memory_max: usize,
    /// The most unread input the connections may hold together, in octets; beyond it the largest holder pays.
    pub held_max: usize,
    /// The most posts in the mailbox.
    pub posts_max: usize,
    /// The most octets in the mailbox.
    pub post_octets_max: usize,
    /// The most octets that are on their way to one connection piece by piece, by [`Mailbox::send`](super::Mailbox::send) and the like;
    /// one piece always may.
    pub post_conn_max: usize,
    /// The most octets of messages and posted responses that wait for slow connections, all together; beside `memory_max`.
    pub waiting_max: usize,
    /// The most octets that wait for one connection; one message or response always may.
    pub waiting_conn_max: usize,
    /// The most octets of messages whose end has not come, where messages are delivered whole.
    pub messages_max: usize,
    /// In how many milliseconds a drain closes the WebSockets, one after the other; never more than half of what the drain has.
    pub drain_spread_ms: u32,
    /// The most topics one connection may be subscribed to.
    pub topics_conn_max: usize,
}

impl Config {
    /// The most that `connections_max` can be: what an [`Id`](super::Id) has room for.
    pub const CONNECTIONS_MAX: u32 = super::slots::MOST;

    /// The defaults.
    pub const fn new() -> Self {
        Self {
            conn: conn::Config::new(Role::Server),
            connections_max: 1 << 20,
            backlog: 1024,
            receive_size: 64 << 10,
            reuse_port: false,
            memory_max: Workspace::MEMORY_MAX,
            held_max: Workspace::HELD_MAX,
            posts_max: 1 << 16,
            post_octets_max: 64 << 20,
            post_conn_max: 256 << 10,
            waiting_max: 64 << 20,
            waiting_conn_max: 1 << 20,
            messages_max: Workspace::MESSAGES_MAX,
            drain_spread_ms: 1000,
            topics_conn_max: 1024,
        }
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        let is_role_right = self.conn.role == Role::Server;
        let is_lendable = (1..=self.conn.limits.lend_max).contains(&self.receive_size);
        let is_count_right = (1..=Self::CONNECTIONS_MAX).contains(&self.connections_max);
        if is_role_right && is_lendable && is_count_right { Ok(()) } else { Err(BAD.at(0)) }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}
