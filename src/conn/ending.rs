//! The five ways to end: refuse, fail, close when flushed, close now, abort. Each is one function, and says what becomes of every
//! part; [`lifecycle`](super::lifecycle) says which moves there are.
//!
//! | way | what the peer sees | what the owner sees |
//! |---|---|---|
//! | [`refuse`](Conn::refuse) | an error response; the connection goes on where its framing is sound | an error |
//! | [`fail`](Conn::fail) | an error response or a Close where one is due, then the stages of closing | an error |
//! | [`close_when_flushed`](Conn::close_when_flushed) | what is queued, then our end; we wait for the peer's (RFC 9112 §9.6) | nothing |
//! | [`close_now`](Conn::close_now) | the end of the transport | an error, with [`close_now_for`](Conn::close_now_for) |
//! | [`abort`](Conn::abort) | nothing more: its transport is gone, or goes | an error, inside an exchange |

use super::event::Event;
use super::next::Look;
use super::timers::Wait;
use super::{Conn, Phase, Workspace};
use crate::error::{Code, Error, Fault};
use crate::http1::machine::state::Side;
use crate::http1::machine::{Role, flag};
use crate::websocket;

static ABORTED: Fault = Fault::new(Code::Aborted, 0, c"", c"the transport was reset or failed");

impl Conn {
    /// Answers a request without the application; the connection goes on where its framing is sound.
    #[cold]
    pub(super) fn refuse(&mut self, ws: &mut Workspace, error: Error) -> Result<Look, Error> {
        // Behind a CONNECT may come what was meant for the tunnel (H1-UPG-08).
        let refuses = self.is_handshake(ws);
        let close = self.machine.theirs() == Side::Body
            || self.machine.has(flag::LAST | flag::CONNECT)
            || (refuses && self.has_octets_behind(ws));
        self.answer_error(ws, error.fault.status, close)?;
        if refuses {
            self.machine.refuse_switch();
        }
        if close {
            self.lifecycle.set_error(error);
        } else {
            self.lifecycle.set_refusal(error);
        }
        self.drop_head(ws);
        self.after_message(ws);
        Ok(Look::Event(Event::Error(error)))
    }

    /// The peer broke the protocol or a clock ran out: answers where an answer is due, then closes in stages.
    #[cold]
    pub(super) fn fail(&mut self, ws: &mut Workspace, error: Error) {
        if self.is_websocket() {
            return self.fail_websocket(ws, error);
        }
        if self.is_frame_behind_refusal(&error) {
            self.drop_head(ws);
            return self.close_when_flushed(ws);
        }
        let due = self.machine.role() == Role::Server && matches!(self.machine.ours(), Side::Idle | Side::Await);
        self.lifecycle.set_error_due(error);
        self.machine.fail();
        if !self.lifecycle.is_head_shown() {
            self.drop_head(ws);
        }
        let is_answered = due && error.fault.status != 0 && self.answer_error(ws, error.fault.status, true).is_ok();
        self.end_after_failure(ws, due && !is_answered);
    }

    /// `is_owed`: a request goes without the answer that is due.
    fn end_after_failure(&mut self, ws: &mut Workspace, is_owed: bool) {
        if is_owed || self.machine.role() == Role::Client || self.machine.is_before_transport_end() {
            self.close_now(ws);
        } else {
            self.close_when_flushed(ws);
        }
    }

    /// We say nothing after what is queued: flush, half-close, discard until the peer ends, close (RFC 9112 §9.6).
    #[cold]
    pub(super) fn close_when_flushed(&mut self, ws: &mut Workspace) {
        if self.lifecycle.finish() {
            self.machine.close_ours();
            self.flushed(ws);
        }
    }

    /// The same where nothing is awaited any more on either side: the transport can be closed as soon as what is queued has left,
    /// which over TLS is a close_notify at least.
    pub(super) fn close_idle(&mut self, ws: &mut Workspace) {
        let was_flushed = self.queue.queued() == 0;
        self.close_when_flushed(ws);
        if self.queue.queued() == 0 {
            self.close_now(ws);
        } else if was_flushed {
            self.transport.hurry();
        }
    }

    /// The queue may have left: moves the closing on.
    #[inline]
    pub(super) fn flushed(&mut self, ws: &mut Workspace) {
        if self.lifecycle.phase() == Phase::Flushing && self.queue.queued() == 0 {
            self.flushed_last(ws);
        }
    }

    #[cold]
    fn flushed_last(&mut self, ws: &mut Workspace) {
        // Over TLS a close_notify is the last of it.
        self.conclude(ws);
        if self.queue.queued() > 0 || self.lifecycle.phase() != Phase::Flushing {
            return;
        }
        let closed = self.closed_by_both();
        let is_enough = self.transport.hurries() || self.dropped.is_enough(&self.config.limits);
        if self.lifecycle.has_peer_ended() || closed == Some(websocket::Role::Server) || is_enough {
            return self.close_now(ws);
        }
        self.lifecycle.linger();
        match closed {
            Some(_) => self.timers.wait(Wait::Close),
            None => self.timers.begin_linger(),
        }
    }

