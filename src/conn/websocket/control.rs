//! Sending Pings, and Pongs, of which at most one waits. [`CloseHandshake`](super::CloseHandshake) sends our one Close.

use super::control_frame::ControlFrame;
use super::faults::NOT_OPEN;
use crate::conn::parts::Parts;
use crate::conn::timers::Wait;
use crate::conn::workspace::{Index, NONE, Workspace};
use crate::conn::write::Write;
use crate::error::{Code, Error};
use crate::websocket::frame::opcode;

/// A WebSocket that sends control frames.
pub struct Control<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Control<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Frees what the WebSocket took from the workspace; nothing more is sent.
    #[cold]
    pub fn drop_socket(&mut self) {
        let Some(socket) = self.parts.protocol.websocket_mut() else { return };
        socket.machine.outgoing_mut().end();
        #[cfg(feature = "deflate")]
        {
            socket.machine.incoming_mut().message_mut().end_inflating();
            socket.deflate.drop_inflater(self.ws);
            socket.deflate.drop_deflater(self.ws);
        }
        if socket.pong != NONE {
            self.ws.blocks.give_back(core::mem::replace(&mut socket.pong, NONE));
        }
        if !self.parts.lifecycle.is_head_shown() {
            self.parts.drop_head(self.ws);
        }
    }

    /// A masking key, if our frames need one.
    #[inline]
    pub fn mask(&mut self) -> Result<Option<[u8; 4]>, Error> {
        let socket = self.parts.protocol.websocket().ok_or(NOT_OPEN)?;
        if socket.machine.outgoing().masks() { self.ws.entropy.mask().map(Some) } else { Ok(None) }
    }

    /// Sends a Ping of at most 125 octets, unless the queue is full.
    pub fn ping(&mut self, payload: &[u8]) -> Result<Write, Error> {
        let frame = self.control(opcode::PING, payload)?;
        if self.parts.refuses_write() {
            return Ok(Write::Paused);
        }
        self.parts.queue.append(&mut self.ws.blocks, frame.as_bytes())?;
        Ok(Write::Queued)
    }

    /// A Ping or a Pong.
    fn control(&mut self, opcode: u8, payload: &[u8]) -> Result<ControlFrame, Error> {
        let key = self.mask()?;
        let socket = self.parts.protocol.websocket().ok_or(NOT_OPEN)?;
        let header = socket.machine.outgoing().plan_control(opcode, payload.len(), key)?;
        Ok(ControlFrame::new(&header, payload))
    }

    /// Responds to a Ping. While the queue is full, one Pong waits outside it, for the latest Ping (WS-CTL-05,
    /// WS-LIM-04).
    pub fn pong(&mut self, payload: &[u8]) -> Result<(), Error> {
        let frame = self.control(opcode::PONG, payload)?;
        if !self.parts.is_full() {
            return self.parts.queue.append(&mut self.ws.blocks, frame.as_bytes());
        }
        let block = self.ws.blocks.copy(frame.as_bytes())?;
        self.swap_pong(block);
        self.parts.queue.expect_room();
        Ok(())
    }

    fn swap_pong(&mut self, block: Index) {
        // Without a WebSocket the block is freed at once.
        let before =
            self.parts.protocol.websocket_mut().map_or(block, |socket| core::mem::replace(&mut socket.pong, block));
        if before != NONE {
            self.ws.blocks.give_back(before);
        }
    }

    /// The queue has room again for the waiting Pong.
    #[cold]
    pub fn queue_waiting_pong(&mut self) {
        let Some(socket) = self.parts.protocol.websocket_mut() else { return };
        let block = core::mem::replace(&mut socket.pong, NONE);
        if block != NONE {
            self.parts.queue.attach(&mut self.ws.blocks, block);
        }
    }

    /// Drops the waiting Pong.
    pub fn drop_waiting_pong(&mut self) {
        self.swap_pong(NONE);
    }

    /// Nothing arrived for too long: sends a Ping (WS-LIM-03). After our Close there is none, and its clock runs.
    pub fn send_keepalive_ping(&mut self) {
        let asked = self
            .control(opcode::PING, b"")
            .and_then(|frame| self.parts.queue.append(&mut self.ws.blocks, frame.as_bytes()));
        // Without memory for the Ping, the wait before it restarts: no Pong can be expected.
        let is_short = asked.is_err_and(|error| error.code() == Code::Nomem);
        self.parts.timers.begin_keepalive(if is_short { Wait::Frame } else { Wait::Pong });
    }
}
