//! The five ways to end: refuse, fail, close when flushed, close now, abort. Each is one function that handles every
//! part; [`lifecycle`](super::lifecycle) has the transitions.
//!
//! | way | what the peer sees | what the owner sees |
//! |---|---|---|
//! | [`refuse`](super::http1::ErrorAnswer::refuse) | an error response; the connection goes on where its framing is sound | an error, which it may answer |
//! | [`fail`](Ending::fail) | an error response or a Close where one is due, then the stages of closing | an error, which it may answer |
//! | [`close_when_flushed`](Ending::close_when_flushed) | what is queued, then our end; we wait for the peer's (RFC 9112 §9.6) | nothing |
//! | [`close_now`](Ending::close_now) | the end of the transport | an error, with [`close_now_for`](Ending::close_now_for) |
//! | [`abort`](Ending::abort) | nothing more: its transport is gone, or goes | an error, inside an exchange |

use crate::conn::lifecycle::Phase;
use crate::conn::parts::Parts;
use crate::conn::timers::Wait;
use crate::conn::websocket::Handshake;
use crate::conn::websocket::{CloseHandshake, Control};
use crate::conn::workspace::Workspace;
use crate::error::{Code, Error, Fault};
use crate::http1::machine::Role;
use crate::http1::machine::state::Side;
use crate::websocket;
use crate::websocket::close::{GOING_AWAY, INTERNAL_ERROR};

static ABORTED: Fault = Fault::new(Code::Aborted, 0, c"", c"the transport was reset or failed");

