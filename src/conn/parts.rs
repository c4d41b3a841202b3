//! The parts of a connection, and the facts that need several of them.
//!
//! Each part owns its fields; this is where they meet. The views of a connection ([`Ending`](super::ending::Ending) and
//! the others) borrow the parts and do what takes more than one of them. Here are facts that several views need, and
//! the few steps that only keep two parts consistent. Knows no view.

use super::config::Config;
use super::delivery::Delivery;
use super::dropped::Dropped;
use super::event::Window;
use super::lifecycle::{Lifecycle, Phase};
use super::protocol::Protocol;
use super::recv_outcome::RecvOutcome;
use super::recv_window::RecvWindow;
use super::send_queue::SendQueue;
use super::timers::{Timers, Wait};
#[cfg(feature = "tls")]
use super::tls::Layer;
use super::transport::Transport;
use super::websocket::Socket;
use super::workspace::{Index, NONE, Workspace};
use crate::error::Error;
use crate::http1::machine::{Role, Sides, flag};
#[cfg(feature = "tls")]
use crate::tls::Session;
use crate::websocket;
use crate::websocket::extension::Deflate;
use std::rc::Rc;

/// One connection, part by part.
pub struct Parts {
    pub(super) config: Rc<Config>,
    pub(super) sides: Sides,
    pub(super) protocol: Protocol,
    pub(super) recv: RecvWindow,
    pub(super) queue: SendQueue,
    /// The slab of an incomplete head, or of one that an event shows.
    pub(super) head: Index,
    pub(super) lifecycle: Lifecycle,
    pub(super) dropped: Dropped,
    pub(super) timers: Timers,
    /// The lifecycle also stores whether there is TLS.
    pub(super) transport: Transport,
}

impl Parts {
    /// A connection whose transport was accepted (or connected) at `now`, with a valid config.
    pub fn new(config: Rc<Config>, now: u64) -> Self {
        let role = config.role;
        Self {
            sides: Sides::new(role),
            protocol: Protocol::NEW,
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

    /// The queue whose octets are shown to the transport: of records, or of plaintext.
    pub fn output_mut(&mut self) -> &mut SendQueue {
        match self.transport.records_mut() {
            Some(records) => records,
            None => &mut self.queue,
        }
    }

    /// Whether nothing is on but messages and, perhaps, output: no event is due, nothing waits for room, no end has begun.
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        self.lifecycle.is_plain() && self.queue.is_plain()
    }

    /// The same, and perhaps an event shows a head.
    #[inline(always)]
    pub fn is_plain_but_head(&self) -> bool {
        self.lifecycle.is_plain_but_head() && self.queue.is_plain()
    }

    /// Whether the connection is plain and between messages, or an open WebSocket.
    #[inline(always)]
    pub fn is_at_rest(&self) -> bool {
        self.is_plain() && (self.sides.is_idle() || self.is_websocket())
    }

    /// Whether the next exchange may begin: the last one is over, and there is nothing but the lend to look at.
    #[inline(always)]
    pub fn is_fresh(&self) -> bool {
        self.is_plain_but_head() && !self.recv.is_held() && self.sides.is_fresh_server()
    }

    /// Whether the connection is a WebSocket now.
    #[inline]
    pub fn is_websocket(&self) -> bool {
        self.protocol.websocket().is_some()
    }

    /// Whether the connection is a WebSocket on which we have sent no Close.
    #[cfg(feature = "service")]
    pub(crate) fn is_open_websocket(&self) -> bool {
        self.protocol
            .websocket()
            .is_some_and(|socket| socket.machine.outgoing().side() == websocket::machine::state::Side::Open)
    }

    /// The handshake is over.
    pub fn open_websocket(&mut self, deflate: Option<Deflate>, delivery: Delivery) {
        let role = match self.sides.role() {
            Role::Server => websocket::Role::Server,
            Role::Client => websocket::Role::Client,
        };
        self.protocol = Protocol::WebSocket(Socket::new(role, deflate, delivery));
        self.timers.wait(Wait::Frame);
    }

    /// Whether the queue is above its high-water mark.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.queue.queued() > self.config.limits.high_water as usize
    }

    /// Whether a write must wait for room; remembers that it was refused.
    #[inline]
    pub fn refuses_write(&mut self) -> bool {
        let is_full = self.is_full();
        self.queue.note_refusal(is_full);
        is_full
    }

    /// Octets queued and not yet sent; over TLS, records and plaintext still to be sealed.
    pub fn queued(&self) -> usize {
        self.queue.queued()
    }

    /// The TLS layer, if there is one.
    #[cfg(feature = "tls")]
    pub fn tls(&self) -> Option<&Session> {
        self.transport.layer().map(Layer::session)
    }

    /// Whether the connection uses TLS, here or offloaded.
    pub fn is_secured(&self) -> bool {
        self.lifecycle.is_secured()
    }

