//! The control messages of an offloaded session: alerts and key updates (RFC 8446 §4.6.3), which the kernel neither
//! creates nor processes.
//!
//! It parses the peer's messages, reports what they change, and queues ours. It neither derives keys nor ends the
//! session: [`KernelSide`](super::kernel_side::KernelSide) does.

use super::alert;
use super::control::{ALERT, Control, HANDSHAKE};
use super::engine::faults::{MALFORMED, MISBEHAVED, UNEXPECTED, alerted};
use crate::error::Fault;

/// Message type 24 with one octet: no update requested in return.
const KEY_UPDATE: [u8; 5] = [24, 0, 0, 1, 0];
const CLOSE_NOTIFY: [u8; 2] = [1, alert::CLOSE_NOTIFY];

/// Maximum number of KeyUpdates and warnings from the peer, as in rustls.
const UPDATES: u8 = 32;
const WARNINGS: u8 = 4;

/// The fault that ends a session, and the alert for the peer, if any.
pub(super) type Refusal = (&'static Fault, Option<u8>);

/// The effect of a record from the peer.
pub(super) enum Change {
    /// No effect.
    None,
    /// The peer closed its side.
    PeerClosed,
    /// The peer's next record has new keys.
    Keys,
}

/// Queued control messages, and counters.
pub(super) struct Controls {
    /// A KeyUpdate is queued.
    update: bool,
    /// A queued alert; nothing follows it.
    alert: Option<[u8; 2]>,
    /// How many more KeyUpdates the peer may send without application data in between.
    updates: u8,
    /// How many more warnings the peer may send.
    warnings: u8,
    /// Upper bound of records sealed with the current keys.
    sealed: u64,
}

impl Controls {
    pub fn new() -> Self {
        Self { update: false, alert: None, updates: UPDATES, warnings: WARNINGS, sealed: 0 }
    }

    /// The kernel has received application data.
    pub fn note_received(&mut self) {
        self.updates = UPDATES;
    }

    /// The kernel accepted this many octets of application data in one call. Returns whether its keys must change
    /// before they seal more than allowed.
    pub fn note_sent(&mut self, octets: usize) -> bool {
        /// Half of rustls' limit: a kernel may end a record before it is full.
        const SEALED_MAX: u64 = 1 << 23;
        const RECORD: usize = 16 << 10;
        self.sealed += octets.div_ceil(RECORD) as u64;
        let is_enough = self.sealed >= SEALED_MAX;
        if is_enough {
            self.sealed = 0;
        }
        is_enough
    }

    /// Queues a KeyUpdate.
    pub fn change_keys(&mut self) {
        self.update = true;
    }

    /// Processes a record from the peer other than application data. `may_send`: we have not sent close_notify.
    pub fn recv(&mut self, kind: u8, content: &[u8], is_tls13: bool, may_send: bool) -> Result<Change, Refusal> {
        match kind {
            ALERT => self.recv_alert(content, is_tls13),
            HANDSHAKE => self.recv_key_update(content, is_tls13, may_send).map(|()| Change::Keys),
            _ => Err((&UNEXPECTED, Some(alert::UNEXPECTED_MESSAGE))),
        }
    }

    fn recv_alert(&mut self, content: &[u8], is_tls13: bool) -> Result<Change, Refusal> {
        const WARNING: u8 = 1;
        const FATAL: u8 = 2;
        let &[level, number] = content else { return Err((&MALFORMED, Some(alert::DECODE_ERROR))) };
        match level {
            WARNING | FATAL if number == alert::CLOSE_NOTIFY => Ok(Change::PeerClosed),
            WARNING => self.recv_warning(number, is_tls13).map(|()| Change::None),
            FATAL => Err((alerted(number), None)),
            _ => Err((alerted(number), Some(alert::ILLEGAL_PARAMETER))),
        }
    }

    /// In TLS 1.3 only user_canceled does not end the session (RFC 8446 §6).
    fn recv_warning(&mut self, number: u8, is_tls13: bool) -> Result<(), Refusal> {
        self.warnings = self.warnings.checked_sub(1).ok_or((&MISBEHAVED, None))?;
        if is_tls13 && number != alert::USER_CANCELED {
            return Err((alerted(number), Some(alert::DECODE_ERROR)));
        }
        Ok(())
    }

    /// No other handshake message is allowed. It must be alone in its record, since keys change between records (RFC
    /// 8446 §5.1). One split over several records is refused; no peer has a reason for that.
    fn recv_key_update(&mut self, content: &[u8], is_tls13: bool, may_send: bool) -> Result<(), Refusal> {
        let request = match content {
            [kind, ..] if *kind != KEY_UPDATE[0] || !is_tls13 => {
                return Err((&UNEXPECTED, Some(alert::UNEXPECTED_MESSAGE)));
            }
            [_, 0, 0, 1, request] => *request,
            [_, 0, 0, 1, _, _, ..] => return Err((&MISBEHAVED, Some(alert::UNEXPECTED_MESSAGE))),
            _ => return Err((&MALFORMED, Some(alert::DECODE_ERROR))),
        };
        self.updates = self.updates.checked_sub(1).ok_or((&MISBEHAVED, None))?;
        match request {
            0 => {}
            // Nothing follows a close_notify.
            1 => self.update |= may_send,
            _ => return Err((&MALFORMED, Some(alert::ILLEGAL_PARAMETER))),
        }
        Ok(())
    }

    /// The session failed: only `alert` stays queued.
    pub fn fail(&mut self, alert: Option<u8>) {
        const FATAL: u8 = 2;
        self.update = false;
        if let Some(number) = alert {
            self.alert = Some([FATAL, number]);
        }
    }

    /// Queues a close_notify.
    pub fn close(&mut self) {
        self.alert = Some(CLOSE_NOTIFY);
    }

    /// Octets queued for the kernel.
    pub fn waiting(&self) -> usize {
        let update = if self.update { KEY_UPDATE.len() } else { 0 };
        update + self.alert.map_or(0, |alert| alert.len())
    }

    /// The next record for the kernel to send.
    pub fn next(&self) -> Option<Control> {
        if self.update {
            return Some(Control::new(HANDSHAKE, &KEY_UPDATE));
        }
        self.alert.map(|alert| Control::new(ALERT, &alert))
    }

    /// The kernel sent that record. Returns whether its send keys change now.
    pub fn sent(&mut self) -> bool {
        let is_update = core::mem::take(&mut self.update);
        if is_update {
            self.sealed = 0;
        } else {
            self.alert = None;
        }
        is_update
    }

    /// Discards the queue.
    pub fn clear(&mut self) {
        (self.update, self.alert) = (false, None);
    }
}
