//! One connection: the API for its owner. The whole loop contract is in this file.
//!
//! The owner lends octets with [`Conn::receive`], pulls events with [`Conn::next`] until there are none, writes the
//! output of [`Shown::pieces`] and reports it with [`Conn::sent`]; where the pieces stop, [`Shown::file`] may name a
//! file to send from. The lent slice is passed to every `next` and never stored: what is incomplete is copied into held
//! bytes. At [`Conn::deadline`] the owner calls [`Conn::tick`], and [`Conn::state`] says what to do with the transport.
//!
//! Owns the [`Parts`] and lends them to the views that do the work; the parts answer queries directly.

use super::agreement::Agreement;
use super::config::Config;
use super::deadline::Deadline;
use super::ending::Ending;
use super::event::{Event, NotReady};
use super::event_sink::EventSink;
use super::http1::Http1;
use super::last_output::LastOutput;
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
use super::websocket::{FastMessages, WebSocket};
use super::workspace::Workspace;
use crate::error::{Code, Error, Fault};
#[cfg(feature = "tls")]
use crate::tls::TlsConfig;
use core::ops::Deref;
use std::rc::Rc;

static LONG_LEND: Fault = Fault::new(Code::Argument, 0, c"H1-LIM-07", c"more octets than one lend may have");

/// One connection. It belongs to the [`Workspace`] it was made with, which every call takes.
pub struct Conn {
    parts: Parts,
}

/// The size of an idle connection.
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Conn>() <= 176);