    /// Whether the connection seals what it sends, so that it must see every octet: lent octets are sent by
    /// `send_copied`, and those of files must be supplied. Not if the kernel seals.
    #[inline]
    pub fn seals(&self) -> bool {
        self.transport.seals()
    }

    /// Whether there are octets for the transport, or will be when they are pulled.
    #[inline(always)]
    pub fn has_output(&self) -> bool {
        self.transport.has_output(&self.queue)
    }

    /// Whether the kernel should take over the records as soon as it can. Only a service wants that.
    #[inline(always)]
    pub fn wants_kernel(&self) -> bool {
        self.lifecycle.is_secured() && self.transport.wants_kernel()
    }

    /// Whether the kernel handles the records.
    #[inline(always)]
    pub fn is_in_kernel(&self) -> bool {
        self.lifecycle.is_secured() && self.transport.is_in_kernel()
    }

    /// Whether an event that needs no input is pending.
    #[inline]
    pub fn has_event_due(&self) -> bool {
        self.lifecycle.has_due() || self.queue.has_released() || self.owes_peer_end()
    }

    /// Whether the owner must be told that the peer has ended while a response is due (H1-CONN-16).
    pub fn owes_peer_end(&self) -> bool {
        self.lifecycle.knows_peer_end()
            && !self.lifecycle.is_peer_end_reported()
            && self.lifecycle.is_open()
            && self.sides.must_wait()
    }

    /// Whether the queue is too long for input to go on. Where input waits already, only a nearly empty queue lets it: not one octet sent,
    /// one event, and full again. Nor does an event come before what was refused: what waits for room goes first, and the answer to the
    /// event would find none.
    #[inline]
    pub fn output_blocks_input(&self) -> bool {
        let limits = &self.config.limits;
        let waits = self.lifecycle.has_input_waiting() || self.queue.was_refused();
        let mark = if waits { limits.low_water } else { limits.high_water };
        self.queue.queued() > mark as usize
    }

    /// Whether our output comes first: we do not read while the queue is too long, and the peer owes neither a response
    /// nor a next request before it has what precedes it. Until then the write clock runs.
    #[inline]
    pub fn is_behind_output(&self) -> bool {
        self.output_blocks_input() || (self.queue.queued() > 0 && self.timers.follows_output(self.sides.role()))
    }

    /// A parser asks for more than the window has: lent octets are joined to held ones before it looks again.
    #[cold]
    pub fn want_more(&mut self, ws: &mut Workspace, lent: &[u8], window: Window) -> Result<RecvOutcome, Error> {
        let is_longer = window == Window::Held && self.recv.join(&mut ws.held, lent)?;
        Ok(if is_longer { RecvOutcome::Again } else { RecvOutcome::NeedInput })
    }

    /// Takes a slab to parse into, unless there is one.
    #[inline]
    pub fn head_slab(&mut self, ws: &mut Workspace) -> Result<(), Error> {
        if self.head == NONE {
            self.head = ws.heads.take_slab(self.config.limits.fields_max())?.0;
        }
        Ok(())
    }

    /// The owner resumed the stream.
    pub(super) fn resume(&mut self) {
        if self.lifecycle.is_paused() {
            self.lifecycle.set_paused(false);
            self.lifecycle.set_input_waiting(true);
        }
    }

    /// Whether the only steps left are to report the reason and to close the transport.
    #[cfg(feature = "service")]
    pub(crate) fn has_ended(&self) -> bool {
        self.lifecycle.is_closed()
    }

    /// Whether a response is due or incomplete.
    pub fn owes_answer(&self) -> bool {
        self.sides.must_wait()
    }

    /// Octets were dropped, or will be.
    pub fn note_dropped(&mut self, octets: usize) {
        self.dropped.add(octets);
        self.timers.on_dropped();
    }

    /// Lingering: whether as much was dropped as is read while output waits. An owner that sees that the peer has not
    /// received our last message, although the transport has accepted it, then stops reading until it has.
    pub fn has_dropped_a_lend(&self) -> bool {
        self.lifecycle.phase() == Phase::Lingering && !self.dropped.is_less_than_a_lend(&self.config.limits)
    }

    /// Whether the owner may answer the error that it was just given.
    pub fn is_refusing(&self) -> bool {
        self.sides.has(flag::REFUSING) && self.lifecycle.is_open()
    }

    /// The last error: the one that ended the connection, or before that the one for which the last request was
    /// refused.
    pub fn error(&self) -> Option<Error> {
        self.lifecycle.error()
    }

    /// The error that ended the connection, if any.
    pub fn ending_error(&self) -> Option<Error> {
        self.lifecycle.ending_error()
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    #[inline(always)]
    pub fn drop_head(&mut self, ws: &mut Workspace) {
        self.lifecycle.forget_head();
        if self.head != NONE {
            ws.heads.give_back(self.head);
            self.head = NONE;
        }
    }
}
