//! Queued plaintext becomes records.

use super::layer::Layer;
use crate::conn::lifecycle::Secured;
use crate::conn::send_queue::{Piece, SendQueue};
use crate::conn::workspace::{Blocks, Workspace};
use crate::conn::{Conn, Phase};
use crate::error::{Code, Error};
use crate::http1::machine::NOT_NOW;

/// Records wait up to about so many octets; what is queued beyond stays plaintext, which takes less memory and can be of any size.
const AHEAD: usize = 64 << 10;
/// The most octets of plaintext in a record.
const RECORD: usize = 16 << 10;
/// The most stretches of the queue that share one.
const PARTS: usize = 16;

impl Conn {
    /// Makes what is queued ready for [`Conn::pieces`]; whoever is about to send calls it first. Over TLS queued octets are sealed,
    /// some [64 KiB](AHEAD) ahead of the transport, and a connection that ends says so behind the last of them (TLS-05); else nothing is
    /// to be done.
    #[inline]
    pub fn seal(&mut self, ws: &mut Workspace) {
        if self.lifecycle.is_secured() && !self.lifecycle.is_closed() {
            self.seal_records(ws);
        }
    }

    fn seal_records(&mut self, ws: &mut Workspace) {
        while let Some(layer) = self.tls.as_deref_mut().filter(|layer| layer.can_seal()) {
            let before = layer.records.queued();
            if before >= AHEAD {
                break;
            }
            match seal_one(layer, &self.queue, &ws.blocks, &mut ws.records) {
                Ok(0) => break,
                Ok(len) => self.queue.sealed(&mut ws.blocks, len, layer.records.queued() - before),
                // When some records have left there may be memory again.
                Err(error) if error.code() == Code::Nomem && before != 0 => break,
                Err(error) => return self.close_now_for(ws, error),
            }
        }
        self.conclude(ws);
    }

    /// Queues a close_notify behind all other output of a side that has ended, once.
    pub(in crate::conn) fn conclude(&mut self, ws: &mut Workspace) {
        let is_over = self.lifecycle.phase() == Phase::Flushing || self.has_ended_tunnel();
        let Some(layer) = self.tls.as_deref_mut() else { return };
        if !is_over || layer.session.is_closed() || self.queue.queued() > layer.unsent() {
            return;
        }
        let (closed, grown) = layer.speak(&mut ws.records, |session, out| session.close(out));
        self.queue.count(grown);
        if let Err(error) = closed {
            self.close_now_for(ws, error);
        }
    }

    /// The output that the transport is to take, and where it lies.
    #[inline(always)]
    pub(in crate::conn) fn transport_output<'a>(&self, ws: &'a Workspace) -> (&SendQueue, &'a Blocks) {
        match &self.tls {
            None => (&self.queue, &ws.blocks),
            Some(layer) if !layer.session.is_in_kernel() => (&layer.records, &ws.records),
            Some(_) => (&self.queue, &ws.blocks),
        }
    }

    /// Whether the transport, or the records, would take what is at the front of the queue.
    pub(in crate::conn) fn has_room(&self) -> bool {
        !self.seals() || self.tls.as_ref().is_some_and(|layer| layer.records.queued() < AHEAD)
    }

    /// Whether TLS has failed, so that nothing of the queue is sent any more.
    #[inline]
    pub(in crate::conn) fn has_failed(&self) -> bool {
        self.tls.as_ref().is_some_and(|layer| layer.failure().is_some())
    }

    /// Whether there are octets for the transport, or will be when they are asked for.
    pub fn has_output(&self) -> bool {
        let queued = self.queue.queued();
        match &self.tls {
            None => queued > 0,
            Some(layer) => layer.unsent() > 0 || queued > 0 && layer.can_send(),
        }
    }

    /// The transport took the first `n` octets of the records for good.
    #[cold]
    pub(in crate::conn) fn sent_records(&mut self, ws: &mut Workspace, n: usize) -> Result<(), Error> {
        if self.lifecycle.secured() == Secured::InKernel {
            return self.sent_to_kernel(ws, n);
        }
        let records = self.tls.as_deref_mut().map(|layer| &mut layer.records);
        // What was given up is not counted any more.
        let records = records.filter(|records| n <= records.queued()).ok_or(NOT_NOW)?;
        records.sent(&mut ws.records, n);
        self.queue.uncount(n);
        Ok(())
    }
}

/// Seals one record, at most, from the front of the queue; of how many octets.
fn seal_one(layer: &mut Layer, queue: &SendQueue, blocks: &Blocks, records: &mut Blocks) -> Result<usize, Error> {
    let mut parts: [&[u8]; PARTS] = [&[]; PARTS];
    let (mut count, mut len) = (0, 0);
    queue.pieces(blocks, |piece| {
        let Piece::Owned(octets) = piece else {
            debug_assert!(false, "over TLS everything is copied");
            return false;
        };
        parts[count] = &octets[..octets.len().min(RECORD - len)];
        len += parts[count].len();
        count += 1;
        count < PARTS && len < RECORD
    });
    if len != 0 {
        layer.speak(records, |session, out| session.seal(&parts[..count], out)).0?;
    }
    Ok(len)
}
