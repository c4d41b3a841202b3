//! The alert for an error of the peer (RFC 8446 §6.2), where rustls sends none itself.

use super::engine::faults::{MALFORMED, MISBEHAVED, UNEXPECTED};
use crate::error::{Code, Fault};
use crate::tls::record::NOT_TLS;

pub(super) const CLOSE_NOTIFY: u8 = 0;
pub(super) const UNEXPECTED_MESSAGE: u8 = 10;
pub(super) const BAD_RECORD_MAC: u8 = 20;
pub(super) const RECORD_OVERFLOW: u8 = 22;
pub(super) const ILLEGAL_PARAMETER: u8 = 47;
pub(super) const DECODE_ERROR: u8 = 50;
pub(super) const USER_CANCELED: u8 = 90;

/// The alert for a fault of the peer's records or messages. `None`: the fault is an alert from the peer, is ours, or is
/// plaintext HTTP, which gets an HTTP response.
pub(super) fn of(fault: &'static Fault) -> Option<u8> {
    match fault.code {
        Code::TlsRecord if fault == &NOT_TLS => Some(DECODE_ERROR),
        Code::TlsRecord => Some(RECORD_OVERFLOW),
        // No alert means that a message exceeds our limit.
        Code::TooLarge => Some(DECODE_ERROR),
        Code::TlsHandshake if fault == &MALFORMED => Some(DECODE_ERROR),
        Code::TlsHandshake if fault == &MISBEHAVED || fault == &UNEXPECTED => Some(UNEXPECTED_MESSAGE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::engine::faults::{LONG_RECORD, alerted};
    use super::*;

    #[test]
    fn tls_06_tls_07_an_alert_for_every_fault_of_the_peers() {
        assert_eq!(of(&LONG_RECORD), Some(RECORD_OVERFLOW));
        assert_eq!(of(&NOT_TLS), Some(DECODE_ERROR));
        assert_eq!(of(&MALFORMED), Some(DECODE_ERROR));
        assert_eq!(of(&MISBEHAVED), Some(UNEXPECTED_MESSAGE));
        assert_eq!(of(&UNEXPECTED), Some(UNEXPECTED_MESSAGE));
        assert_eq!(of(alerted(50)), None, "an alert is not answered");
        static OURS: Fault = Fault::new(Code::TlsHandshake, 0, c"", c"a fault of this side");
        assert_eq!(of(&OURS), None);
    }
}
