//! WebSocket by the id of a connection.

use super::{Id, Server};
use crate::conn::{Accept, Write};
use crate::error::Error;
use crate::http1::write::FieldRef;
use crate::websocket::machine::Part;

/// Every call fails with `Gone` when the connection has ended, and is sent as others are.
impl Server {
    /// [`Conn::accept_websocket`](crate::conn::Conn::accept_websocket).
    pub fn accept_websocket<'f>(
        &mut self,
        id: Id,
        accept: &Accept<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Write, Error> {
        let written = self.call(id, |conn, ws| conn.accept_websocket(ws, accept, fields))?;
        self.stats.responses += u64::from(written == Write::Queued);
        if written == Write::Queued {
            self.close_if_draining(id)?;
        }
        Ok(written)
    }

    /// Sends a whole message where nearly every one goes: to the connection whose turn it is, short, in answer to short ones. `false`:
    /// nothing was done, [`send_message`](Self::send_message) has to.
    #[inline(always)]
    pub fn send_whole(&mut self, id: Id, text: bool, compressed: bool, octets: &[u8]) -> bool {
        self.lane.answer(id, text, compressed, octets)
    }

    /// [`Conn::send_message`](crate::conn::Conn::send_message).
    #[inline(never)]
    pub fn send_message(&mut self, id: Id, part: Part, octets: &[u8]) -> Result<Write, Error> {
        if part.first && part.last && self.send_whole(id, part.text, part.compressed, octets) {
            return Ok(Write::Queued);
        }
        // What waits was there before.
        if self.is_behind(id) {
            return Ok(Write::Paused);
        }
        self.call(id, |conn, ws| conn.send_message(ws, part, octets))
    }

    /// [`Conn::ping`](crate::conn::Conn::ping).
    pub fn ping(&mut self, id: Id, payload: &[u8]) -> Result<Write, Error> {
        self.call(id, |conn, ws| conn.ping(ws, payload))
    }

    /// [`Conn::close`](crate::conn::Conn::close): the WebSocket closes with this code.
    pub fn close_websocket(&mut self, id: Id, code: u16, reason: &[u8]) -> Result<(), Error> {
        self.call(id, |conn, ws| conn.close(ws, code, reason))
    }
}
