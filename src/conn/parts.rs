//! The parts that a connection is made of, and what they say together.
//!
//! Each part owns its fields; this is where they meet. The views of a connection ([`Ending`](super::ending::Ending) and the others) borrow
//! the parts and do what takes more than one of them. Here are facts that several of them need, and the few steps that only keep two
//! parts in time. Knows no view.

use super::config::Config;
use super::delivery::Delivery;
use super::dropped::Dropped;
use super::event::Window;
use super::lifecycle::{Lifecycle, Phase};
use super::protocol::Protocol;
use super::recv_outcome::RecvOutcome;
use super::recv_window::RecvWindow;
use super::send_queue::SendQueue;
use super::timers::Timers;
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
    /// The head in the making or alive in an event.
    pub(super) head: Index,
    pub(super) lifecycle: Lifecycle,
    pub(super) dropped: Dropped,
    pub(super) timers: Timers,
    /// That TLS lies under the connection, the lifecycle says too.
    pub(super) transport: Transport,
}

impl Parts {
    /// Of a connection whose transport was accepted (or connected) at `now`, with a config that was checked.
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

    /// Whether nothing is on but frames of an open WebSocket, and perhaps output.
    #[inline(always)]
    pub fn has_only_frames(&self) -> bool {
        self.lifecycle.is_plain() && !self.queue.has_released() && self.is_websocket()
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
        self.timers.begin_websocket();
    }

    /// Whether a message must wait, which is remembered then.
    #[inline]
    pub fn refuses_message(&mut self) -> bool {
        let is_full = self.is_full();
        if is_full {
            self.queue.refuse();
        }
        is_full
    }

    /// Whether the connection is between messages and nothing is on but, perhaps, output.
    #[inline(always)]
    pub fn is_between_messages(&self) -> bool {
        self.lifecycle.is_plain() && !self.queue.has_released() && self.sides.is_idle()
    }

    /// Whether the queue is above its high-water mark.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.queue.queued() > self.config.limits.high_water as usize
    }

    /// Whether writes must wait; remembers that one was refused.
    #[inline]
    pub fn is_above_high_water(&mut self) -> bool {
        let above = self.is_full();
        self.queue.note_refusal(above);
        above
    }

    /// Octets queued and not yet sent; over TLS in records or still to be sealed.
    pub fn queued(&self) -> usize {
        self.queue.queued()
    }

    /// TLS under the connection, if there is any.
    #[cfg(feature = "tls")]
    pub fn tls(&self) -> Option<&Session> {
        self.transport.layer().map(Layer::session)
    }

    /// Whether TLS lies under the connection, whoever does its records.
    pub fn is_secured(&self) -> bool {
        self.lifecycle.is_secured()
    }

    /// Whether the connection makes records of what it sends, so that it must see every octet: lent ones are then to be sent by
    /// `send_copied`, and those of files to be supplied. Not so
    /// where a kernel makes them.
    #[inline]
    pub fn seals(&self) -> bool {
        self.transport.seals()
    }

    /// Whether there are octets for the transport, or will be when they are asked for.
    #[inline(always)]
    pub fn has_output(&self) -> bool {
        self.transport.has_output(&self.queue)
    }

    /// Whether a kernel is to have the records as soon as it can. Only a service asks.
    #[inline(always)]
    pub fn wants_kernel(&self) -> bool {
        self.lifecycle.is_secured() && self.transport.wants_kernel()
    }

    /// Whether the records are a kernel's.
    #[inline(always)]
    pub fn is_in_kernel(&self) -> bool {
        self.lifecycle.is_secured() && self.transport.is_in_kernel()
    }

    /// Whether an event waits that needs no input.
    #[inline]
    pub fn has_event_due(&self) -> bool {
        self.lifecycle.has_due() || self.queue.has_released() || self.owes_peer_end()
    }

    /// Whether the owner is to be told that the peer has ended while it waits for a response (H1-CONN-16).
    pub fn owes_peer_end(&self) -> bool {
        self.lifecycle.knows_peer_end()
            && !self.lifecycle.is_peer_end_reported()
            && self.lifecycle.is_open()
            && self.sides.must_wait()
    }

    /// Whether the queue is too long for input to go on. Where input waits already, only a nearly empty queue lets it: not one octet sent,
    /// one event, and full again.
    #[inline]
    pub fn output_blocks_input(&self) -> bool {
        let limits = &self.config.limits;
        let mark = if self.lifecycle.has_input_waiting() { limits.low_water } else { limits.high_water };
        self.queue.queued() > mark as usize
    }

    /// Whether our output is in the way: we do not read while the queue is too long, and neither a response nor the next
    /// request is due before what it follows has left. Until then the write clock runs.
    #[inline]
    pub fn is_behind_output(&self) -> bool {
        self.output_blocks_input() || (self.queue.queued() > 0 && self.timers.follows_output(self.sides.role()))
    }

    /// Whether the next exchange may begin: the last one is over, and there is nothing but the lend to look at.
    #[inline(always)]
    pub fn is_fresh(&self) -> bool {
        let is_plain = self.lifecycle.is_plain_but_head();
        let is_free = !self.queue.has_released() && !self.recv.is_held();
        is_plain && is_free && self.sides.is_fresh_server()
    }

    /// A parser asks for more than the window has: lent octets are joined to held ones before it looks again.
    #[cold]
    pub fn want_more(&mut self, ws: &mut Workspace, lent: &[u8], window: Window) -> Result<RecvOutcome, Error> {
        let is_longer = window == Window::Held && self.recv.join(&mut ws.held, lent)?;
        Ok(if is_longer { RecvOutcome::Again } else { RecvOutcome::NeedInput })
    }

    /// A slab to parse into: the one at hand, or a new one.
    #[inline]
    pub fn head_slab(&mut self, ws: &mut Workspace) -> Result<(), Error> {
        if self.head == NONE {
            self.head = ws.heads.take_slab(self.config.limits.fields_max())?.0;
        }
        Ok(())
    }

    /// The owner lets the stream go on.
    pub(super) fn resume(&mut self) {
        if self.lifecycle.is_paused() {
            self.lifecycle.set_paused(false);
            self.lifecycle.set_input_waiting(true);
            self.timers.release();
        }
    }

    /// Whether all that is left is to be told why, and to close the transport.
    #[cfg(feature = "service")]
    pub(crate) fn has_ended(&self) -> bool {
        self.lifecycle.is_closed()
    }

    /// Whether a request is there whose answer is not complete.
    pub fn owes_answer(&self) -> bool {
        self.sides.must_wait()
    }

    /// Octets were dropped, or are about to be.
    pub fn note_dropped(&mut self, octets: usize) {
        self.dropped.add(octets);
        self.timers.on_dropped();
    }

    /// Lingering: whether as much was dropped already as is read while output waits. An owner that can see that the peer does not take our
    /// last message, though the transport has all of it, reads no more until it does.
    pub fn has_dropped_a_lend(&self) -> bool {
        self.lifecycle.phase() == Phase::Lingering && !self.dropped.is_less_than_a_lend(&self.config.limits)
    }

    /// Whether the owner may answer the error that it was told.
    pub fn is_refusing(&self) -> bool {
        self.sides.has(flag::REFUSING) && self.lifecycle.is_open()
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

    #[inline(always)]
    pub fn drop_head(&mut self, ws: &mut Workspace) {
        self.lifecycle.forget_head();
        if self.head != NONE {
            ws.heads.give_back(self.head);
            self.head = NONE;
        }
    }
}
