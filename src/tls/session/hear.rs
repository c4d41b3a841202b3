//! A lend of records becomes plaintext.

use super::{Heard, Session, Sink};
use crate::error::{Error, Fault};
use crate::tls::record::Extent;

impl Session {
    /// Takes what came, all of it; octets are rewritten. Plaintext of the lend before is not shown any more.
    pub fn hear(&mut self, octets: &mut [u8], out: &mut impl Sink) -> Heard {
        self.release();
        let mut heard = Heard { plain: 0..0, error: self.failed };
        if heard.error.is_none() {
            heard.error = self.take(octets, &mut heard.plain.end, out).err().map(|error| self.fail(error));
        }
        heard
    }

    fn take(&mut self, octets: &mut [u8], plain: &mut usize, out: &mut impl Sink) -> Result<(), Error> {
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
                Err(fault) => return Err(self.refuse(fault, at, kept == at, out)),
            };
            let taken = self.records.take(octets, kept..at, at + len, *plain, out);
            let taken = taken.map_err(|error| error.fault.at(at as u64))?;
            at += len;
            *plain += taken.plain;
            kept = at - taken.kept;
        }
        if self.is_peer_closed() {
            return Ok(());
        }
        self.cut.begin(&octets[kept..], at - kept, missing)
    }

    /// Completes what was cut from the front of the lend; with how many octets of it.
    fn complete(&mut self, octets: &[u8], out: &mut impl Sink) -> Result<usize, Error> {
        let mut at = 0;
        while !self.cut.is_empty() {
            match self.records.extent(self.cut.record()) {
                Ok(Extent::Part(_)) if at == octets.len() => break,
                Ok(Extent::Part(len)) => {
                    let missing = (len - self.cut.record().len()).min(octets.len() - at);
                    self.cut.keep(&octets[at..at + missing], len)?;
                    at += missing;
                }
                Ok(Extent::Whole(_)) => self.open(out)?,
                Err(fault) => {
                    let is_all = self.cut.seen_mut().is_empty();
                    return Err(self.refuse(fault, 0, is_all, out));
                }
            }
        }
        Ok(at)
    }

    /// Takes the record that is whole now.
    fn open(&mut self, out: &mut impl Sink) -> Result<(), Error> {
        let (seen, len) = (self.cut.seen_mut().len(), self.cut.len());
        let taken = self.records.take(self.cut.octets_mut(), 0..seen, len, 0, out)?;
        if taken.plain == 0 {
            self.cut.see(taken.kept);
        } else {
            self.opened = self.cut.take(taken.plain);
        }
        Ok(())
    }

    /// What came is no record. The peer is told, unless it may not speak TLS at all, or rustls is in the middle of a message.
    fn refuse(&mut self, fault: &'static Fault, at: usize, is_all: bool, out: &mut impl Sink) -> Error {
        if is_all && fault.status == 0 && !self.is_closed {
            self.records.engine.refuse(out);
        }
        fault.at(at as u64)
    }
}
