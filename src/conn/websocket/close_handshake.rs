//! The closing handshake (RFC 6455 §7): our one Close, first or as the echo of the peer's. What follows for the transport,
//! [`Ending`](crate::conn::ending::Ending) knows.

use super::control::Control;
use super::control_frame::ControlFrame;
use super::faults::NOT_OPEN;
use crate::conn::parts::Parts;
use crate::conn::timers::Wait;
use crate::conn::workspace::Workspace;
use crate::error::Error;
use crate::websocket::Role;
use crate::websocket::close::{NO_STATUS, NORMAL, PAYLOAD_MAX, may_be_sent};
use crate::websocket::machine::state::Side;

/// A WebSocket that closes.
pub struct CloseHandshake<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> CloseHandshake<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Sends our Close: no frame of ours follows it, messages of the peer are no longer delivered, and the peer has
    /// `close_ms` to answer. `code` 0 or 1005: a Close without a code, which has no reason.
    ///
    /// Fails with `WsClosing` after a Close, `WsClose` or `Utf8` for an invalid code or reason (WS-CLOSE-10). It is
    /// queued however long the queue is.
    pub fn begin(&mut self, code: u16, reason: &[u8]) -> Result<(), Error> {
        self.queue(code, reason)?;
        self.parts.timers.wait(Wait::Close);
        Ok(())
    }

    /// Sends our Close without waiting for the peer's: the connection ends behind it.
    pub fn queue(&mut self, code: u16, reason: &[u8]) -> Result<(), Error> {
        let mut payload = [0; PAYLOAD_MAX];
        let socket = self.parts.protocol.websocket().ok_or(NOT_OPEN)?;
        let len = socket.machine.outgoing().plan_close(code, reason, &mut payload)?;
        let key = Control::of(self.parts, self.ws).mask()?;
        let socket = self.parts.protocol.websocket().ok_or(NOT_OPEN)?;
        let frame = ControlFrame::new(&socket.machine.outgoing().close_header(len, key), &payload[..len]);
        self.parts.queue.append(&mut self.ws.blocks, frame.as_bytes())?;
        Control::of(self.parts, self.ws).drop_waiting_pong();
        self.drop_unfinished();
        if let Some(socket) = self.parts.protocol.websocket_mut() {
            socket.machine.outgoing_mut().commit_close();
        }
        Ok(())
    }

    /// The peer's Close arrived: sends ours, if it was not sent, with the code of the peer's (WS-CLOSE-04). A code that only
    /// the peer's role may send is answered, not echoed.
    pub fn echo(&mut self, code: u16) -> Result<(), Error> {
        let Some(socket) = self.parts.protocol.websocket() else { return Ok(()) };
        if socket.machine.our_side() != Side::Open {
            return Ok(());
        }
        let role: Role = socket.machine.role();
        let is_ours = code == NO_STATUS || may_be_sent(code, role);
        self.queue(if is_ours { code } else { NORMAL }, b"")
    }

    /// Drops the peer's incomplete message and the inflater: neither it nor a later one will be delivered.
    fn drop_unfinished(&mut self) {
        #[cfg(feature = "deflate")]
        if let Some(socket) = self.parts.protocol.websocket_mut() {
            socket.deflate.drop_inflater(self.ws);
        }
        // What an event points to is freed with the event.
        if !self.parts.lifecycle.is_head_shown() {
            self.parts.drop_head(self.ws);
        }
    }
}
