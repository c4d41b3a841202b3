//! The end of a connection's TLS.

use super::layer::Layer;
use crate::conn::Conn;
use crate::conn::answer::{Kept, queue};
use crate::conn::event::Event;
use crate::conn::workspace::Workspace;
use crate::error::{Code, Error};
use crate::http1::machine::Role;
use crate::http1::write::{BodyLine, ConnectionLine, FieldRef, OwnLines, ResponseHead, check_fields};

impl Conn {
    /// All plaintext is used up: what has become of TLS. After a failure nothing more can be said or heard but the alert that is queued:
    /// there is no HTTP response.
    #[cold]
    pub(in crate::conn) fn end_of_tls(&mut self, ws: &mut Workspace) -> Option<Event> {
        let layer = self.tls.as_deref_mut()?;
        let error = layer.failure()?;
        self.lifecycle.set_error(error);
        self.machine.fail();
        if !self.lifecycle.is_head_shown() {
            self.drop_head(ws);
        }
        self.drop_socket(ws);
        self.drop_unsealed(ws);
        if error.code() == Code::TlsPlaintextHttp && self.machine.role() == Role::Server {
            // Without memory for it the connection closes all the same.
            let _ = self.answer_plaintext(ws);
        }
        // Behind a failure this is the alert; else a close_notify is to come.
        let is_silent =
            self.queue.queued() == 0 && self.tls.as_deref().is_none_or(|layer| layer.session.error().is_some());
        if is_silent {
            self.close_now(ws)
        } else {
            self.close_when_flushed(ws)
        }
        Some(Event::Error(error))
    }

    /// What is queued and not sealed never leaves.
    fn drop_unsealed(&mut self, ws: &mut Workspace) {
        self.queue.clear(&mut ws.blocks);
        if let Some(layer) = &self.tls {
            self.queue.count(layer.unsent());
        }
    }

    /// A client that speaks HTTP without TLS is told in the clear, as it would not understand an alert.
    fn answer_plaintext(&mut self, ws: &mut Workspace) -> Result<(), Error> {
        const CONTENT: &[u8] = b"This port speaks TLS: use https or wss.\n";
        let fields = [FieldRef { name: b"Content-Type", value: b"text/plain" }].into_iter();
        let body = BodyLine::Length(CONTENT.len() as u64);
        let lines = OwnLines { date: ws.date.line(), body, connection: ConnectionLine::CLOSE, host: None };
        let (head, facts) = (ResponseHead { status: 400, reason: None, lines }, check_fields(fields.clone())?);
        let planned = head.plan(&facts)?;
        if let Some(layer) = self.tls.as_deref_mut() {
            let before = layer.records.queued();
            queue(&mut layer.records, &mut ws.records, &planned, fields, Kept::Copied(CONTENT))?;
            self.queue.count(layer.records.queued() - before);
        }
        Ok(())
    }

    /// Whether the transport can be closed as soon as all is sent.
    pub(in crate::conn) fn hurries(&self) -> bool {
        self.tls.as_ref().is_some_and(|layer| layer.hurries)
    }

    /// The transport can be closed as soon as all is sent.
    pub(in crate::conn) fn hurry(&mut self) {
        if let Some(layer) = self.tls.as_deref_mut() {
            layer.hurries = true;
        }
    }

    /// Octets of memory of the records in the queue, and of those that are not whole yet.
    pub(in crate::conn) fn records_memory(&self, ws: &Workspace) -> usize {
        self.tls.as_deref().map_or(0, |layer| layer.records.memory(&ws.records) + layer.session.memory())
    }

    /// Shows records no more; they keep their place.
    pub(in crate::conn) fn abandon_records(&mut self) {
        if let Some(layer) = self.tls.as_deref_mut() {
            layer.records.abandon();
            layer.session.drop_controls();
        }
    }

    /// Gives the records up, and what was kept of a lend.
    pub(in crate::conn) fn clear_records(&mut self, ws: &mut Workspace) {
        if let Some(Layer { records, session, .. }) = self.tls.as_deref_mut() {
            records.clear(&mut ws.records);
            session.release();
            session.drop_controls();
        }
    }
}
