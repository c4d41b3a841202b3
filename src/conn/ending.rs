//! The five ways to end: refuse, fail, close when flushed, close now, abort. Each is one function, and says what becomes of every
//! part; [`lifecycle`](super::lifecycle) says which moves there are.
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
use crate::conn::websocket::Control;
use crate::conn::websocket::Handshake;
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

    /// The peer broke the protocol: at most one Close says so, and nothing more is heard (WS-CLOSE-07).
    #[cold]
    pub fn fail_websocket(&mut self, error: Error) {
        let status = error.fault.status;
        let code = if matches!(status, 1000..=1014) { status } else { INTERNAL_ERROR };
        self.parts.lifecycle.set_error_due(error);
        // Without memory for the Close the transport ends without one: the peer then sees 1006, and the owner this error all the same.
        let _ = Control::of(self.parts, self.ws).queue_close(code, b"");
        Control::of(self.parts, self.ws).drop_socket();
        if let Some(socket) = self.parts.protocol.websocket_mut() {
            socket.machine.incoming_mut().fail();
        }
        self.close_when_flushed();
    }

    /// The owner goes away: so says our Close. A WebSocket that is closing already goes on with that.
    pub fn shutdown_websocket(&mut self) -> Result<(), Error> {
        match Control::of(self.parts, self.ws).close(GOING_AWAY, b"") {
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

    /// The peer broke the protocol or a clock ran out: answers where an answer is due, then closes in stages.
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
            // Behind its event, by the application or by the library.
            return self.parts.sides.set_refusing(true);
        }
        self.end_after_failure(due);
    }

    /// Nothing of the peer is looked at any more. `is_owed`: a request goes without the answer that is due.
    pub fn end_after_failure(&mut self, is_owed: bool) {
        if is_owed || self.parts.sides.role() == Role::Client || self.parts.sides.is_cut_by_fin() {
            self.close_now();
        } else {
            self.close_when_flushed();
        }
    }

    /// We say nothing after what is queued: flush, half-close, discard until the peer ends, close (RFC 9112 §9.6).
    #[cold]
    pub fn close_when_flushed(&mut self) {
        if self.parts.lifecycle.finish() {
            self.parts.sides.stop_our_side();
            self.parts.protocol.stop_sending();
            self.flushed();
        }
    }

    /// The same where nothing is awaited any more on either side: the transport can be closed as soon as what is queued has left,
    /// which over TLS is a close_notify at least.
    pub fn close_idle(&mut self) {
        let was_flushed = self.parts.queue.queued() == 0;
        self.close_when_flushed();
        if self.parts.queue.queued() == 0 {
            self.close_now();
        } else if was_flushed {
            self.parts.transport.skip_linger();
        }
    }

    /// The queue may have left: moves the closing on.
    #[inline]
    pub fn flushed(&mut self) {
        if self.parts.lifecycle.phase() == Phase::Flushing && self.parts.queue.queued() == 0 {
            self.flushed_last();
        }
    }

    #[cold]
    fn flushed_last(&mut self) {
        // Over TLS a close_notify is the last of it.
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
        match closed {
            Some(_) => self.parts.timers.wait(Wait::Close),
            None => self.parts.timers.begin_linger(),
        }
    }

    /// Closes at once; what is queued is lost. Where only the end of the transport delimits it, that end is to be a reset (H1-CONN-15).
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
        // What was given out may still be with the kernel: it stays until the owner says that the transport has ended.
        self.parts.queue.abandon();
        self.parts.transport.abandon();
        self.parts.timers.output(false, false);
        // An event may point into what is held: it goes with the next call that ends events.
        self.parts.recv.use_up(&self.ws.held);
        self.parts.lifecycle.close();
    }

    /// The same with an error, which the owner is told.
    pub fn close_now_for(&mut self, error: Error) {
        self.parts.lifecycle.set_error_due(error);
        self.parts.sides.fail();
        self.close_now();
    }

    /// Memory ran out while an event was made: what was lent is lost, so the connection ends.
    pub fn fail_without_memory(&mut self, error: Error) {
        self.parts.sides.fail();
        self.parts.drop_head(self.ws);
        self.lose_lend(error);
    }

    /// What was lent could not be kept: the connection ends, and the call that lost it says why.
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

    /// The connection ends for others, and what the system holds of it goes by a reset. Its output comes back at once. An event may point
    /// into held input and the head: they come back with the connection.
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

    /// The exchange in progress is the last; an idle connection closes now, and at once: there is no answer on the way that a
    /// reset could overtake. An open WebSocket sends a Close.
    ///
    /// Fails with `Nomem` where there is no memory for that Close: nothing was done, and the call may be made again.
    pub fn shutdown(&mut self) -> Result<(), Error> {
        if self.parts.is_websocket() {
            return self.shutdown_websocket();
        }
        self.parts.sides.make_last();
        let is_idle = self.parts.sides.is_idle() && self.parts.recv.is_empty(&self.ws.held);
        if self.parts.lifecycle.is_open() && is_idle {
            // A handshake that is not done has nothing to say in order, and what it says later would come behind our end.
            if self.parts.transport.is_handshaking() { self.close_now() } else { self.close_idle() }
        }
        Ok(())
    }

    /// Gives back everything taken from the workspace but what releases are still to be told of.
    pub fn end_transport(&mut self) {
        self.parts.queue.clear(&mut self.ws.blocks);
        self.parts.transport.clear(self.ws);
        self.parts.recv.clear(&mut self.ws.held);
        Control::of(self.parts, self.ws).drop_socket();
        self.parts.drop_head(self.ws);
    }
}
