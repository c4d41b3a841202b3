//! One connection: protocol, held bytes, output chain, deadline. Bytes in, events out, bytes out.
//!
//! The owner lends octets with [`Conn::receive`], pulls events with [`Conn::next`] until it rests, writes what [`Conn::pieces`]
//! shows and reports it with [`Conn::sent`]; where they stop, [`Conn::file`] may name a file to send from. The lent slice comes
//! with every `next` and is never kept: what is incomplete when input rests is copied into held bytes ([`workspace`]).
//!
//! Layers inside: [`transport`] goes between `receive` and [`recv_window`], where the lend becomes plaintext in place, and between
//! [`send_queue`] and `pieces`; WebSocket takes the window over from HTTP/1.1 where [`next`] meets a switched machine.
//!
//! Uses [`crate::http1`], [`crate::guard`], [`crate::memory`]. No system call, clock or random source.

mod agreement;
mod answer;
mod ask;
pub mod bits;
mod config;
mod content;
mod deadline;
mod discard;
mod dropped;
mod ending;
mod event;
mod exchange_end;
mod file;
mod given_up;
mod head;
mod lifecycle;
mod next;
mod opened;
mod peer_end;
mod progress;
mod queue_head;
mod recv_window;
mod reply;
mod sealing;
#[cfg(feature = "tls")]
mod secure;
mod send_queue;
mod state;
mod stream;
mod switch;
mod timers;
#[cfg(feature = "tls")]
mod tls;
mod transport;
mod websocket;
mod workspace;

use std::rc::Rc;

pub use answer::{Response, Write};
pub use ask::Request;
pub use config::Config;
pub use event::{Event, Rest, Span, Window};
#[cfg(test)]
pub use progress::progress_that_lies;
pub use send_queue::Piece;
#[cfg(feature = "tls")]
pub use tls::{Plain, Pump};
pub use websocket::{Accept, Connect, Lane, Prepared};
#[cfg(feature = "service")]
pub(crate) use workspace::{CLASSES, Ranks, class};
pub use workspace::{File, Head, HeadKind, Workspace};

use crate::error::Error;
use crate::http1::head::Field;
use dropped::Dropped;
use lifecycle::{Lifecycle, Phase};
use recv_window::RecvWindow;
use send_queue::SendQueue;
use timers::Timers;
use transport::Transport;
use websocket::Socket;
use workspace::{Index, NONE};

/// HTTP/1.1's, and WebSocket's after a switch.
type Machine = crate::http1::machine::Machine<Socket>;

/// One connection. Belongs to the [`Workspace`] it was made with: every call takes that one.
pub struct Conn {
    config: Rc<Config>,
    machine: Machine,
    recv: RecvWindow,
    queue: SendQueue,
    /// The head in the making or alive in an event.
    head: Index,
    lifecycle: Lifecycle,
    dropped: Dropped,
    timers: Timers,
    /// Whether it seals, the lifecycle says too.
    transport: Transport,
}

/// What an idle connection costs.
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Conn>() <= 176);

impl Conn {
    /// A connection whose transport was accepted (or connected) at `now`. Fails as [`Config::check`] does.
    pub fn new(config: Rc<Config>, now: u64) -> Result<Self, Error> {
        config.check()?;
        Ok(Self::of(config, now))
    }

    /// The same, of a config that was checked.
    fn of(config: Rc<Config>, now: u64) -> Self {
        let role = config.role;
        Self {
            machine: Machine::new(role),
            recv: RecvWindow::new(),
            queue: SendQueue::new(),
            head: NONE,
            lifecycle: Lifecycle::OPEN,
            dropped: Dropped::NONE,
            timers: Timers::new(now, role),
            config,
            transport: Transport::Plain,
        }
    }

    /// Gives back everything taken from the workspace. Call it before the connection is dropped. What was lent is released without an
    /// event.
    pub fn release(&mut self, ws: &mut Workspace) {
        self.end_transport(ws);
        while self.queue.next_released(&mut ws.blocks).is_some() {}
    }

    /// Gives back everything taken from the workspace but what releases are still to be told of.
    fn end_transport(&mut self, ws: &mut Workspace) {
        self.queue.clear(&mut ws.blocks);
        self.transport.clear(ws);
        self.recv.clear(&mut ws.held);
        self.drop_socket(ws);
        self.drop_head(ws);
    }

    /// Makes the connection fresh for another transport. What was lent to the one before is released by the events that come first.
    /// Fails with what making its TLS fails with; the connection is closed then, and the releases come all the same.
    pub fn reset(&mut self, ws: &mut Workspace, now: u64) -> Result<(), Error> {
        self.end_transport(ws);
        // Before anything changes: a connection that was over TLS never goes on in the clear, whatever fails here.
        #[cfg(feature = "tls")]
        let layer = self.layer_again(ws, now).inspect_err(|&error| self.run_dry(ws, error))?;
        let mut before = core::mem::replace(self, Self::of(self.config.clone(), now));
        self.queue = before.queue.take_released();
        #[cfg(feature = "tls")]
        if let Some(layer) = layer {
            self.put_under(ws, layer).inspect_err(|&error| self.run_dry(ws, error))?;
        }
        Ok(())
    }

    /// The head of the last head event or trailers; its kind is `None` when there is none.
    #[inline]
    pub fn head<'a>(&self, ws: &'a Workspace) -> Option<(&'a Head, &'a [Field])> {
        if self.head == NONE {
            return None;
        }
        let slab = ws.heads.get(self.head);
        (slab.head.kind != HeadKind::None).then(|| (&slab.head, slab.fields.as_slice()))
    }

    /// The held bytes, for spans and heads whose window is [`Window::Held`].
    #[inline]
    pub fn held<'a>(&self, ws: &'a Workspace) -> &'a [u8] {
        self.recv.held(&ws.held)
    }

    /// The octets of spans whose window is [`Window::Scratch`].
    #[inline]
    pub fn scratch<'a>(&self, ws: &'a Workspace) -> &'a [u8] {
        if self.head == NONE { &[] } else { ws.heads.get(self.head).scratch().octets() }
    }

    /// The last error: what ended the connection, or before that what the last refused request was refused for.
    pub fn error(&self) -> Option<Error> {
        self.lifecycle.error()
    }

    /// What ended the connection, once something has.
    pub fn ending_error(&self) -> Option<Error> {
        self.lifecycle.ending_error()
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Octets of the workspace's memory that the connection holds and that come back when it ends: output that is not sent, unread input,
    /// a head or message in the making, a TLS record that is cut, what it knows of permessage-deflate. Beside that it has its own struct and the state of its TLS.
    /// Costs as much as it has blocks of output.
    pub fn memory(&self, ws: &Workspace) -> usize {
        let head = if self.head == NONE { 0 } else { ws.heads.get(self.head).size() };
        let output = self.queue.memory(&ws.blocks) + self.transport.memory(ws);
        output + self.recv.memory(&ws.held) + head + self.packing_memory()
    }

    #[inline(always)]
    fn drop_head(&mut self, ws: &mut Workspace) {
        self.lifecycle.forget_head();
        if self.head != NONE {
            ws.heads.give_back(self.head);
            self.head = NONE;
        }
    }
}
