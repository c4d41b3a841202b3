//! A session whose records are a kernel's. Application data passes it by; what is left to it is what other records hold:
//! [`KernelSide`] is a view of what it does that with, for one call.
//!
//! It follows the changes of keys with rustls and ends the session. It talks to no kernel: its owner tells what the kernel received
//! and sent, and gives the kernel the keys.

use super::controls::{Change, Controls};
use super::ending::Ending;
use super::engine::faults::EXHAUSTED;
use super::record_error::RecordError;
use super::records::Records;
use crate::error::{Error, Fault};
use crate::tls::Version;
use crate::tls::kernel::{Cipher, Keys, Protection};

/// What a session does with a kernel's records.
pub(super) struct KernelSide<'a> {
    records: &'a mut Records,
    controls: &'a mut Controls,
    ending: &'a mut Ending,
}

impl<'a> KernelSide<'a> {
    pub fn new(records: &'a mut Records, controls: &'a mut Controls, ending: &'a mut Ending) -> Self {
        Self { records, controls, ending }
    }

    /// Takes the content of a record that the kernel has opened; the keys to receive with from now on, where they change.
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

    /// The kernel has sent the control record that was due; the keys to send with from now on, where they change.
    pub fn control_sent(&mut self) -> Result<Option<Keys>, Error> {
        if !self.controls.sent() {
            return Ok(None);
        }
        self.keys(|records| records.engine_mut().next_send_keys())
    }

    /// The kernel took so many octets of application data in one call. Before its keys have sealed as much as they may, they change; where
    /// they cannot, in TLS 1.2, the session fails (RFC 8446 §5.5).
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

    /// Ends the session; the alert follows nothing and nothing follows it, but none follows a close_notify.
    fn fail(&mut self, fault: &'static Fault, alert: Option<u8>) -> Error {
        self.controls.fail(alert.filter(|_| !self.ending.is_closed()));
        self.ending.fail(fault.at(0))
    }
}