/// Queries go to the parts.
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

    /// Resets the connection for another transport. Octets lent before are released by the first events. Fails if its
    /// TLS cannot be made; the connection is closed then, and the releases come all the same.
    pub fn reset(&mut self, ws: &mut Workspace, now: u64) -> Result<(), Error> {
        Ending::of(&mut self.parts, ws).end_transport();
        // Before anything changes: a TLS connection must never continue in the clear, whatever fails here.
        #[cfg(feature = "tls")]
        let layer = Offload::of(&mut self.parts, ws).fresh_layer(now)?;
        let fresh = Parts::new(self.parts.config.clone(), now);
        let mut before = core::mem::replace(&mut self.parts, fresh);
        self.parts.queue = before.queue.take_released();
        #[cfg(feature = "tls")]
        Offload::of(&mut self.parts, ws).reattach_layer(layer)?;
        Ok(())
    }

    /// Frees everything taken from the workspace. Call it before dropping the connection. Lent octets are released
    /// without an event.
    pub fn release(&mut self, ws: &mut Workspace) {
        Ending::of(&mut self.parts, ws).end_transport();
        while self.parts.queue.next_released(&mut ws.blocks).is_some() {}
    }

    /// Lends `len` octets until `next` returns something other than an event. All are taken, or none.
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

    /// The peer sends no more octets. `clean`: a FIN, by the transport's rules. Over TLS only a close_notify is clean,
    /// whatever the transport reports (TLS-03).
    pub fn receive_eof(&mut self, ws: &mut Workspace, clean: bool, now: u64) {
        PeerEnd::of(&mut self.parts, ws).receive_eof(clean, now);
    }

    /// The transport reports the peer's end while reading is off: octets that came before may still be there, and are
    /// received when reading resumes. An owner with a response due gets an event (H1-CONN-16).
    pub fn announce_end(&mut self, now: u64) {
        self.parts.timers.advance(now);
        self.parts.lifecycle.announce_peer_end();
    }

    /// The next event, or why there is none. `lent` is the lend of the last `receive`, changed only by this function;
    /// empty if there is none. When no event is returned, the lend is over and its rest is held.
    ///
    /// An error is [`Code::Nomem`]: the connection is then closed.
    #[inline(always)]
    pub fn next(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Result<Event, NotReady>, Error> {
        NextEvent::of(&mut self.parts, ws).next(lent)
    }

    /// Like [`next`](Self::next), but passes the event to `sink` in place. Errors of `sink` are returned.
    #[inline(always)]
    pub fn next_into<S: EventSink>(
        &mut self,
        ws: &mut Workspace,
        lent: &mut [u8],
        sink: S,
    ) -> Result<Result<S::Output, NotReady>, Error> {
        NextEvent::of(&mut self.parts, ws).next_into(lent, sink)
    }

    /// Prepares the queue for [`Shown::pieces`]; call it before sending. Over TLS it seals queued octets, about 64 KiB
    /// ahead of the transport, and a close_notify after the last of them (TLS-05); otherwise it does nothing.
    #[inline]
    pub fn seal(&mut self, ws: &mut Workspace) {
        if self.parts.lifecycle.is_secured() && !self.parts.lifecycle.is_closed() {
            Sealing::of(&mut self.parts, ws).seal_records();
        }
    }

    /// The transport accepted the first `n` octets of the output. Fails with `State` if fewer are queued.
    #[inline(always)]
    pub fn sent(&mut self, ws: &mut Workspace, n: usize, now: u64) -> Result<(), Error> {
        Sent::of(&mut self.parts, ws).sent(n, now)
    }

    /// The transport reads all shown output until [`Conn::let_go`]: nothing frees it before that, neither
    /// [`Ending::abort`](super::ending::Ending::abort) nor an eviction. Nothing further is shown meanwhile.
    pub fn hold_output(&mut self) {
        self.parts.output_mut().set_held(true);
    }

    /// The transport reads the output no more. Call [`Conn::sent`] next, or repeat what ended the connection.
    pub fn let_go(&mut self) {
        self.parts.output_mut().set_held(false);
    }

    /// The transport accepted all of [`Shown::last_piece`]: [`Conn::sent`] and [`Conn::deadline`] in one. The state is
    /// `WANT_READ` then, and `IDLE` without a WebSocket.
    #[inline(always)]
    pub fn sent_all(&mut self, ws: &mut Workspace, now: u64) -> u64 {
        LastOutput::of(&mut self.parts, ws).sent(now)
    }

    /// When to call [`Conn::tick`], in the owner's milliseconds; `u64::MAX`: never. Call it at the end of each turn: clocks
    /// start, go on and stop here.
    #[inline(always)]
    pub fn deadline(&mut self, ws: &Workspace, now: u64) -> u64 {
        Deadline::of(&mut self.parts, ws).at(now)
    }

    /// Ends waits that took too long.
    pub fn tick(&mut self, ws: &mut Workspace, now: u64) {
        Tick::of(&mut self.parts, ws).tick(now);
    }

    /// What to do with the transport now: `bits::*`.
    #[inline]
    pub fn state(&self, ws: &Workspace) -> u32 {
        State::of(&self.parts, ws).state()
    }

    /// Lingering: the owner pauses reading, so the peer does not count as silent; the overall limit still applies.
    /// Returns when to check again: about 25 times in the default `drain_ms`.
    pub fn put_off_linger(&mut self, now: u64) -> u64 {
        self.parts.timers.advance(now);
        self.parts.timers.on_dropped();
        self.parts.timers.next_look(&self.parts.config.clocks, now)
    }

    /// The transport failed: reset, broken pipe. Drops queued output and held input.
    pub fn abort(&mut self, ws: &mut Workspace, now: u64) {
        Ending::of(&mut self.parts, ws).abort(now);
    }

    /// The current exchange is the last. An idle connection closes at once: no response is in transit that a reset
    /// could overtake. An open WebSocket sends a Close.
    ///
    /// Fails with `Nomem` without memory for that Close: nothing was done, and the call may be repeated.
    pub fn shutdown(&mut self, ws: &mut Workspace) -> Result<(), Error> {
        Ending::of(&mut self.parts, ws).shutdown()
    }

    /// Pauses the stream: `next` returns "paused", nothing is read, and the peer's clock stops.
    pub fn pause(&mut self) {
        self.parts.lifecycle.set_paused(true);
    }

    /// Resumes the stream.
    pub fn resume(&mut self) {
        self.parts.resume();
    }

    /// The less common ways to end it.
    pub fn ending<'a>(&'a mut self, ws: &'a mut Workspace) -> Ending<'a> {
        Ending::of(&mut self.parts, ws)
    }

    /// Its heads, output and other readable state.
    #[inline(always)]
    pub fn shown<'a>(&'a self, ws: &'a Workspace) -> Shown<'a> {
        Shown::of(&self.parts, ws)
    }

    /// The output behind which nothing is on, for a transport that holds it.
    pub fn last_output<'a>(&'a mut self, ws: &'a mut Workspace) -> LastOutput<'a> {
        LastOutput::of(&mut self.parts, ws)
    }

    /// HTTP/1.1 calls.
    #[inline(always)]
    pub fn http1<'a>(&'a mut self, ws: &'a mut Workspace) -> Http1<'a> {
        Http1::of(&mut self.parts, ws)
    }

    /// WebSocket calls.
    #[inline(always)]
    pub fn websocket<'a>(&'a mut self, ws: &'a mut Workspace) -> WebSocket<'a> {
        WebSocket::of(&mut self.parts, ws)
    }

    /// The fast way for short messages.
    #[inline(always)]
    pub fn fast_messages<'a>(&'a mut self, ws: &'a mut Workspace) -> FastMessages<'a> {
        FastMessages::of(&mut self.parts, ws)
    }

    /// TLS, and its offload to a kernel.
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

    /// Messages were received by the fast way. Only moves the deadline back.
    #[inline(always)]
    pub fn on_fast_message(&mut self, now: u64) {
        self.parts.timers.advance(now);
        self.parts.timers.on_message();
    }
}
