//! The reasons for refusing a certificate, as distinct faults (TLS-08).

use core::ffi::CStr;

use rustls::CertificateError;

use crate::error::{Code, Fault};
use crate::tls::not_pinned::NotPinned;

const fn refused(reason: &'static CStr) -> Fault {
    Fault::new(Code::TlsVerify, 0, c"TLS-08", reason)
}

pub(super) static NO_CERTIFICATE: Fault = refused(c"the peer sent no certificate");
pub(super) static BAD_HANDSHAKE_SIGNATURE: Fault =
    refused(c"the peer's handshake signature does not match its certificate's key");

static MALFORMED: Fault = refused(c"the peer's certificate, or one of its chain, is malformed");
static OLD_VERSION: Fault = refused(c"the peer's certificate, or one of its chain, is not X.509 version 3");
static UNKNOWN_EXTENSION: Fault = refused(c"the peer's certificate has an unknown critical extension");
static EXPIRED: Fault = refused(c"the peer's certificate has expired");
static NOT_YET: Fault = refused(c"the peer's certificate is not valid yet");
static UNKNOWN_ISSUER: Fault = refused(c"the peer's certificate has an unknown issuer");
static OF_AUTHORITY: Fault = refused(c"the peer's certificate is an authority's, and not itself trusted");
static NOT_OF_AUTHORITY: Fault =
    refused(c"the peer's certificate was issued by a certificate that is not an authority's");
static CHAIN_LENGTH: Fault = refused(c"the chain of the peer's certificate is longer than an authority in it allows");
static CHAIN_NAMES: Fault =
    refused(c"the peer's certificate is for a name that an authority of its chain may not give");
static CHAIN_WORK: Fault = refused(c"the chain of the peer's certificate takes too long to check");
static OTHER_NAME: Fault = refused(c"the peer's certificate is for another name");
static OTHER_PURPOSE: Fault = refused(c"the peer's certificate is for another purpose");
static BAD_SIGNATURE: Fault = refused(c"the signature on the peer's certificate is not valid");
static UNKNOWN_SIGNATURE: Fault = refused(c"the peer's certificate is signed by an algorithm that is not supported");
static OTHER_SIGNATURE: Fault = refused(c"a signature's algorithm does not match its key");
static REVOKED: Fault = refused(c"the peer's certificate is revoked");
static REVOCATION_UNKNOWN: Fault = refused(c"it is not known whether the peer's certificate is revoked");
static REVOCATION_OLD: Fault = refused(c"the list of revoked certificates is out of date");
static BAD_STAPLE: Fault = refused(c"the peer's OCSP response is not valid");
static DISTRUSTED: Fault = refused(c"the platform distrusts the peer's certificate");
static NOT_PINNED: Fault =
    Fault::new(Code::TlsVerify, 0, c"TLS-09", c"the key of the peer's certificate is not among the pinned ones");
static OTHER: Fault = refused(c"the peer's certificate is not acceptable");

/// The fault of an error.
pub(super) fn of_certificate(error: &CertificateError) -> &'static Fault {
    use CertificateError as Kind;
    match error {
        Kind::Expired | Kind::ExpiredContext { .. } => &EXPIRED,
        Kind::NotValidYet | Kind::NotValidYetContext { .. } => &NOT_YET,
        Kind::UnknownIssuer => &UNKNOWN_ISSUER,
        Kind::NotValidForName | Kind::NotValidForNameContext { .. } => &OTHER_NAME,
        Kind::InvalidPurpose | Kind::InvalidPurposeContext { .. } => &OTHER_PURPOSE,
        Kind::BadEncoding => &MALFORMED,
        Kind::UnhandledCriticalExtension => &UNKNOWN_EXTENSION,
        Kind::ApplicationVerificationFailure => &DISTRUSTED,
        Kind::Other(other) => of_other(other),
        _ => of_signature(error),
    }
}

