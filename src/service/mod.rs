//! The server: sockets, a loop and connections behind one call, [`Server::next`].
//!
//! A turn is one batch of the driver. For each connection with input the server receives once, lends the octets to the
//! [`Conn`], hands out its events one by one until it rests, sends what was made once, and goes on. Output that was made
//! for other connections marks them as due; they have their turn when the batch is used up, before the next wait.
//!
//! Connections live in slots of chunks that never move ([`slots`]) and are named by [`Id`]s that are never used again.
//! Other threads reach a server through its [`Mailbox`]. One server is one thread's; several share a port by
//! [`Config::reuse_port`] and nothing else.
//!
//! Uses [`crate::io`] for every system call and [`crate::conn`] for every octet. Allocates from its workspace when there
//! are more connections than before, and nothing for a request in the steady state.

mod accept;
mod answer;
mod calls;
mod close;
mod complete;
mod config;
mod deliver;
mod drain;
mod event;
mod id;
#[cfg(feature = "tls")]
mod kernel;
#[cfg(not(feature = "tls"))]
#[path = "kernel/absent.rs"]
mod kernel;
mod lane;
mod mailbox;
mod next;
mod posts;
mod pressure;
mod publish;
mod send;
mod settle;
mod slots;
mod stall;
mod stats;
mod time;
mod topics;
mod waiting;
mod websocket;

pub use config::Config;
pub use deliver::{Delivered, Slow};
pub use event::{Event, EventKind, EventSink, EventView, Next, Polled};
pub use id::Id;
pub use mailbox::{Mailbox, Posted};
pub use stats::Stats;

use crate::conn::{self, Conn, Workspace};
use crate::error::{Code, Error, Fault};
use crate::io::driver::{self, Driver};
use crate::io::fault;
use crate::memory::Heap;
use accept::Listeners;
use drain::Farewell;
use kernel::Offload;
use lane::Lane;
use posts::Inbox;
use pressure::Pressure;
use slots::{NONE, Slots};
use stall::Stall;
use std::os::fd::RawFd;
use std::rc::Rc;
use time::Time;
use topics::Topics;
use waiting::Waiting;

/// A server. One thread at a time.
pub struct Server {
    driver: Driver,
    slots: Slots,
    ws: Workspace,
    time: Time,
    /// The slot whose turn it is, or [`NONE`].
    turn: u32,
    /// Whether what the driver received last is lent to that connection.
    lent: bool,
    /// The short messages of that turn.
    lane: Lane,
    /// What every connection is made with.
    conn: Rc<conn::Config>,
    listeners: Listeners,
    inbox: Inbox,
    topics: Topics,
    /// The mailboxes of servers that publish what is published here.
    siblings: Vec<Mailbox>,
    /// What slow connections will have later: messages, and responses that were posted.
    waiting: Waiting<mailbox::Post>,
    pressure: Pressure,
    is_draining: bool,
    farewell: Farewell,
    /// What the system can do with TLS records.
    offload: Offload,
    stats: Stats,
    /// Whether the present turn goes on.
    stall: Stall,
    /// What failed last that is no connection's.
    failed: Option<Error>,
    config: Config,
}

impl Server {
    /// A server that listens nowhere yet. Allocates; fails with `Argument`, `Nomem` and `System`.
    pub fn new(config: &Config) -> Result<Self, Error> {
        config.check()?;
        let heap = Heap::new(config.memory_max);
        let slots = Slots::new(&heap, id::next_tag());
        let lane = Lane::new(&heap)?;
        let topics = Topics::new(&heap, config.topics_conn_max);
        let mut ws = Workspace::new(heap, config.held_max);
        ws.limit_messages(config.messages_max);
        let conn = ws.intern(&config.conn)?;
        let buffer = config.receive_size as usize;
        let driver =
            Driver::new(&driver::Config { buffer, ..driver::Config::default() }).map_err(|error| fault(&error))?;
        let inbox = Inbox::new(Mailbox::new(driver.waker(), config.posts_max, config.post_octets_max));
        let mut server = Self {
            driver,
            slots,
            ws,
            time: Time::new(),
            turn: NONE,
            lent: false,
            lane,
            conn,
            listeners: Listeners::default(),
            inbox,
            topics,
            siblings: Vec::new(),
            waiting: Waiting::new(config.waiting_max, config.waiting_conn_max),
            pressure: Pressure::new(config.memory_max),
            is_draining: false,
            farewell: Farewell::new(),
            offload: Offload::new(),
            stats: Stats::default(),
            stall: Stall::default(),
            failed: None,
            config: *config,
        };
        server.read_clock();
        Ok(server)
    }

    /// A handle for other threads and signal handlers; clones and outlives the server.
    pub fn mailbox(&self) -> Mailbox {
        self.inbox.mailbox()
    }

    /// A descriptor that is readable when there is something for [`next`](Self::next) to do. It stays the server's.
    pub fn handle(&self) -> RawFd {
        self.driver.handle()
    }

    /// The connection of the last event of a connection, the workspace it belongs to, and the octets that are lent to it:
    /// what heads and spans of that event refer to, until `next` is called again.
    pub fn shown(&mut self) -> Option<(&Conn, &Workspace, &[u8])> {
        let conn = self.slots.conn(self.turn)?;
        Some((conn, &self.ws, if self.lent { self.driver.received() } else { &mut [] }))
    }

    /// The octets of the last [`EventKind::Post`], until `next` is called again.
    pub fn posted(&self) -> &[u8] {
        self.inbox.shown()
    }

    /// What failed last that is no connection's: a call of [`listen`](Self::listen), or what [`next`](Self::next) answered.
    pub fn failed(&self) -> Option<Error> {
        self.failed
    }

    /// Keeps the error of a call that is no connection's.
    #[cold]
    fn fail(&mut self, error: Error) -> Error {
        self.failed = Some(error);
        error
    }

    /// What has happened so far.
    pub fn stats(&self) -> Stats {
        let (input_evicted, messages_evicted) = self.ws.evicted();
        Stats { open: u64::from(self.slots.live()), input_evicted, messages_evicted, ..self.stats }
    }
}

static GONE: Fault = Fault::new(Code::Gone, 0, c"", c"the connection of this id has ended");
