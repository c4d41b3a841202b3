//! Opens a lend of records: [`Receiver`] is a view of a session for one call.
//!
//! It completes a partial record, opens complete records in place, and stores a partial one at the end. It does not end
//! the session: its owner does that with the returned [`Refused`] record.

use super::alert;
use super::partial_record::PartialRecord;
use super::records::Records;
use super::refused::Refused;
use crate::memory::Vec;
use crate::tls::Sink;
use crate::tls::alerting::REQUEST;
use crate::tls::record::Extent;

/// The receiving view of a session.
pub(super) struct Receiver<'a> {
    records: &'a mut Records,
    partial: &'a mut PartialRecord,
    /// The plaintext of the completed partial record.
    opened: &'a mut Vec<u8>,
}

impl<'a> Receiver<'a> {
    pub fn new(records: &'a mut Records, partial: &'a mut PartialRecord, opened: &'a mut Vec<u8>) -> Self {
        Self { records, partial, opened }
    }

    /// Opens the records of the lend. Sets `plain` to the length of the plaintext at its front, also on failure.
    pub fn recv(&mut self, octets: &mut [u8], plain: &mut usize, out: &mut impl Sink) -> Result<(), Refused> {
        let mut at = self.complete(octets, out)?;
        let mut pending = at;
        let mut missing = 0;
        while !self.records.is_peer_closed() {
            let len = match self.records.extent(&octets[at..]) {
                Ok(Extent::Whole(len)) => len,
                Ok(Extent::Part(len)) => {
                    missing = len;
                    break;
                }
                Err(fault) => return Err(Refused::before_rustls(fault.at(at as u64), true, pending..at)),
            };
            let opened = self.records.open(octets, pending..at, at + len, *plain, out).map_err(|mut failed| {
                failed.error = failed.error.fault.at(at as u64);
                Refused::by_rustls(failed, true, at, at + len)
            })?;
            at += len;
            *plain += opened.plain;
            pending = at - opened.pending;
        }
        if self.records.is_peer_closed() {
            return Ok(());
        }
        let begun = self.partial.begin(&octets[pending..], at - pending, missing);
        begun.map_err(|error| Refused::before_rustls(error, true, pending..at))
    }

    /// Completes the partial record from the front of the lend; returns the octets used.
    fn complete(&mut self, octets: &[u8], out: &mut impl Sink) -> Result<usize, Refused> {
        let mut at = 0;
        while !self.partial.is_empty() {
            let by_rustls = self.partial.processed_mut().len();
            match self.records.extent(self.partial.record()) {
                Ok(Extent::Part(_)) if at == octets.len() => break,
                Ok(Extent::Part(len)) => {
                    let missing = (len - self.partial.record().len()).min(octets.len() - at);
                    let pending = self.partial.append(&octets[at..at + missing], len);
                    pending.map_err(|error| Refused::before_rustls(error, false, 0..by_rustls))?;
                    at += missing;
                }
                Ok(Extent::Whole(_)) => self.open(out)?,
                Err(fault) => return Err(Refused::before_rustls(fault.at(0), false, 0..by_rustls)),
            }
        }
        Ok(at)
    }

    /// Opens the completed record.
    fn open(&mut self, out: &mut impl Sink) -> Result<(), Refused> {
        let (by_rustls, len) = (self.partial.processed_mut().len(), self.partial.len());
        let opened = self.records.open(self.partial.octets_mut(), 0..by_rustls, len, 0, out);
        let opened = opened.map_err(|failed| Refused::by_rustls(failed, false, by_rustls, len))?;
        if opened.plain == 0 {
            self.partial.mark_processed(opened.pending);
        } else {
            *self.opened = self.partial.take(opened.plain);
        }
        Ok(())
    }

    /// Sends the alert for a refused record, if rustls did not (TLS-06, TLS-07). Without memory for it nothing is sent.
    pub fn send_alert(&mut self, refused: &Refused, lend: &[u8], out: &mut impl Sink) {
        let Some(alert) = alert::of(refused.error().fault) else { return };
        let octets = refused.replay(lend, self.partial.octets());
        let mut copy = Vec::new_in(self.opened.allocator().clone());
        if copy.try_reserve_exact(octets.len() + REQUEST).is_ok() {
            copy.extend_from_slice(octets);
            copy.resize(octets.len() + REQUEST, 0);
            self.records.engine_mut().send_alert(&mut copy, refused.start(), alert, out);
        }
    }
}
