//! A session whose records are a kernel's. Application data passes it by; what is left to it is what other records hold: alerts, and
//! changes of keys (RFC 8446 §4.6.3), which the kernel neither makes nor follows by itself.

use super::engine::faults::{LONG_RECORD, MALFORMED, MISBEHAVED, NOT_DECRYPTED, UNEXPECTED, alerted};
use super::{Session, TLS_13, alert};
use crate::error::{Error, Fault};
use crate::tls::kernel::Keys;
use crate::tls::record::NOT_TLS;

/// What a kernel finds wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It does not decrypt.
    Undecryptable,
    /// It is longer than one may be.
    Long,
    /// It is none of this version.
    NoRecord,
}

/// A record for the kernel to seal and to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// Its type (RFC 8446 §5.1).
    pub kind: u8,
    octets: [u8; 5],
    len: u8,
}

impl Control {
    fn new(kind: u8, content: &[u8]) -> Self {
        let mut octets = [0; 5];
        octets[..content.len()].copy_from_slice(content);
        Self { kind, octets, len: crate::narrow::octet(content.len()) }
    }

    /// What it holds.
    pub fn octets(&self) -> &[u8] {
        &self.octets[..self.len.into()]
    }
}

const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;

/// The message of type 24, of one octet: nothing is asked for in return.
const KEY_UPDATE: [u8; 5] = [24, 0, 0, 1, 0];
const CLOSE_NOTIFY: [u8; 2] = [1, 0];

/// What waits for the kernel, and what was counted.
pub(super) struct Controls {
    /// A KeyUpdate of ours is due.
    update: bool,
    /// An alert of ours is due; nothing follows it.
    alert: Option<[u8; 2]>,
    /// How many KeyUpdates the peer may send yet without application data between, and how many warnings at all: as many as rustls
    /// lets it.
    updates: u8,
    warnings: u8,
    /// Records sealed with the present keys, at most.
    sealed: u64,
}

const UPDATES: u8 = 32;
const WARNINGS: u8 = 4;

impl Controls {
    pub fn new() -> Self {
        Self { update: false, alert: None, updates: UPDATES, warnings: WARNINGS, sealed: 0 }
    }

    /// The kernel has received application data.
    pub fn note_received(&mut self) {
        self.updates = UPDATES;
    }

    /// The kernel took so many octets of application data in one call; whether its keys are to change now, lest they seal more than they
    /// may.
    pub fn note_sent(&mut self, octets: usize) -> bool {
        /// Half of what rustls allows: a kernel may end a record before it is full.
        const SEALED_MAX: u64 = 1 << 23;
        const RECORD: usize = 16 << 10;
        self.sealed += octets.div_ceil(RECORD) as u64;
        let is_enough = self.sealed >= SEALED_MAX;
        if is_enough {
            self.sealed = 0;
        }
        is_enough
    }

    /// A KeyUpdate is due.
    pub fn change_keys(&mut self) {
        self.update = true;
    }
}

