//! One connection: what its owner does with it. The whole loop contract is on this page.
//!
//! The owner lends octets with [`Conn::receive`], pulls events with [`Conn::next`] until it rests, writes what [`Shown::pieces`]
//! shows and reports it with [`Conn::sent`]; where they stop, [`Shown::file`] may name a file to send from. The lent slice comes
//! with every `next` and is never kept: what is incomplete when input rests is copied into held bytes. At [`Conn::deadline`] it calls
//! [`Conn::tick`], and [`Conn::state`] says what to do with the transport.
//!
//! Owns the [`Parts`] and borrows them to the views that do the work; what only asks, the parts answer themselves.

use super::agreement::Agreement;
use super::bits;
use super::config::Config;
use super::ending::Ending;
use super::event::{Event, Rest};
use super::event_sink::EventSink;
use super::http1::Http1;
use super::next_event::NextEvent;
#[cfg(feature = "tls")]
use super::offload::Offload;
use super::parts::Parts;
use super::peer_end::PeerEnd;
use super::progress::Outlook;
use super::sealing::Sealing;
use super::sent::Sent;
use super::shown::Shown;
use super::state::State;
use super::tick::Tick;
use super::websocket::{Turn, WebSocket};
use super::workspace::Workspace;
use crate::error::{Code, Error, Fault};
#[cfg(feature = "tls")]
use crate::tls::TlsConfig;
use core::ops::Deref;
use std::rc::Rc;

static LONG_LEND: Fault = Fault::new(Code::Argument, 0, c"H1-LIM-07", c"more octets than one lend may have");

/// One connection. Belongs to the [`Workspace`] it was made with: every call takes that one.
pub struct Conn {
    parts: Parts,
}

/// What an idle connection costs.
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Conn>() <= 176);

/// What can be asked of a connection is asked of its parts.
impl Deref for Conn {
    type Target = Parts;

