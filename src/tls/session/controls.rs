//! The control messages of a session whose records are a kernel's: alerts, and changes of keys (RFC 8446 §4.6.3), which the kernel
//! neither makes nor follows by itself.
//!
//! It reads what the peer sent, says what that changes, and keeps what waits for the kernel. It derives no keys and does not end
//! the session: [`KernelSide`](super::kernel_side::KernelSide) does.

use super::alert;
use super::control::{ALERT, Control, HANDSHAKE};
use super::engine::faults::{MALFORMED, MISBEHAVED, UNEXPECTED, alerted};
use crate::error::Fault;

/// The message of type 24, of one octet: nothing is asked for in return.
const KEY_UPDATE: [u8; 5] = [24, 0, 0, 1, 0];
const CLOSE_NOTIFY: [u8; 2] = [1, alert::CLOSE_NOTIFY];

/// How many KeyUpdates and warnings the peer may send: as many as rustls lets it.
const UPDATES: u8 = 32;
const WARNINGS: u8 = 4;

/// Why a session ends, and the alert that tells the peer, if one is due.
pub(super) type Refusal = (&'static Fault, Option<u8>);

/// What a record of the peer's changes.
pub(super) enum Change {
    /// Nothing.
    None,
    /// The peer sends nothing more.
    PeerClosed,
    /// The peer's next record has new keys.
    Keys,
}

/// What waits for the kernel, and what was counted.
pub(super) struct Controls {
    /// A KeyUpdate of ours is due.
    update: bool,
    /// An alert of ours is due; nothing follows it.
    alert: Option<[u8; 2]>,
    /// How many KeyUpdates the peer may send yet without application data between.
    updates: u8,
    /// How many warnings the peer may send yet.
    warnings: u8,
    /// Records sealed with the present keys, at most.
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

    /// Takes the content of a record of the peer's, other than application data. `may_send`: this side has not sent close_notify.
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

    /// In TLS 1.3 only user_canceled is none that ends (RFC 8446 §6).
    fn recv_warning(&mut self, number: u8, is_tls13: bool) -> Result<(), Refusal> {
        self.warnings = self.warnings.checked_sub(1).ok_or((&MISBEHAVED, None))?;
        if is_tls13 && number != alert::USER_CANCELED {
            return Err((alerted(number), Some(alert::DECODE_ERROR)));
        }
        Ok(())
    }

    /// No other message of a handshake may come. It is alone in its record, as keys change between records (RFC 8446 §5.1); one that is
    /// spread over several is refused, which no peer has a reason for.
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

    /// The session has failed: nothing is due but `alert`.
    pub fn fail(&mut self, alert: Option<u8>) {
        const FATAL: u8 = 2;
        self.update = false;
        if let Some(number) = alert {
            self.alert = Some([FATAL, number]);
        }
    }

    /// A close_notify is due.
    pub fn close(&mut self) {
        self.alert = Some(CLOSE_NOTIFY);
    }

    /// How many octets wait for the kernel.
    pub fn waiting(&self) -> usize {
        let update = if self.update { KEY_UPDATE.len() } else { 0 };
        update + self.alert.map_or(0, |alert| alert.len())
    }

    /// The record that the kernel is to send next.
    pub fn next(&self) -> Option<Control> {
        if self.update {
            return Some(Control::new(HANDSHAKE, &KEY_UPDATE));
        }
        self.alert.map(|alert| Control::new(ALERT, &alert))
    }

    /// The kernel has sent that record; whether its keys to send with change behind it.
    pub fn sent(&mut self) -> bool {
        let is_update = core::mem::take(&mut self.update);
        if is_update {
            self.sealed = 0;
        } else {
            self.alert = None;
        }
        is_update
    }

    /// What waits is given up.
    pub fn clear(&mut self) {
        (self.update, self.alert) = (false, None);
    }
}
