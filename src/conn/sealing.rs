//! Effects of TLS on the rest of a connection.

use super::ending::Ending;
use super::event::Event;
use super::parts::Parts;
use super::peer_end::PeerEnd;
use super::websocket::Control;
use super::workspace::Workspace;
use crate::error::Error;

/// A connection over TLS.
pub struct Sealing<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Sealing<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Seals the queue.
    pub fn seal_records(&mut self) {
        match self.parts.transport.seal(&mut self.parts.queue, self.ws) {
            Ok(()) => Ending::of(self.parts, self.ws).conclude(),
            Err(error) => Ending::of(self.parts, self.ws).close_now_for(error),
        }
    }

    /// Opens a lend of records. No event may point to held octets. Fails if an incomplete record cannot be stored.
    pub fn open_lend(&mut self, lent: &mut [u8]) -> Result<(), Error> {
        if self.parts.lifecycle.is_closed() {
            return Ok(());
        }
        let Some(opened) = self.parts.transport.open(&mut self.parts.recv, &mut self.parts.queue, self.ws, lent)?
        else {
            return Ok(());
        };
        if opened.is_greeted {
            self.parts.timers.end_handshake();
        }
        self.note_records(opened.octets);
        if opened.is_ended {
            PeerEnd::of(self.parts, self.ws).end_input(true);
        }
        Ok(())
    }

    /// The transport accepted the first `n` octets of the records.
    #[cold]
    pub fn sent_records(&mut self, n: usize) -> Result<(), Error> {
        if let Some(error) = self.parts.transport.sent(&mut self.parts.queue, self.ws, n)? {
            Ending::of(self.parts, self.ws).close_now_for(error);
        }
        Ok(())
    }

    /// All plaintext was read: handles the end of TLS. After a failure nothing can be sent or received except the
    /// queued alert: there is no HTTP response.
    #[cold]
    pub fn end_of_tls(&mut self) -> Option<Event> {
        let error = self.parts.transport.failure()?;
        self.parts.lifecycle.set_error(error);
        self.parts.sides.fail();
        if !self.parts.lifecycle.is_head_shown() {
            self.parts.drop_head(self.ws);
        }
        Control::of(self.parts, self.ws).drop_socket();
        if self.parts.transport.fail(&mut self.parts.queue, self.ws, self.parts.sides.role()) {
            Ending::of(self.parts, self.ws).close_now();
        } else {
            Ending::of(self.parts, self.ws).close_when_flushed();
        }
        Some(Event::Error(error))
    }

    /// Counts octets of records while the connection closes, whatever they contain.
    fn note_records(&mut self, octets: usize) {
        if !self.parts.lifecycle.is_open() {
            self.parts.note_dropped(octets);
        }
    }
}
