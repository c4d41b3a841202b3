//! A lend of records becomes one of plaintext.

use crate::conn::{Conn, Workspace};
use crate::error::{Code, Error, Fault};

static OTHER_PROTOCOL: Fault =
    Fault::new(Code::TlsAlpn, 0, c"TLS-02", c"the application protocol agreed on is not http/1.1");

impl Conn {
    /// Decrypts the lend where it lies, once. What a record held that was cut goes to the held octets, before the lend. No event
    /// may point to those.
    ///
    /// Fails when they cannot be kept.
    pub(in crate::conn) fn open_lend(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<(), Error> {
        let Some(layer) = self.tls.as_deref_mut() else { return Ok(()) };
        if layer.is_open || !self.recv.is_lent() || self.lifecycle.is_closed() {
            return Ok(());
        }
        (layer.is_open, layer.has_heard) = (true, true);
        if layer.session.is_in_kernel() {
            layer.session.note_received();
            return Ok(());
        }
        let len = self.recv.rest_of_lend(lent).1.len();
        let was_handshaking = layer.session.is_handshaking();
        let (_, octets) = self.recv.rest_of_lend_mut(lent);
        let (heard, grown) = layer.speak(&mut ws.records, |session, out| session.hear(octets, out));
        self.queue.count(grown);
        debug_assert_eq!(heard.plain.start, 0, "plaintext is at the front of the lend");
        self.recv.opened(heard.plain.end);
        self.recv.append(&mut ws.held, layer.session.opened())?;
        layer.session.release();
        let (is_greeted, is_ended) =
            (was_handshaking && !layer.session.is_handshaking(), layer.session.is_peer_closed());
        if is_greeted {
            self.greeted(ws);
        }
        self.note_records(len);
        if is_ended {
            self.end_input(ws, true);
        }
        Ok(())
    }

    /// The handshake is done: the protocol's own clocks begin. Octets of another protocol than ours are not looked at (TLS-02).
    #[cold]
    fn greeted(&mut self, ws: &mut Workspace) {
        self.timers.release();
        if let Some(layer) = self.tls.as_deref_mut()
            && !matches!(layer.session.alpn(), None | Some(b"http/1.1"))
        {
            layer.fault = Some(OTHER_PROTOCOL.at(0));
            self.recv.use_up(&ws.held);
        }
    }

    /// The lend is the owner's again; the next one is of records.
    #[inline]
    pub(in crate::conn) fn close_lend(&mut self) {
        if let Some(layer) = self.tls.as_deref_mut() {
            layer.is_open = false;
        }
    }

    /// The transport ends. That this was before the end of a handshake is an error, unless the peer never began one.
    pub(in crate::conn) fn end_records(&mut self) {
        if let Some(layer) = self.tls.as_deref_mut()
            && layer.session.is_handshaking()
            && (layer.has_heard || self.machine.role() == crate::http1::machine::Role::Client)
        {
            // Kept in the session, and told in its turn.
            let _ = layer.session.end_of_input();
        }
    }

    /// Whether what the peer still sends means nothing: its close_notify came.
    pub(in crate::conn) fn ignores_input(&self) -> bool {
        self.tls().is_some_and(|session| session.is_peer_closed())
    }
}