    /// Closes at once; what is queued is lost. Where only the end of the transport delimits it, that end is to be a reset (H1-CONN-15).
    pub(super) fn close_now(&mut self, ws: &mut Workspace) {
        let is_cut =
            self.machine.is_before_transport_end() || (self.machine.ends_with_transport() && self.queue.queued() > 0);
        if is_cut && !self.is_websocket() && !self.lifecycle.is_closed() {
            self.machine.cut_off();
        }
        self.machine.close_ours();
        self.drop_socket(ws);
        if !self.lifecycle.is_head_shown() {
            self.drop_head(ws);
        }
        // What was given out may still be with the kernel: it stays until the owner says that the transport has ended.
        self.queue.abandon();
        self.transport.abandon();
        self.timers.output(false, false);
        // An event may point into what is held: it goes with the next call that ends events.
        self.recv.use_up(&ws.held);
        self.lifecycle.close();
    }

    /// The same with an error, which the owner is told.
    pub(super) fn close_now_for(&mut self, ws: &mut Workspace, error: Error) {
        self.lifecycle.set_error_due(error);
        self.machine.fail();
        self.close_now(ws);
    }

    /// The same where the peer takes nothing of our output: what the system still holds for it is to go with the connection, and
    /// that is done by a reset.
    #[cold]
    pub(super) fn close_by_reset_for(&mut self, ws: &mut Workspace, error: Error) {
        self.close_now_for(ws, error);
        self.machine.cut_off();
    }

    /// The connection says that it has events and has none: it ends, and tells why.
    #[cfg(feature = "service")]
    #[cold]
    pub(crate) fn end_stalled(&mut self, ws: &mut Workspace, error: Error) {
        self.close_now_for(ws, error);
    }

    /// Memory ran out while an event was made: what was lent is lost, so the connection ends.
    pub fn run_dry(&mut self, ws: &mut Workspace, error: Error) {
        self.machine.fail();
        self.drop_head(ws);
        self.lose_lend(ws, error);
    }

    /// What was lent could not be kept: the connection ends, and the call that lost it says why.
    #[cold]
    pub(super) fn lose_lend(&mut self, ws: &mut Workspace, error: Error) -> Error {
        self.lifecycle.set_error(error);
        self.close_now(ws);
        self.recv.end_lend();
        error
    }

    /// The transport failed: reset, broken pipe. Queued output and held input are dropped.
    pub fn abort(&mut self, ws: &mut Workspace, now: u64) {
        self.abort_for(ws, ABORTED.at(0), now);
    }

    /// The connection ends for others, and what the system holds of it goes by a reset. Its output comes back at once. An event may point
    /// into held input and the head: they come back with the connection.
    pub fn evict(&mut self, ws: &mut Workspace, error: Error, now: u64) {
        self.abort_for(ws, error, now);
        self.machine.cut_off();
    }

    fn abort_for(&mut self, ws: &mut Workspace, error: Error, now: u64) {
        self.timers.advance(now);
        if self.lifecycle.is_open() && !self.machine.is_idle() {
            self.close_now_for(ws, error);
        } else if !self.lifecycle.is_closed() {
            self.lifecycle.set_error(self.lifecycle.ending_error().unwrap_or(error));
            self.close_now(ws);
        }
        self.queue.clear(&mut ws.blocks);
        self.transport.clear(ws);
    }

    /// The exchange in progress is the last; an idle connection closes now, and at once: there is no answer on the way that a
    /// reset could overtake. An open WebSocket sends a Close.
    ///
    /// Fails with `Nomem` where there is no memory for that Close: nothing was done, and the call may be made again.
    pub fn shutdown(&mut self, ws: &mut Workspace) -> Result<(), Error> {
        if self.is_websocket() {
            return self.shutdown_websocket(ws);
        }
        self.machine.make_last();
        let is_idle = self.machine.is_idle() && self.recv.is_empty(&ws.held);
        if self.lifecycle.is_open() && is_idle {
            // A handshake that is not done has nothing to say in order, and what it says later would come behind our end.
            if self.is_handshaking() { self.close_now(ws) } else { self.close_idle(ws) }
        }
        Ok(())
    }

    /// Whether all that is left is to be told why, and to close the transport.
    #[cfg(feature = "service")]
    pub(crate) fn has_ended(&self) -> bool {
        self.lifecycle.is_closed()
    }

    /// Whether the transport, when it is to be closed, is to be closed by a reset.
    pub(super) fn ends_in_reset(&self) -> bool {
        self.lifecycle.is_closed() && self.machine.has(flag::CUT_OFF)
    }
}
