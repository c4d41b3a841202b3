//! Mapping of rustls' errors to faults.

use core::ffi::CStr;

use rustls::Error as TlsError;

use super::verdicts::{BAD_HANDSHAKE_SIGNATURE, NO_CERTIFICATE, of_certificate};
use crate::error::{Code, Error, Fault};

const fn bad(code: Code, reason: &'static CStr) -> Fault {
    Fault::new(code, 0, c"", reason)
}

static BAD_NAME: Fault = bad(Code::Argument, c"the server name is not a host");
/// The authority has no host that a certificate could be for.
pub(super) const NAME: Error = BAD_NAME.at(0);
static CLOSED: Fault = bad(Code::State, c"TLS accepts no application data now");
/// Application data when it is not allowed.
pub(super) const NOT_OPEN: Error = CLOSED.at(0);
static USED_UP: Fault = bad(Code::Closing, c"the TLS keys have reached their encryption limit");
/// rustls encrypts nothing more.
pub(in crate::tls::session) const EXHAUSTED: Error = USED_UP.at(0);
static NO_KERNEL: Fault = bad(Code::TlsIncompatible, c"the TLS cipher is not supported for kernel offload");
/// No keys that a kernel could use.
pub(super) const UNKNOWN_CIPHER: Error = NO_KERNEL.at(0);
static EARLY_DATA: Fault = bad(Code::TlsHandshake, c"early data was sent without a request for it");
/// A state that rustls has with early data only.
pub(super) const EARLY: Error = EARLY_DATA.at(0);

pub(in crate::tls::session) static MALFORMED: Fault = bad(Code::TlsHandshake, c"a TLS message is malformed");
pub(in crate::tls::session) static UNEXPECTED: Fault = bad(Code::TlsHandshake, c"an unexpected TLS message");
pub(in crate::tls::session) static MISBEHAVED: Fault = bad(Code::TlsHandshake, c"the peer violated the TLS protocol");
static INCOMPATIBLE: Fault = bad(Code::TlsIncompatible, c"no TLS version or parameter in common with the peer");
static NO_PROTOCOL: Fault = Fault::new(Code::TlsAlpn, 0, c"TLS-02", c"no application protocol in common");
static OTHER_PROTOCOL: Fault =
    Fault::new(Code::TlsAlpn, 0, c"TLS-02", c"the server chose an application protocol that was not offered");
pub(in crate::tls::session) static NOT_DECRYPTED: Fault = bad(Code::TlsDecrypt, c"a TLS record does not decrypt");
pub(in crate::tls::session) static LONG_RECORD: Fault =
    Fault::new(Code::TlsRecord, 0, c"TLS-06", c"the content of a TLS record is longer than allowed");
static NO_RANDOM: Fault = bad(Code::Entropy, c"the random source failed");
static FAILED: Fault = bad(Code::TlsHandshake, c"TLS failed with an internal error");

/// The fault of an error.
#[cold]
pub(super) fn fault(error: &TlsError) -> &'static Fault {
    use rustls::PeerMisbehaved::{SelectedUnofferedApplicationProtocol, SignedKxWithWrongAlgorithm};
    match error {
        TlsError::AlertReceived(alert) => alerted((*alert).into()),
        TlsError::InvalidCertificate(error) => of_certificate(error),
        TlsError::NoCertificatesPresented => &NO_CERTIFICATE,
        TlsError::NoApplicationProtocol => &NO_PROTOCOL,
        TlsError::PeerMisbehaved(SelectedUnofferedApplicationProtocol) => &OTHER_PROTOCOL,
        TlsError::PeerMisbehaved(SignedKxWithWrongAlgorithm) => &BAD_HANDSHAKE_SIGNATURE,
        TlsError::PeerMisbehaved(_) | TlsError::InvalidEncryptedClientHello(_) => &MISBEHAVED,
        _ => of_message(error),
    }
}

/// Errors of a message, or of our side.
fn of_message(error: &TlsError) -> &'static Fault {
    match error {
        TlsError::PeerIncompatible(_) => &INCOMPATIBLE,
        TlsError::DecryptError => &NOT_DECRYPTED,
        TlsError::PeerSentOversizedRecord => &LONG_RECORD,
        TlsError::InvalidMessage(_) => &MALFORMED,
        TlsError::InappropriateMessage { .. } | TlsError::InappropriateHandshakeMessage { .. } => &UNEXPECTED,
        TlsError::FailedToGetRandomBytes => &NO_RANDOM,
        _ => &FAILED,
    }
}

/// The fault of an alert the peer sent (RFC 8446 §6.2).
pub(in crate::tls::session) fn alerted(number: u8) -> &'static Fault {
    ALERTS.iter().find(|known| known.0 == number).map_or(&OTHER_ALERT, |known| &known.1)
}

const fn alert(number: u8, reason: &'static CStr) -> (u8, Fault) {
    (number, bad(Code::TlsAlert, reason))
}

static OTHER_ALERT: Fault = bad(Code::TlsAlert, c"the peer sent an alert");
static ALERTS: [(u8, Fault); 21] = [
    alert(10, c"the peer sent the alert unexpected_message (10)"),
    alert(20, c"the peer sent the alert bad_record_mac (20)"),
    alert(22, c"the peer sent the alert record_overflow (22)"),
    alert(40, c"the peer sent the alert handshake_failure (40)"),
    alert(42, c"the peer sent the alert bad_certificate (42)"),
    alert(43, c"the peer sent the alert unsupported_certificate (43)"),
    alert(44, c"the peer sent the alert certificate_revoked (44)"),
    alert(45, c"the peer sent the alert certificate_expired (45)"),
    alert(46, c"the peer sent the alert certificate_unknown (46)"),
    alert(47, c"the peer sent the alert illegal_parameter (47)"),
    alert(48, c"the peer sent the alert unknown_ca (48)"),
    alert(49, c"the peer sent the alert access_denied (49)"),
    alert(50, c"the peer sent the alert decode_error (50)"),
    alert(51, c"the peer sent the alert decrypt_error (51)"),
    alert(70, c"the peer sent the alert protocol_version (70)"),
    alert(71, c"the peer sent the alert insufficient_security (71)"),
    alert(80, c"the peer sent the alert internal_error (80)"),
    alert(109, c"the peer sent the alert missing_extension (109)"),
    alert(112, c"the peer sent the alert unrecognized_name (112)"),
    alert(116, c"the peer sent the alert certificate_required (116)"),
    (120, Fault::new(Code::TlsAlpn, 0, c"TLS-02", c"the peer sent the alert no_application_protocol (120)")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::AlertDescription;

    #[test]
    fn tls_02_no_overlap_is_a_fault_of_its_own() {
        assert_eq!(alerted(AlertDescription::NoApplicationProtocol.into()).code, Code::TlsAlpn);
        assert_eq!(fault(&TlsError::NoApplicationProtocol).code, Code::TlsAlpn);
        assert_eq!(alerted(AlertDescription::UnknownCA.into()).reason, c"the peer sent the alert unknown_ca (48)");
        assert_eq!(alerted(255), &OTHER_ALERT);
    }
}