    #[inline(always)]
    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl Conn {
    /// A connection whose transport was accepted (or connected) at `now`. Fails as [`Config::check`] does.
    pub fn new(config: Rc<Config>, now: u64) -> Result<Self, Error> {
        config.check()?;
        Ok(Self { parts: Parts::new(config, now) })
    }

    /// A connection over TLS: [`Conn::new`] and [`Offload::secure`] in one. On failure everything was given back.
    #[cfg(feature = "tls")]
    pub fn over_tls(
        config: Rc<Config>,
        ws: &mut Workspace,
        now: u64,
        tls: &TlsConfig,
        authority: &[u8],
    ) -> Result<Self, Error> {
        let mut conn = Self::new(config, now)?;
        let secured = conn.offload(ws).secure(tls, authority);
        secured.inspect_err(|_| conn.release(ws))?;
        Ok(conn)
    }

    /// Makes the connection fresh for another transport. What was lent to the one before is released by the events that come first.
    /// Fails with what making its TLS fails with; the connection is closed then, and the releases come all the same.
    pub fn reset(&mut self, ws: &mut Workspace, now: u64) -> Result<(), Error> {
        Ending::of(&mut self.parts, ws).end_transport();
        // Before anything changes: a connection that was over TLS never goes on in the clear, whatever fails here.
        #[cfg(feature = "tls")]
        let layer = Offload::of(&mut self.parts, ws).layer_again(now)?;
        let fresh = Parts::new(self.parts.config.clone(), now);
        let mut before = core::mem::replace(&mut self.parts, fresh);
        self.parts.queue = before.queue.take_released();
        #[cfg(feature = "tls")]
        Offload::of(&mut self.parts, ws).put_under_again(layer)?;
        Ok(())
    }

    /// Gives back everything taken from the workspace. Call it before the connection is dropped. What was lent is released without an
    /// event.
    pub fn release(&mut self, ws: &mut Workspace) {
        Ending::of(&mut self.parts, ws).end_transport();
        while self.parts.queue.next_released(&mut ws.blocks).is_some() {}
    }

    /// Lends `len` octets until `next` answers something other than an event. All are taken, or none.
    ///
    /// Fails with `State` while the lend before is not drained, when reading is off and a whole lend is held already, or
    /// after the end of input; with `Argument` above `lend_max`. A closed connection takes and ignores them.
    #[inline(always)]
    pub fn receive(&mut self, ws: &mut Workspace, len: usize, now: u64) -> Result<(), Error> {
        self.parts.timers.advance(now);
        if len > self.parts.config.limits.lend_max as usize {
            return Err(LONG_LEND.at(0));
        }
        if self.parts.recv.is_lent()
            || self.parts.lifecycle.has_peer_ended()
            || Outlook::of(&self.parts, ws).holds_enough()
        {
            return Outlook::of(&self.parts, ws).refuse_lend();
        }
        if !self.parts.lifecycle.is_closed() {
            self.parts.recv.lend(len);
        }
        Ok(())
    }

    /// The peer will send no more octets. `clean`: by the transport's own rules, a FIN. Where TLS lies under the connection only
    /// a close_notify is clean, whatever the transport says (TLS-03).
    pub fn receive_eof(&mut self, ws: &mut Workspace, clean: bool, now: u64) {
        PeerEnd::of(&mut self.parts, ws).receive_eof(clean, now);
    }

    /// The transport says that the peer has ended, while it is not read: octets that came before may still be there, and are received
    /// when reading goes on. An owner that waits to answer is told (H1-CONN-16).
    pub fn announce_end(&mut self, now: u64) {
        self.parts.timers.advance(now);
        self.parts.lifecycle.announce_peer_end();
    }

    /// The next event, or why there is none. `lent` is the lend of the last `receive`, unchanged but by this function;
    /// empty when there is none. When the answer is not an event the lend is over and everything left of it is held.
    ///
    /// An error is [`Code::Nomem`](crate::error::Code::Nomem): the connection is then closed.
    #[inline(always)]
    pub fn next(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Result<Event, Rest>, Error> {
        NextEvent::of(&mut self.parts, ws).next(lent)
    }

    /// As [`next`](Self::next), with the event given to `sink` where it lies. What `sink` fails with is passed on.
    #[inline(always)]
    pub fn next_into<S: EventSink>(
        &mut self,
        ws: &mut Workspace,
        lent: &mut [u8],
        sink: &mut S,
    ) -> Result<Result<S::Made, Rest>, Error> {
        NextEvent::of(&mut self.parts, ws).next_into(lent, sink)
    }

    /// Makes what is queued ready for [`Shown::pieces`]; whoever is about to send calls it first. Over TLS queued octets are sealed,
    /// some 64 KiB ahead of the transport, and a connection that ends says so behind the last of them (TLS-05); else nothing is
    /// to be done.
    #[inline]
    pub fn seal(&mut self, ws: &mut Workspace) {
        if self.parts.lifecycle.is_secured() && !self.parts.lifecycle.is_closed() {
            Sealing::of(&mut self.parts, ws).seal_records();
        }
    }

    /// The transport took the first `n` octets of the output for good. Fails with `State` when so many are not queued.
    #[inline(always)]
    pub fn sent(&mut self, ws: &mut Workspace, n: usize, now: u64) -> Result<(), Error> {
        Sent::of(&mut self.parts, ws).sent(n, now)
    }

    /// The transport took [`Shown::last_piece`] for good: as [`Conn::sent`] and [`Conn::deadline`] in one. The state is then
    /// `WANT_READ`, and `IDLE` where no WebSocket is.
    #[inline(always)]
    pub fn sent_all(&mut self, ws: &mut Workspace, now: u64) -> u64 {
        self.parts.queue.sent_only_piece(&mut ws.blocks);
        let deadline = self.parts.timers.rest(now, &self.parts.config.clocks);
        debug_assert_eq!(State::of(&self.parts, ws).deadline_in_full(now), deadline);
        debug_assert_eq!(State::of(&self.parts, ws).state_in_full() & !bits::IDLE, bits::WANT_READ);
        deadline
    }

    /// When [`Conn::tick`] is due, in the owner's milliseconds; `u64::MAX`: no wait is on. Starts the clocks of what was
    /// queued since the last call with a time.
    #[inline(always)]
    pub fn deadline(&mut self, ws: &Workspace, now: u64) -> u64 {
        self.parts.timers.advance(now);
        self.parts.timers.output(self.parts.has_output(), false);
        State::of(&self.parts, ws).deadline(now)
    }

    /// Applies the time: what waited too long ends.
    pub fn tick(&mut self, ws: &mut Workspace, now: u64) {
        Tick::of(&mut self.parts, ws).tick(now);
    }

    /// What to do with the transport now: `bits::*`.
    #[inline]
    pub fn state(&self, ws: &Workspace) -> u32 {
        State::of(&self.parts, ws).state()
    }

    /// Lingering: nothing is read for now, so that the peer is not silent. The wait as a whole goes on. Answers when the owner should look
    /// again: a peer that stays like that is looked at about 25 times in the default `drain_ms`.
    pub fn put_off_linger(&mut self, now: u64) -> u64 {
        self.parts.timers.advance(now);
        self.parts.timers.heard_lingering();
        self.parts.timers.next_look(&self.parts.config.clocks, now)
    }

    /// The transport failed: reset, broken pipe. Queued output and held input are dropped.
    pub fn abort(&mut self, ws: &mut Workspace, now: u64) {
        Ending::of(&mut self.parts, ws).abort(now);
    }

    /// The exchange in progress is the last; an idle connection closes now, and at once: there is no answer on the way that a
    /// reset could overtake. An open WebSocket sends a Close.
    ///
    /// Fails with `Nomem` where there is no memory for that Close: nothing was done, and the call may be made again.
    pub fn shutdown(&mut self, ws: &mut Workspace) -> Result<(), Error> {
        Ending::of(&mut self.parts, ws).shutdown()
    }

    /// Holds the stream: `next` answers "paused", nothing is read, the peer's clock stands still.
    pub fn pause(&mut self) {
        self.parts.lifecycle.set_paused(true);
    }

    /// Lets the stream go on.
    pub fn resume(&mut self) {
        self.parts.resume();
    }

    /// The ways to end it that its owner seldom takes.
    pub fn ending<'a>(&'a mut self, ws: &'a mut Workspace) -> Ending<'a> {
        Ending::of(&mut self.parts, ws)
    }

    /// What it shows.
    #[inline(always)]
    pub fn shown<'a>(&'a self, ws: &'a Workspace) -> Shown<'a> {
        Shown::of(&self.parts, ws)
    }

    /// The verbs of HTTP/1.1.
    #[inline(always)]
    pub fn http1<'a>(&'a mut self, ws: &'a mut Workspace) -> Http1<'a> {
        Http1::of(&mut self.parts, ws)
    }

    /// The verbs of a WebSocket.
    #[inline(always)]
    pub fn websocket<'a>(&'a mut self, ws: &'a mut Workspace) -> WebSocket<'a> {
        WebSocket::of(&mut self.parts, ws)
    }

    /// Short messages beside the connection.
    #[inline(always)]
    pub fn turn<'a>(&'a mut self, ws: &'a mut Workspace) -> Turn<'a> {
        Turn::of(&mut self.parts, ws)
    }

    /// TLS under the connection, and who makes its records.
    #[cfg(feature = "tls")]
    #[inline(always)]
    pub fn offload<'a>(&'a mut self, ws: &'a mut Workspace) -> Offload<'a> {
        Offload::of(&mut self.parts, ws)
    }

    /// The full ways, for tests.
    #[doc(hidden)]
    pub fn agreement<'a>(&'a mut self, ws: &'a mut Workspace) -> Agreement<'a> {
        Agreement::of(&mut self.parts, ws)
    }

    /// A message was heard in the lane. The deadline is only ever put off.
    #[inline(always)]
    pub fn heard_in_lane(&mut self, now: u64) {
        self.parts.timers.advance(now);
        self.parts.timers.heard_message();
    }
}
