//! An offloaded session. Application data bypasses it; [`KernelSide`] handles all other records, as a view for one
//! call.
//!
//! It derives new keys with rustls and ends the session. It does not talk to the kernel: its owner reports what the
//! kernel received and sent, and passes keys on.

use super::controls::{Change, Controls};
use super::ending::Ending;
use super::engine::faults::EXHAUSTED;
use super::record_error::RecordError;
use super::records::Records;
use crate::error::{Error, Fault};
use crate::tls::Version;
use crate::tls::kernel::{Cipher, Keys, Protection};

/// The view of an offloaded session.
pub(super) struct KernelSide<'a> {
    records: &'a mut Records,
    controls: &'a mut Controls,
    ending: &'a mut Ending,
}

impl<'a> KernelSide<'a> {
    pub fn new(records: &'a mut Records, controls: &'a mut Controls, ending: &'a mut Ending) -> Self {
        Self { records, controls, ending }
    }

    /// Processes a record opened by the kernel; returns new receive keys if they change.
    pub fn recv(&mut self, kind: u8, content: &[u8]) -> Result<Option<Keys>, Error> {
        match self.ending.error() {
            Some(error) => return Err(error),
            None if self.records.is_peer_closed() => return Ok(None),
            None => {}
        }
        let change = self.controls.recv(kind, content, self.records.is_tls13(), !self.ending.is_closed());
        match change.map_err(|(fault, alert)| self.fail(fault, alert))? {
            Change::None => {}
            Change::PeerClosed => self.records.set_peer_closed(),
            Change::Keys => return self.keys(|records| records.engine_mut().next_receive_keys()),
        }
        Ok(None)
    }

    /// The kernel could not open a record.
    pub fn recv_record_error(&mut self, broken: RecordError) -> Error {
        let (fault, alert) = broken.fault_and_alert();
        self.ending.error().unwrap_or_else(|| self.fail(fault, Some(alert)))
    }

    /// The kernel sent the control record; returns new send keys if they change.
    pub fn control_sent(&mut self) -> Result<Option<Keys>, Error> {
        if !self.controls.sent() {
            return Ok(None);
        }
        self.keys(|records| records.engine_mut().next_send_keys())
    }

    /// The kernel accepted this many octets of application data in one call. The keys change before they reach their
    /// limit; in TLS 1.2, where they cannot, the session fails (RFC 8446 §5.5).
    pub fn note_sent(&mut self, octets: usize) -> Result<(), Error> {
        let Some(Protection { version, cipher }) = self.records.engine().offload_protection() else { return Ok(()) };
        let is_enough = self.controls.note_sent(octets) && cipher != Cipher::ChaCha20Poly1305;
        match version {
            Version::Tls12 if is_enough => return Err(self.ending.fail(EXHAUSTED)),
            Version::Tls13 if is_enough => self.controls.change_keys(),
            _ => {}
        }
        Ok(())
    }

    fn keys(&mut self, next: impl FnOnce(&mut Records) -> Result<Keys, Error>) -> Result<Option<Keys>, Error> {
        next(self.records).map(Some).map_err(|error| self.ending.fail(error))
    }

    /// Ends the session; the alert is the last record, unless close_notify was already sent.
    fn fail(&mut self, fault: &'static Fault, alert: Option<u8>) -> Error {
        self.controls.fail(alert.filter(|_| !self.ending.is_closed()));
        self.ending.fail(fault.at(0))
    }
}
