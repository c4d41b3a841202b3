//! A session gives its records up to a kernel.

use super::Session;
use super::control::Controls;
use super::engine::faults::EXHAUSTED;
use crate::error::Error;
use crate::tls::Version;
use crate::tls::kernel::{Cipher, Keys, Protection};

impl Session {
    /// How the records of this session are protected, when a kernel may have them now: the config permits it, the handshake is done,
    /// nothing has ended, and no octet is kept, so that both sides are between two records. What was given to the
    /// [`Sink`](crate::tls::Sink) must have left before.
    pub fn ready_to_offload(&self) -> Option<Protection> {
        let is_open = self.failed.is_none() && !self.is_closed && !self.is_peer_closed() && !self.is_handshaking();
        let is_between = self.cut.is_empty() && self.opened.is_empty() && !self.records.has_controls;
        if is_open && is_between && !self.is_in_kernel() { self.records.engine.offload_protection() } else { None }
    }

    /// Whether the config permits it at all.
    pub fn may_offload(&self) -> bool {
        self.records.engine.permits_offload()
    }

    /// Gives the records up to a kernel: the keys to send and to receive with, from the next record on in each direction. Nothing is to be
    /// heard or sealed here from now on, but for [`hear_record`](Session::hear_record) and [`control`](Session::control).
    ///
    /// On failure the session has failed. The cost: what was agreed on is copied.
    pub fn offload(&mut self) -> Result<(Keys, Keys), Error> {
        let keys = self.records.engine.offload().map_err(|error| self.fail(error))?;
        self.controls = Some(Controls::new());
        Ok(keys)
    }

    /// Whether the records are a kernel's.
    pub fn is_in_kernel(&self) -> bool {
        self.controls.is_some()
    }

    /// The kernel has received application data.
    pub fn note_received(&mut self) {
        if let Some(controls) = &mut self.controls {
            controls.note_received();
        }
    }

    /// The kernel took so many octets of application data in one call. Before its keys have sealed as much as they may, they change; where
    /// they cannot, in TLS 1.2, the session fails (RFC 8446 §5.5).
    pub fn note_sent(&mut self, octets: usize) -> Result<(), Error> {
        let Some(Protection { version, cipher }) = self.records.engine.offload_protection() else { return Ok(()) };
        let Some(controls) = &mut self.controls else { return Ok(()) };
        let is_enough = controls.note_sent(octets) && cipher != Cipher::ChaCha20Poly1305;
        match version {
            Version::Tls12 if is_enough => return Err(self.fail(EXHAUSTED)),
            Version::Tls13 if is_enough => controls.change_keys(),
            _ => {}
        }
        Ok(())
    }
}
