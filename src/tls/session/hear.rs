//! A lend of records becomes plaintext.

use core::ops::Range;

use super::engine::Failed;
use super::{Heard, Session, Sink, alert};
use crate::error::Error;
use crate::memory::Vec;
use crate::tls::alerting::REQUEST;
use crate::tls::record::Extent;

/// A record was refused.
struct Refused {
    error: Error,
    /// Whether it lies in the lend, or else in what was kept.
    is_lent: bool,
    /// There: what rustls has offsets into, and the record as far as rustls was shown it.
    shown: Range<usize>,
    /// There: where the record begins.
    record: usize,
}

impl Refused {
    /// A record that rustls was not shown, behind what it keeps.
    fn unseen(error: Error, is_lent: bool, kept: Range<usize>) -> Self {
        Self { error, is_lent, record: kept.end, shown: kept }
    }

    /// A record from `record` to `end` that rustls refused.
    fn seen(failed: Failed, is_lent: bool, record: usize, end: usize) -> Self {
        let shown = end - failed.kept..end;
        Self { error: failed.error, is_lent, record: record.max(shown.start), shown }
    }
}

impl Session {
    /// Takes what came, all of it; octets are rewritten. Plaintext of the lend before is not shown any more.
    pub fn hear(&mut self, octets: &mut [u8], out: &mut impl Sink) -> Heard {
        self.release();
        let mut heard = Heard { plain: 0..0, error: self.failed };
        if heard.error.is_none() {
            let taken = self.take(octets, &mut heard.plain.end, out);
            heard.error = taken.err().map(|refused| self.refuse(refused, octets, out));
        }
        heard
    }

    fn take(&mut self, octets: &mut [u8], plain: &mut usize, out: &mut impl Sink) -> Result<(), Refused> {
        let mut at = self.complete(octets, out)?;
        let mut kept = at;
        let mut missing = 0;
        while !self.is_peer_closed() {
            let len = match self.records.extent(&octets[at..]) {
                Ok(Extent::Whole(len)) => len,
                Ok(Extent::Part(len)) => {
                    missing = len;
                    break;
                }
                Err(fault) => return Err(Refused::unseen(fault.at(at as u64), true, kept..at)),
            };
            let taken = self.records.take(octets, kept..at, at + len, *plain, out).map_err(|mut failed| {
                failed.error = failed.error.fault.at(at as u64);
                Refused::seen(failed, true, at, at + len)
            })?;
            at += len;
            *plain += taken.plain;
            kept = at - taken.kept;
        }
        if self.is_peer_closed() {
            return Ok(());
        }
        let begun = self.cut.begin(&octets[kept..], at - kept, missing);
        begun.map_err(|error| Refused::unseen(error, true, kept..at))
    }

    /// Completes what was cut from the front of the lend; with how many octets of it.
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

    /// Takes the record that is whole now.
    fn open(&mut self, out: &mut impl Sink) -> Result<(), Refused> {
        let (seen, len) = (self.cut.seen_mut().len(), self.cut.len());
        let taken = self.records.take(self.cut.octets_mut(), 0..seen, len, 0, out);
        let taken = taken.map_err(|failed| Refused::seen(failed, false, seen, len))?;
        if taken.plain == 0 {
            self.cut.see(taken.kept);
        } else {
            self.opened = self.cut.take(taken.plain);
        }
        Ok(())
    }

    /// Ends the session, and tells the peer why if rustls did not (TLS-06, TLS-07). Without memory for it nothing is said.
    #[cold]
    fn refuse(&mut self, refused: Refused, lend: &[u8], out: &mut impl Sink) -> Error {
        let Refused { error, is_lent, shown, record } = refused;
        let due = alert::of(error.fault).filter(|_| !self.is_closed);
        if let Some(alert) = due {
            let octets = &(if is_lent { lend } else { self.cut.octets() })[shown.clone()];
            let mut copy = Vec::new_in(self.opened.allocator().clone());
            if copy.try_reserve_exact(octets.len() + REQUEST).is_ok() {
                copy.extend_from_slice(octets);
                copy.resize(octets.len() + REQUEST, 0);
                self.records.engine.alert(&mut copy, record - shown.start, alert, out);
            }
        }
        self.fail(error)
    }
}
