//! The configuration of a server.

use crate::conn::{self, Workspace};
use crate::error::{Code, Error, Fault};
use crate::http1::machine::Role;
use crate::io::driver::{self, Choice};
use crate::io::socket::Socket;

const fn bad(reason: &'static core::ffi::CStr) -> Fault {
    Fault::new(Code::Argument, 0, c"", reason)
}

static ROLE: Fault = bad(c"`role` of a server's connections is not WW_ROLE_SERVER");
static RECEIVE_SIZE: Fault = bad(c"`receive_size` is above `lend_max`");
static CONNECTIONS: Fault = bad(c"`connections_max` is above 16,777,216");

/// Maximum events per batch. In unit tests a few connections fill it.
const BATCH: usize = if cfg!(test) { 4 } else { 512 };

/// The configuration of a server.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// Of its connections, with the role of a server.
    pub conn: conn::Config,
    /// The driver of the event loop.
    pub driver: Choice,
    /// Maximum number of connections. At the limit the server stops accepting, and others wait in the system's backlog.
    pub connections_max: u32,
    /// Maximum backlog of each listener.
    pub backlog: u32,
    /// Maximum octets per receive; at most the connections' `lend_max`.
    pub receive_size: u32,
    /// Share TCP ports with other servers with this option.
    pub reuse_port: bool,
    /// Maximum memory for connections, in octets. In the last eighth the largest holders are ended.
    pub memory_max: usize,
    /// Maximum unread input of all connections together, in octets; beyond it the largest holder loses its own.
    pub held_max: usize,
    /// Maximum number of posts in the mailbox.
    pub posts_max: usize,
    /// Maximum octets in the mailbox.
    pub post_octets_max: usize,
    /// Maximum octets in transit to one connection by [`Mailbox::send`](super::Mailbox::send) and similar calls; one
    /// piece is always allowed.
    pub post_conn_max: usize,
    /// Maximum octets of messages and posted responses waiting for slow connections, all together; in addition to
    /// `memory_max`.
    pub waiting_max: usize,
    /// Maximum octets waiting for one connection; one message or response is always allowed.
    pub waiting_conn_max: usize,
    /// The most octets of messages whose end has not come, where messages are delivered whole.
    pub messages_max: usize,
    /// Milliseconds over which a drain spreads the closing of WebSockets; at most half of the drain's time.
    pub drain_spread_ms: u32,
    /// Maximum topics per connection.
    pub topics_conn_max: usize,
}

impl Config {
    /// Maximum of `connections_max`: what an [`Id`](super::Id) has room for.
    pub const CONNECTIONS_MAX: u32 = super::slots::SLOTS_MAX;

    /// The defaults.
    pub const fn new() -> Self {
        Self {
            conn: conn::Config::new(Role::Server),
            driver: Choice::Native,
            connections_max: 1 << 20,
            backlog: Socket::BACKLOG,
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

    /// That of its driver.
    pub fn of_driver(&self) -> driver::Config {
        let buffer = self.receive_size as usize;
        driver::Config { choice: self.driver, buffer, batch: BATCH, ..driver::Config::default() }
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        let is_role_right = self.conn.role == Role::Server;
        let is_lendable = (1..=self.conn.limits.lend_max).contains(&self.receive_size);
        let is_count_right = (1..=Self::CONNECTIONS_MAX).contains(&self.connections_max);
        match (is_role_right, is_lendable, is_count_right) {
            (true, true, true) => Ok(()),
            (false, _, _) => Err(ROLE.at(0)),
            (_, false, _) => Err(RECEIVE_SIZE.at(0)),
            (_, _, false) => Err(CONNECTIONS.at(0)),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}