fn of_signature(error: &CertificateError) -> &'static Fault {
    use CertificateError as Kind;
    match error {
        Kind::BadSignature => &BAD_SIGNATURE,
        Kind::UnsupportedSignatureAlgorithmContext { .. } => &UNKNOWN_SIGNATURE,
        // How the verifier marks an invalid handshake signature.
        Kind::UnsupportedSignatureAlgorithmForPublicKeyContext { signature_algorithm_id: id, .. } if id.is_empty() => {
            &BAD_HANDSHAKE_SIGNATURE
        }
        Kind::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => &OTHER_SIGNATURE,
        Kind::Revoked => &REVOKED,
        Kind::UnknownRevocationStatus => &REVOCATION_UNKNOWN,
        Kind::ExpiredRevocationList | Kind::ExpiredRevocationListContext { .. } => &REVOCATION_OLD,
        Kind::InvalidOcspResponse => &BAD_STAPLE,
        _ => &OTHER,
    }
}

/// Errors that rustls does not name.
fn of_other(error: &rustls::OtherError) -> &'static Fault {
    match error.0.downcast_ref::<webpki::Error>() {
        Some(error) => of_webpki(error),
        None if error.0.is::<NotPinned>() => &NOT_PINNED,
        None => &OTHER,
    }
}

fn of_webpki(error: &webpki::Error) -> &'static Fault {
    use webpki::Error as Kind;
    match error {
        Kind::CaUsedAsEndEntity => &OF_AUTHORITY,
        Kind::EndEntityUsedAsCa => &NOT_OF_AUTHORITY,
        Kind::UnsupportedCertVersion => &OLD_VERSION,
        Kind::UnsupportedCriticalExtension => &UNKNOWN_EXTENSION,
        Kind::CertDistrusted => &DISTRUSTED,
        Kind::PathLenConstraintViolated => &CHAIN_LENGTH,
        Kind::NameConstraintViolation => &CHAIN_NAMES,
        Kind::MaximumPathDepthExceeded
        | Kind::MaximumPathBuildCallsExceeded
        | Kind::MaximumSignatureChecksExceeded
        | Kind::MaximumNameConstraintComparisonsExceeded => &CHAIN_WORK,
        // webpki's other errors are about the format.
        _ => &MALFORMED,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use rustls::{CertificateError as Kind, OtherError};

    use super::*;

    /// Including those that no other test causes.
    #[test]
    fn tls_08_reasons_are_distinct() {
        let signed_by = |id: &[u8]| Kind::UnsupportedSignatureAlgorithmForPublicKeyContext {
            signature_algorithm_id: id.to_vec(),
            public_key_algorithm_id: id.to_vec(),
        };
        let unsupported =
            Kind::UnsupportedSignatureAlgorithmContext { signature_algorithm_id: vec![], supported_algorithms: vec![] };
        let other = |error: webpki::Error| Kind::Other(OtherError(Arc::new(error)));
        let all = [
            Kind::Expired,
            Kind::NotValidYet,
            Kind::UnknownIssuer,
            Kind::NotValidForName,
            Kind::InvalidPurpose,
            Kind::BadEncoding,
            Kind::UnhandledCriticalExtension,
            Kind::ApplicationVerificationFailure,
            Kind::BadSignature,
            unsupported,
            signed_by(b""),
            signed_by(b"x"),
            Kind::Revoked,
            Kind::UnknownRevocationStatus,
            Kind::ExpiredRevocationList,
            Kind::InvalidOcspResponse,
            other(webpki::Error::CaUsedAsEndEntity),
            other(webpki::Error::EndEntityUsedAsCa),
            other(webpki::Error::UnsupportedCertVersion),
            other(webpki::Error::PathLenConstraintViolated),
            other(webpki::Error::NameConstraintViolation),
            other(webpki::Error::MaximumPathDepthExceeded),
            Kind::Other(OtherError(Arc::new(NotPinned))),
            Kind::Other(OtherError(Arc::new(std::fmt::Error))),
        ];
        let reasons: HashSet<_> = all.iter().map(|error| of_certificate(error).reason).collect();
        assert_eq!(reasons.len(), all.len());
        let same = [
            (webpki::Error::UnsupportedCriticalExtension, Kind::UnhandledCriticalExtension),
            (webpki::Error::CertDistrusted, Kind::ApplicationVerificationFailure),
            (webpki::Error::BadDer, Kind::BadEncoding),
        ];
        for (one, name) in same {
            assert_eq!(of_certificate(&other(one)), of_certificate(&name));
        }
    }
}