/// Why a session ends, and the alert that tells the peer, if one is due.
type Refusal = (&'static Fault, Option<u8>);

impl Session {
    /// Takes the content of a record that the kernel has opened, other than application data; the keys to receive with from now on, where
    /// they change. What comes behind a close_notify is ignored.
    ///
    /// On failure the session has failed as it would have here, and the alert for the peer waits.
    pub fn hear_record(&mut self, kind: u8, content: &[u8]) -> Result<Option<Keys>, Error> {
        match self.failed {
            Some(error) => return Err(error),
            None if self.is_peer_closed() => return Ok(None),
            None => {}
        }
        let heard = match kind {
            ALERT => self.hear_alert(content),
            HANDSHAKE => self.hear_key_update(content),
            _ => Err((&UNEXPECTED, Some(alert::UNEXPECTED_MESSAGE))),
        };
        heard.map_err(|(fault, alert)| self.break_off(fault, alert))?;
        if kind != HANDSHAKE {
            return Ok(None);
        }
        self.records.engine.next_to_receive().map(Some).map_err(|error| self.fail(error))
    }

    /// The kernel could not open a record.
    pub fn hear_broken(&mut self, broken: Broken) -> Error {
        let (fault, alert) = match broken {
            Broken::Undecryptable => (&NOT_DECRYPTED, alert::BAD_RECORD_MAC),
            Broken::Long => (&LONG_RECORD, alert::RECORD_OVERFLOW),
            Broken::NoRecord => (&NOT_TLS, alert::DECODE_ERROR),
        };
        self.failed.unwrap_or_else(|| self.break_off(fault, Some(alert)))
    }

    fn hear_alert(&mut self, content: &[u8]) -> Result<(), Refusal> {
        const WARNING: u8 = 1;
        const FATAL: u8 = 2;
        let &[level, number] = content else { return Err((&MALFORMED, Some(alert::DECODE_ERROR))) };
        match level {
            WARNING | FATAL if number == alert::CLOSE_NOTIFY => self.records.is_peer_closed = true,
            WARNING => return self.hear_warning(number),
            FATAL => return Err((alerted(number), None)),
            _ => return Err((alerted(number), Some(alert::ILLEGAL_PARAMETER))),
        }
        Ok(())
    }

    /// In TLS 1.3 only user_canceled is none that ends (RFC 8446 §6).
    fn hear_warning(&mut self, number: u8) -> Result<(), Refusal> {
        let is_tls13 = self.version() == Some(TLS_13);
        let warnings = self.controls.as_mut().map(|controls| &mut controls.warnings);
        let Some(left) = warnings.filter(|left| **left > 0) else { return Err((&MISBEHAVED, None)) };
        *left -= 1;
        if is_tls13 && number != alert::USER_CANCELED {
            return Err((alerted(number), Some(alert::DECODE_ERROR)));
        }
        Ok(())
    }

    /// No other message of a handshake may come. It is alone in its record, as keys change between records (RFC 8446 §5.1); one that is
    /// spread over several is refused, which no peer has a reason for.
    fn hear_key_update(&mut self, content: &[u8]) -> Result<(), Refusal> {
        let is_tls13 = self.version() == Some(TLS_13);
        let request = match content {
            [kind, ..] if *kind != KEY_UPDATE[0] || !is_tls13 => {
                return Err((&UNEXPECTED, Some(alert::UNEXPECTED_MESSAGE)));
            }
            [_, 0, 0, 1, request] => *request,
            [_, 0, 0, 1, _, _, ..] => return Err((&MISBEHAVED, Some(alert::UNEXPECTED_MESSAGE))),
            _ => return Err((&MALFORMED, Some(alert::DECODE_ERROR))),
        };
        let Some(controls) = self.controls.as_mut().filter(|controls| controls.updates > 0) else {
            return Err((&MISBEHAVED, None));
        };
        controls.updates -= 1;
        match request {
            0 => {}
            // Nothing follows a close_notify.
            1 => controls.update |= !self.is_closed,
            _ => return Err((&MALFORMED, Some(alert::ILLEGAL_PARAMETER))),
        }
        Ok(())
    }

    /// Ends the session; the alert follows nothing and nothing follows it, but none follows a close_notify.
    fn break_off(&mut self, fault: &'static Fault, alert: Option<u8>) -> Error {
        const FATAL: u8 = 2;
        let is_closed = self.is_closed;
        if let Some(controls) = &mut self.controls {
            controls.update = false;
            if let (Some(number), false) = (alert, is_closed) {
                controls.alert = Some([FATAL, number]);
            }
        }
        self.fail(fault.at(0))
    }

    /// Says close_notify, where the records are a kernel's.
    pub(super) fn close_in_kernel(&mut self) {
        if let Some(controls) = &mut self.controls {
            controls.alert = Some(CLOSE_NOTIFY);
        }
    }

    /// How many octets of control records wait for the kernel.
    pub fn waiting(&self) -> usize {
        self.controls.as_ref().map_or(0, |controls| {
            let update = if controls.update { KEY_UPDATE.len() } else { 0 };
            update + controls.alert.map_or(0, |alert| alert.len())
        })
    }

    /// The record that the kernel is to send next, before any application data that it was not given yet: a KeyUpdate must be (RFC 8446
    /// §4.6.3), and an alert is either that of a failure or a close_notify, which is asked for behind all data.
    pub fn control(&self) -> Option<Control> {
        let controls = self.controls.as_ref()?;
        if controls.update {
            return Some(Control::new(HANDSHAKE, &KEY_UPDATE));
        }
        controls.alert.map(|alert| Control::new(ALERT, &alert))
    }

    /// The kernel has sent that record; the keys to send with from now on, where they change.
    pub fn control_sent(&mut self) -> Result<Option<Keys>, Error> {
        let Some(controls) = &mut self.controls else { return Ok(None) };
        if !core::mem::take(&mut controls.update) {
            controls.alert = None;
            return Ok(None);
        }
        controls.sealed = 0;
        self.records.engine.next_to_send().map(Some).map_err(|error| self.fail(error))
    }

    /// What waits is given up.
    pub fn drop_controls(&mut self) {
        if let Some(controls) = &mut self.controls {
            (controls.update, controls.alert) = (false, None);
        }
    }
}
