//! Errors of config material.

use core::fmt;

use crate::error::{Code, Error, Fault};

/// Invalid material: the error, and the certificate it is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Refusal {
    /// The fault, and the offset in the PEM or DER, if any. Codes: `Argument` (contradictory options),
    /// `TlsCertificate`, `TlsKey`, `TlsTrust`, `Entropy`.
    pub error: Error,
    /// Index of one's own certificate; 0 if the error is about none.
    pub certificate: usize,
}

impl Refusal {
    /// The same error for certificate `index`.
    pub(super) const fn of(self, index: usize) -> Self {
        Self { certificate: index, ..self }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self { error, certificate: 0 }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "certificate {}: {}", self.certificate, self.error)
    }
}

impl core::error::Error for Refusal {}

/// The refusal of `fault` at `offset`.
pub(super) fn refuse(fault: &'static Fault, offset: usize) -> Refusal {
    fault.at(offset as u64).into()
}

const fn fault(code: Code, reason: &'static core::ffi::CStr) -> Fault {
    Fault::new(code, 0, c"", reason)
}

pub(super) static ROLE: Fault = fault(Code::Argument, c"a config cannot change its role");
pub(super) static VERSIONS: Fault = fault(Code::Argument, c"the oldest TLS version is newer than the newest");
pub(super) static ALPN: Fault = fault(Code::Argument, c"an ALPN name has 1 to 255 octets");
pub(super) static ONE_CERTIFICATE: Fault = fault(Code::Argument, c"a client has at most one certificate");

pub(super) static NO_CERTIFICATE: Fault = fault(Code::TlsCertificate, c"a server needs a certificate");
pub(super) static CHAIN_PEM: Fault = fault(Code::TlsCertificate, c"the certificate chain is not well-formed PEM");
pub(super) static CHAIN_EMPTY: Fault = fault(Code::TlsCertificate, c"there is no certificate in the chain");
pub(super) static CHAIN_DER: Fault =
    fault(Code::TlsCertificate, c"the certificate is not X.509 version 3, or has a critical extension that is unknown");
pub(super) static NAME: Fault = fault(Code::TlsCertificate, c"a name of the certificate is not a host name or *.host");
pub(super) static STAPLE: Fault = fault(Code::TlsCertificate, c"the staple is not a successful OCSP response in DER");

pub(super) static KEY_PEM: Fault = fault(Code::TlsKey, c"the private key is not well-formed PEM");
pub(super) static KEY_EMPTY: Fault = fault(Code::TlsKey, c"there is no private key");
pub(super) static KEY_ENCRYPTED: Fault = fault(Code::TlsKey, c"the private key is encrypted");
pub(super) static KEY_TYPE: Fault =
    fault(Code::TlsKey, c"the private key is not RSA, ECDSA or Ed25519 of a supported size");
pub(super) static KEY_OTHER: Fault = fault(Code::TlsKey, c"the private key belongs to another certificate");

pub(super) static TRUST_PEM: Fault = fault(Code::TlsTrust, c"the certificates to trust are not well-formed PEM");
pub(super) static TRUST_EMPTY: Fault = fault(Code::TlsTrust, c"there is no certificate to trust");
pub(super) static TRUST_DER: Fault = fault(Code::TlsTrust, c"a certificate to trust is not a certificate");
#[cfg(feature = "tls-platform")]
pub(super) static PLATFORM: Fault = fault(Code::TlsTrust, c"the platform has no certificates to trust");
#[cfg(not(feature = "tls-platform"))]
pub(super) static NO_PLATFORM: Fault = fault(Code::Unsupported, c"the platform's trust is not built in: give roots");

pub(super) static ENTROPY: Fault = fault(Code::Entropy, c"the system gave no unpredictable octets for ticket keys");
/// Errors of rustls' builders, which our arguments never cause.
pub(super) static PROVIDER: Fault = fault(Code::Unsupported, c"the provider cannot do TLS of these versions");
