//! Turns a lend of records into plaintext: [`Receiver`] is a view of what a session receives with, for one call.
//!
//! It completes the record that was cut before, opens whole records where they lie, and keeps the one that is cut at the end. It
//! does not end the session: its owner does, with the [`Refused`] record that it gets.

use super::alert;
use super::cut::Cut;
use super::records::Records;
use super::refused::Refused;
use crate::memory::Vec;
use crate::tls::Sink;
use crate::tls::alerting::REQUEST;
use crate::tls::record::Extent;

/// What a session receives with.
pub(super) struct Receiver<'a> {
    records: &'a mut Records,
    cut: &'a mut Cut,
    /// The plaintext of the record that was cut.
    opened: &'a mut Vec<u8>,
}

impl<'a> Receiver<'a> {
    pub fn new(records: &'a mut Records, cut: &'a mut Cut, opened: &'a mut Vec<u8>) -> Self {
        Self { records, cut, opened }
    }

    /// Opens the records of the lend. `plain` is how many octets of plaintext are at the front of it then, also on failure.
    pub fn recv(&mut self, octets: &mut [u8], plain: &mut usize, out: &mut impl Sink) -> Result<(), Refused> {
        let mut at = self.complete(octets, out)?;
        let mut kept = at;
        let mut missing = 0;
        while !self.records.is_peer_closed() {
            let len = match self.records.extent(&octets[at..]) {
                Ok(Extent::Whole(len)) => len,
                Ok(Extent::Part(len)) => {
                    missing = len;
                    break;
                }
                Err(fault) => return Err(Refused::unseen(fault.at(at as u64), true, kept..at)),
            };
            let opened = self.records.open(octets, kept..at, at + len, *plain, out).map_err(|mut failed| {
                failed.error = failed.error.fault.at(at as u64);
                Refused::seen(failed, true, at, at + len)
            })?;
            at += len;
            *plain += opened.plain;
            kept = at - opened.kept;
        }
        if self.records.is_peer_closed() {
            return Ok(());
        }
        let begun = self.cut.begin(&octets[kept..], at - kept, missing);
        begun.map_err(|error| Refused::unseen(error, true, kept..at))
    }

    /// Completes the record that was cut from the front of the lend; how many octets of the lend it took.
    fn complete(&mut self, octets: &[u8], out: &mut impl Sink) -> Result<usize, Refused> {
        let mut at = 0;
        while !self.cut.is_empty() {
            let seen = self.cut.seen_mut().len();
            match self.records.extent(self.cut.record()) {
                Ok(Extent::Part(_)) if at == octets.len() => break,
                Ok(Extent::Part(len)) => {
                    let missing = (len - self.cut.record().len()).min(octets.len() - at);
                    let kept = self.cut.keep(&octets[at..at + missing], len);
                    kept.map_err(|error| Refused::unseen(error, false, 0..seen))?;
                    at += missing;
                }
                Ok(Extent::Whole(_)) => self.open(out)?,
                Err(fault) => return Err(Refused::unseen(fault.at(0), false, 0..seen)),
            }
        }
        Ok(at)
    }

    /// Opens the record that is whole now.
    fn open(&mut self, out: &mut impl Sink) -> Result<(), Refused> {
        let (seen, len) = (self.cut.seen_mut().len(), self.cut.len());
        let opened = self.records.open(self.cut.octets_mut(), 0..seen, len, 0, out);
        let opened = opened.map_err(|failed| Refused::seen(failed, false, seen, len))?;
        if opened.plain == 0 {
            self.cut.see(opened.kept);
        } else {
            *self.opened = self.cut.take(opened.plain);
        }
        Ok(())
    }

    /// Sends the alert for a refused record, if rustls did not (TLS-06, TLS-07). Without memory for it nothing is sent.
    pub fn send_alert(&mut self, refused: &Refused, lend: &[u8], out: &mut impl Sink) {
        let Some(alert) = alert::of(refused.error().fault) else { return };
        let octets = refused.shown(lend, self.cut.octets());
        let mut copy = Vec::new_in(self.opened.allocator().clone());
        if copy.try_reserve_exact(octets.len() + REQUEST).is_ok() {
            copy.extend_from_slice(octets);
            copy.resize(octets.len() + REQUEST, 0);
            self.records.engine_mut().send_alert(&mut copy, refused.start(), alert, out);
        }
    }
}
