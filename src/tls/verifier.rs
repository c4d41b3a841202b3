//! Certificate verification: exact roots first, then webpki or the platform (TLS-08).
//!
//! webpki looks for an issuer of a certificate, and does not accept an authority's certificate as a server's or
//! client's. A certificate from `openssl req -x509` is both. So a certificate that equals one of the given roots, octet
//! for octet, is trusted without a signature on it; equal names or keys are not enough. Its validity, purpose and, for
//! a server, its name are checked as usual, and so is the handshake signature, which proves possession of the key.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};

use super::certificate::{Purpose, check};

/// The certificates given as roots.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Roots(pub Arc<[CertificateDer<'static>]>);

impl Roots {
    fn contains(&self, certificate: &CertificateDer<'_>) -> bool {
        self.0.iter().any(|root| root.as_ref() == certificate.as_ref())
    }
}

/// Accepts the roots themselves; leaves every other certificate to `inner`.
#[derive(Debug)]
pub(super) struct CertificateVerifier<V: ?Sized> {
    pub roots: Roots,
    pub inner: Arc<V>,
}

/// Distinguishes an invalid handshake signature from one on a certificate. Both send the alert decrypt_error.
fn handshake_signature_error(error: Error) -> Error {
    match error {
        Error::InvalidCertificate(CertificateError::BadSignature) => {
            CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext {
                signature_algorithm_id: Vec::new(),
                public_key_algorithm_id: Vec::new(),
            }
            .into()
        }
        other => other,
    }
}

impl ServerCertVerifier for CertificateVerifier<dyn ServerCertVerifier> {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if !self.roots.contains(certificate) {
            return self.inner.verify_server_cert(certificate, intermediates, name, ocsp, now);
        }
        let parsed = ParsedCertificate::try_from(certificate)?;
        check(certificate, now, Purpose::Server)?;
        verify_server_name(&parsed, name)?;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, certificate, signature).map_err(handshake_signature_error)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, certificate, signature).map_err(handshake_signature_error)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }

    fn requires_raw_public_keys(&self) -> bool {
        self.inner.requires_raw_public_keys()
    }

    fn root_hint_subjects(&self) -> Option<&[DistinguishedName]> {
        self.inner.root_hint_subjects()
    }
}

impl ClientCertVerifier for CertificateVerifier<dyn ClientCertVerifier> {
    fn verify_client_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        if !self.roots.contains(certificate) {
            return self.inner.verify_client_cert(certificate, intermediates, now);
        }
        ParsedCertificate::try_from(certificate)?;
        check(certificate, now, Purpose::Client)?;
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, certificate, signature).map_err(handshake_signature_error)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, certificate, signature).map_err(handshake_signature_error)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }

    fn requires_raw_public_keys(&self) -> bool {
        self.inner.requires_raw_public_keys()
    }

    fn offer_client_auth(&self) -> bool {
        self.inner.offer_client_auth()
    }

    fn client_auth_mandatory(&self) -> bool {
        self.inner.client_auth_mandatory()
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.inner.root_hint_subjects()
    }
}