/// A connection that ends.
pub struct Ending<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Ending<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// The peer broke the protocol: at most one Close reports it, and nothing more is read (WS-CLOSE-07).
    #[cold]
    pub fn fail_websocket(&mut self, error: Error) {
        let status = error.fault.status;
        let code = if matches!(status, 1000..=1014) { status } else { INTERNAL_ERROR };
        self.parts.lifecycle.set_error_due(error);
        // Without memory for the Close the transport ends without one: the peer then sees 1006, and the owner still
        // gets this error.
        let _ = CloseHandshake::of(self.parts, self.ws).queue(code, b"");
        Control::of(self.parts, self.ws).drop_socket();
        if let Some(socket) = self.parts.protocol.websocket_mut() {
            socket.machine.incoming_mut().fail();
        }
        self.close_when_flushed();
    }

    /// The owner is leaving: our Close says so. A closing WebSocket continues to close.
    pub fn shutdown_websocket(&mut self) -> Result<(), Error> {
        match CloseHandshake::of(self.parts, self.ws).begin(GOING_AWAY, b"") {
            Err(error) if error.code() == Code::WsClosing => Ok(()),
            closed => closed,
        }
    }

    /// Queues a close_notify behind all other output of a side that has ended.
    pub fn conclude(&mut self) {
        let is_over = self.parts.lifecycle.phase() == Phase::Flushing || self.parts.sides.is_tunnel_ended();
        if is_over && let Err(error) = self.parts.transport.close_notify(&mut self.parts.queue, self.ws) {
            self.close_now_for(error);
        }
    }

    /// The peer broke the protocol, or a clock expired: sends the response that is due, then closes in stages.
    #[cold]
    pub fn fail(&mut self, error: Error) {
        if self.parts.is_websocket() {
            return self.fail_websocket(error);
        }
        if Handshake::of(self.parts, self.ws).is_frame_behind_refusal(&error) {
            self.parts.drop_head(self.ws);
            return self.close_when_flushed();
        }
        self.parts.sides.end_gathering();
        let due =
            self.parts.sides.role() == Role::Server && matches!(self.parts.sides.our_side(), Side::Idle | Side::Await);
        self.parts.lifecycle.set_error_due(error);
        self.parts.sides.fail();
        if !self.parts.lifecycle.is_head_shown() {
            self.parts.drop_head(self.ws);
        }
        if due && error.fault.status != 0 {
            // The application or the library responds after the event.
            return self.parts.sides.set_refusing(true);
        }
        self.end_after_failure(due);
    }

    /// Stops reading from the peer. `is_owed`: a request remains without its response.
    pub fn end_after_failure(&mut self, is_owed: bool) {
        if is_owed || self.parts.sides.role() == Role::Client || self.parts.sides.is_cut_by_fin() {
            self.close_now();
        } else {
            self.close_when_flushed();
        }
    }

    /// Sends nothing more than what is queued: flush, half-close, discard until the peer ends, close (RFC 9112 §9.6).
    #[cold]
    pub fn close_when_flushed(&mut self) {
        if self.parts.lifecycle.finish() {
            self.parts.sides.stop_our_side();
            self.parts.protocol.stop_sending();
            self.flushed();
        }
    }

    /// Likewise if neither side is awaited any more: the transport can be closed as soon as the queue is sent, which
    /// over TLS is at least a close_notify.
    pub fn close_idle(&mut self) {
        let was_flushed = self.parts.queue.queued() == 0;
        self.close_when_flushed();
        if self.parts.queue.queued() == 0 {
            self.close_now();
        } else if was_flushed {
            self.parts.transport.skip_linger();
        }
    }

    /// The queue may have been sent: advances the closing.
    #[inline]
    pub fn flushed(&mut self) {
        if self.parts.lifecycle.phase() == Phase::Flushing && self.parts.queue.queued() == 0 {
            self.flushed_last();
        }
    }

    #[cold]
    fn flushed_last(&mut self) {
        // Over TLS a close_notify is last.
        self.conclude();
        if self.parts.queue.queued() > 0 || self.parts.lifecycle.phase() != Phase::Flushing {
            return;
        }
        let closed = self.parts.protocol.closed_by_both();
        let is_enough = self.parts.transport.skips_linger() || self.parts.dropped.is_enough(&self.parts.config.limits);
        if self.parts.lifecycle.has_peer_ended() || closed == Some(websocket::Role::Server) || is_enough {
            return self.close_now();
        }
        self.parts.lifecycle.linger();
        self.parts.timers.wait(if closed.is_some() { Wait::Close } else { Wait::Linger });
    }

    /// Closes at once; queued output is lost. If only the end of the transport delimits it, that end must be a reset
    /// (H1-CONN-15).
    pub fn close_now(&mut self) {
        let is_cut = self.parts.sides.is_cut_by_fin()
            || (self.parts.sides.ends_with_transport() && self.parts.queue.queued() > 0);
        if is_cut && !self.parts.is_websocket() && !self.parts.lifecycle.is_closed() {
            self.parts.sides.cut_off();
        }
        self.parts.sides.stop_our_side();
        self.parts.protocol.stop_sending();
        Control::of(self.parts, self.ws).drop_socket();
        if !self.parts.lifecycle.is_head_shown() {
            self.parts.drop_head(self.ws);
        }
        // The kernel may still read octets that were given out: they stay until the owner reports that the transport
        // has ended.
        self.parts.queue.abandon();
        self.parts.transport.abandon();
        self.parts.timers.output(false, false);
        // An event may point into held input: it is freed with the next call that ends events.
        self.parts.recv.use_up(&self.ws.held);
        self.parts.lifecycle.close();
    }

    /// Likewise with an error, which is reported to the owner.
    pub fn close_now_for(&mut self, error: Error) {
        self.parts.lifecycle.set_error_due(error);
        self.parts.sides.fail();
        self.close_now();
    }

    /// Memory ran out while an event was made. Its input is lost, so the connection ends.
    pub fn fail_without_memory(&mut self, error: Error) {
        self.parts.sides.fail();
        self.parts.drop_head(self.ws);
        self.lose_lend(error);
    }

    /// A lend could not be stored: the connection ends, and the call that lost it reports why.
    #[cold]
    pub fn lose_lend(&mut self, error: Error) -> Error {
        self.parts.lifecycle.set_error(error);
        self.close_now();
        self.parts.recv.end_lend();
        error
    }

    /// The transport failed: reset, broken pipe. Queued output and held input are dropped.
    pub fn abort(&mut self, now: u64) {
        self.abort_for(ABORTED.at(0), now);
    }

    /// The connection ends in favour of others, by a reset, so the system drops its data too. Its output is freed at
    /// once. An event may point into held input and the head: they are freed with the connection.
    pub fn evict(&mut self, error: Error, now: u64) {
        self.abort_for(error, now);
        self.parts.sides.cut_off();
    }

    fn abort_for(&mut self, error: Error, now: u64) {
        self.parts.timers.advance(now);
        if self.parts.lifecycle.is_open() && !self.parts.sides.is_idle() {
            self.close_now_for(error);
        } else if !self.parts.lifecycle.is_closed() {
            self.parts.lifecycle.set_error(self.parts.ending_error().unwrap_or(error));
            self.close_now();
        }
        self.parts.queue.clear(&mut self.ws.blocks);
        self.parts.transport.clear(self.ws);
    }

    /// The current exchange is the last. An idle connection closes at once: no response is in transit that a reset
    /// could overtake. An open WebSocket sends a Close.
    ///
    /// Fails with `Nomem` if there is no memory for that Close: nothing was done, and the call may be repeated.
    pub fn shutdown(&mut self) -> Result<(), Error> {
        if self.parts.is_websocket() {
            return self.shutdown_websocket();
        }
        self.parts.sides.make_last();
        let is_idle = self.parts.sides.is_idle() && self.parts.recv.is_empty(&self.ws.held);
        if self.parts.lifecycle.is_open() && is_idle {
            // An incomplete handshake has no ordered output, and its later output would follow our end.
            if self.parts.transport.is_handshaking() { self.close_now() } else { self.close_idle() }
        }
        Ok(())
    }

    /// The current exchange is the last, or the next one where none has begun.
    pub fn make_last(&mut self) {
        self.parts.sides.make_last();
    }

    /// Returns everything to the workspace except pending releases.
    pub fn end_transport(&mut self) {
        self.parts.queue.clear(&mut self.ws.blocks);
        self.parts.transport.clear(self.ws);
        self.parts.recv.clear(&mut self.ws.held);
        Control::of(self.parts, self.ws).drop_socket();
        self.parts.drop_head(self.ws);
    }
}
