//! Control frames out: Pings, the Pongs that answer the peer's, and how few of these there are.

use super::NOT_OPEN;
use crate::conn::timers::Wait;
use crate::conn::workspace::{Index, NONE, Workspace};
use crate::conn::{Conn, Write};
use crate::error::{Code, Error, Fault};
use crate::websocket::close::{ABNORMAL, PAYLOAD_MAX};
use crate::websocket::frame::{HEADER_MAX, Header, encode, opcode};
use crate::websocket::mask::mask_into;

static NO_PONG: Fault = Fault::new(Code::WsTimeout, ABNORMAL, c"WS-LIM-03", c"the peer did not answer a Ping in time");

/// A whole control frame.
pub(super) struct Control {
    octets: [u8; HEADER_MAX + PAYLOAD_MAX],
    len: usize,
}

impl Control {
    /// `payload` is as long as the header says.
    pub fn new(header: &Header, payload: &[u8]) -> Self {
        let mut octets = [0; HEADER_MAX + PAYLOAD_MAX];
        let mut head = [0; HEADER_MAX];
        let at = encode(header, &mut head);
        let len = at + payload.len();
        octets[..at].copy_from_slice(&head[..at]);
        // Without a mask the key is zero.
        mask_into(payload, &mut octets[at..len], header.key, 0);
        Self { octets, len }
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.octets[..self.len]
    }
}

impl Conn {
    /// A masking key, where our frames need one.
    #[inline]
    pub(super) fn mask(&self, ws: &mut Workspace) -> Result<Option<[u8; 4]>, Error> {
        let socket = self.machine.kept().ok_or(NOT_OPEN)?;
        if socket.machine.masks() { ws.entropy.mask().map(Some) } else { Ok(None) }
    }

    /// Sends a Ping of at most 125 octets. It goes out whatever is queued already.
    pub fn ping(&mut self, ws: &mut Workspace, payload: &[u8]) -> Result<Write, Error> {
        let frame = self.control(ws, opcode::PING, payload)?;
        if self.refuses_message() {
            return Ok(Write::Paused);
        }
        self.queue.append(&mut ws.blocks, frame.as_bytes())?;
        Ok(Write::Queued)
    }

    /// A Ping or a Pong, whole.
    fn control(&self, ws: &mut Workspace, opcode: u8, payload: &[u8]) -> Result<Control, Error> {
        let key = self.mask(ws)?;
        let socket = self.machine.kept().ok_or(NOT_OPEN)?;
        let header = socket.machine.plan_control(opcode, payload.len(), key)?;
        Ok(Control::new(&header, payload))
    }

    /// Answers a Ping. While the queue is full one Pong waits outside it, that of the latest Ping (WS-CTL-05, WS-LIM-04).
    pub(super) fn pong(&mut self, ws: &mut Workspace, payload: &[u8]) -> Result<(), Error> {
        let frame = self.control(ws, opcode::PONG, payload)?;
        if !self.is_full() {
            return self.queue.append(&mut ws.blocks, frame.as_bytes());
        }
        let block = ws.blocks.copy(frame.as_bytes())?;
        self.swap_pong(ws, block);
        self.queue.expect_room();
        Ok(())
    }

    fn swap_pong(&mut self, ws: &mut Workspace, block: Index) {
        // Where there is no WebSocket the block goes back at once.
        let before = self.machine.kept_mut().map_or(block, |socket| core::mem::replace(&mut socket.pong, block));
        if before != NONE {
            ws.blocks.give_back(before);
        }
    }

    /// The queue has room again for the Pong that waits.
    #[cold]
    pub(in crate::conn) fn queue_waiting_pong(&mut self, ws: &mut Workspace) {
        let Some(socket) = self.machine.kept_mut() else { return };
        let block = core::mem::replace(&mut socket.pong, NONE);
        if block != NONE {
            self.queue.attach(&mut ws.blocks, block);
        }
    }

    /// No Pong goes out any more.
    pub(super) fn drop_waiting_pong(&mut self, ws: &mut Workspace) {
        self.swap_pong(ws, NONE);
    }

    /// Nothing came for too long: a Ping asks whether the peer is there (WS-LIM-03). Behind our Close there is none, and its clock runs.
    pub(in crate::conn) fn ask_for_pong(&mut self, ws: &mut Workspace) {
        let asked =
            self.control(ws, opcode::PING, b"").and_then(|frame| self.queue.append(&mut ws.blocks, frame.as_bytes()));
        // Who was not asked cannot answer: without memory for the Ping the wait before it begins anew.
        let is_short = asked.is_err_and(|error| error.code() == Code::Nomem);
        self.timers.wait(if is_short { Wait::Frame } else { Wait::Pong });
    }

    /// It is not.
    pub(in crate::conn) fn miss_pong(&mut self, ws: &mut Workspace) {
        self.close_now_for(ws, NO_PONG.at(0));
    }

    /// Whether a message must wait, which is remembered then.
    #[inline]
    pub(super) fn refuses_message(&mut self) -> bool {
        let is_full = self.is_full();
        if is_full {
            self.queue.refuse();
        }
        is_full
    }
}
