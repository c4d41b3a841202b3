//! The end of a WebSocket: our Close, the peer's, and what becomes of the transport (RFC 6455 §7).

use core::ffi::CStr;

use super::control::Control;
use super::{NOT_OPEN, Socket};
use crate::conn::Conn;
use crate::conn::event::Event;
use crate::conn::timers::Wait;
use crate::conn::workspace::Workspace;
use crate::error::{Code, Error, Fault};
use crate::websocket::close::{ABNORMAL, GOING_AWAY, INTERNAL_ERROR, NORMAL, PAYLOAD_MAX};
use crate::websocket::machine::state::Side;
use crate::websocket::{Role, close};

const fn ended(code: Code, rule: &'static CStr, reason: &'static CStr) -> Fault {
    Fault::new(code, ABNORMAL, rule, reason)
}

static NO_CLOSE: Fault = ended(Code::Closed, c"WS-CLOSE-09", c"the transport ended without a Close");
static CUT_SHORT: Fault = ended(Code::Truncated, c"WS-CLOSE-09", c"the transport ended inside a message");
static NO_ANSWER: Fault = ended(Code::WsTimeout, c"WS-LIM-03", c"the peer did not answer our Close in time");

impl Conn {
    /// Sends our one Close: no frame of ours follows it, messages of the peer are no longer delivered, and the peer has
    /// `close_ms` to answer. `code` 1005: a Close without a code.
    ///
    /// Fails with `WsClosing` behind a Close, `WsClose` or `Utf8` for what a Close must not say (WS-CLOSE-10). It goes out
    /// whatever is queued already.
    pub fn close(&mut self, ws: &mut Workspace, code: u16, reason: &[u8]) -> Result<(), Error> {
        self.queue_close(ws, code, reason)?;
        self.timers.wait(Wait::Close);
        Ok(())
    }

    fn queue_close(&mut self, ws: &mut Workspace, code: u16, reason: &[u8]) -> Result<(), Error> {
        let mut payload = [0; PAYLOAD_MAX];
        let socket = self.machine.kept().ok_or(NOT_OPEN)?;
        let len = socket.machine.plan_close(code, reason, &mut payload)?;
        let key = self.mask(ws)?;
        let socket = self.machine.kept().ok_or(NOT_OPEN)?;
        let frame = Control::new(&socket.machine.close_header(len, key), &payload[..len]);
        self.queue.append(&mut ws.blocks, frame.as_bytes())?;
        self.drop_waiting_pong(ws);
        self.drop_unfinished(ws);
        if let Some(socket) = self.machine.kept_mut() {
            socket.machine.say_close();
        }
        Ok(())
    }

    /// Nothing of the peer's message under way will be shown, nor of any behind it: what came of it goes, and what the inflater knows.
    fn drop_unfinished(&mut self, ws: &mut Workspace) {
        #[cfg(feature = "deflate")]
        if let Some(socket) = self.machine.kept_mut() {
            socket.packing.drop_inflater(ws);
        }
        // What an event shows goes with the event.
        if !self.lifecycle.is_head_shown() {
            self.drop_head(ws);
        }
    }

    /// The peer's Close was heard: ours goes out if it has not, and behind it the connection ends (WS-CLOSE-04, -08, -11).
    pub(super) fn heard_close(&mut self, ws: &mut Workspace, code: u16) -> Result<(), Error> {
        if self.machine.kept().is_some_and(|socket| socket.machine.ours() == Side::Open) {
            let role = self.machine.kept().map_or(Role::Server, |socket| socket.machine.role());
            let is_ours = code == close::NO_STATUS || close::may_be_sent(code, role);
            // A code that only the peer's role may send is answered, not repeated.
            self.queue_close(ws, if is_ours { code } else { NORMAL }, b"")?;
        }
        self.close_when_flushed(ws);
        Ok(())
    }

    /// The peer broke the protocol: at most one Close says so, and nothing more is heard (WS-CLOSE-07).
    #[cold]
    pub(in crate::conn) fn fail_websocket(&mut self, ws: &mut Workspace, error: Error) {
        let status = error.fault.status;
        let code = if matches!(status, 1000..=1014) { status } else { INTERNAL_ERROR };
        self.lifecycle.set_error_due(error);
        // Without memory for the Close the transport ends without one: the peer then sees 1006, and the owner this error all the same.
        let _ = self.queue_close(ws, code, b"");
        self.drop_socket(ws);
        if let Some(socket) = self.machine.kept_mut() {
            socket.machine.fail();
        }
        self.close_when_flushed(ws);
    }

    /// All octets before the end are used up: without a Close it is no clean one (WS-CLOSE-09).
    #[cold]
    pub(in crate::conn) fn end_of_websocket(&mut self, ws: &mut Workspace) -> Option<Event> {
        let is_cut = !self.recv.is_empty(&ws.held) || self.machine.kept().is_some_and(|s| s.machine.is_within());
        let error = if is_cut { CUT_SHORT.at(0) } else { NO_CLOSE.at(0) };
        self.close_now_for(ws, error);
        self.lifecycle.take_error_due().map(Event::Error)
    }

    /// The wait for the peer's Close, or for the end of its transport, is over.
    pub(in crate::conn) fn miss_close(&mut self, ws: &mut Workspace) {
        if self.lifecycle.is_open() { self.close_now_for(ws, NO_ANSWER.at(0)) } else { self.close_now(ws) }
    }

    /// The owner goes away: so says our Close. A WebSocket that is closing already goes on with that.
    pub(in crate::conn) fn shutdown_websocket(&mut self, ws: &mut Workspace) -> Result<(), Error> {
        match self.close(ws, GOING_AWAY, b"") {
            Err(error) if error.code() == Code::WsClosing => Ok(()),
            closed => closed,
        }
    }

    /// Both sides have closed: a server then closes the transport at once, a client waits for that (WS-CLOSE-08).
    pub(in crate::conn) fn closed_by_both(&self) -> Option<Role> {
        let is_over = |socket: &&Socket| socket.machine.theirs() == Side::Closed;
        self.machine.kept().filter(is_over).map(|socket| socket.machine.role())
    }
}
