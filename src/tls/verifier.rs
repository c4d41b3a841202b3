//! Judges of certificates: webpki or the platform, and beside them the certificates that are trusted themselves (TLS-08).
//!
//! webpki looks for an authority that signed a certificate, and takes no authority's certificate for a server's or a client's. One that
//! `openssl req -x509` makes is both. A certificate that is, octet for octet, one of the roots given is trusted without a signature on it:
//! whoever gave the root has vouched for this key. Equal names or keys are not enough. Its times, its purpose and, of a server, its name are
//! checked as those of any other, and so is the signature of the handshake, which proves that the peer has the key.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};

use super::certificate::{Purpose, check};

/// The certificates that were given as roots.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Roots(pub Arc<[CertificateDer<'static>]>);

impl Roots {
    fn contains(&self, certificate: &CertificateDer<'_>) -> bool {
        self.0.iter().any(|root| root.as_ref() == certificate.as_ref())
    }
}

/// Asks `others` about a certificate that is not among the roots.
#[derive(Debug)]
pub(super) struct CertificateVerifier<V: ?Sized> {
    pub roots: Roots,
    pub inner: Arc<V>,
}

/// A signature of the handshake that is not valid, told from one on a certificate. The alert for both is decrypt_error.
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
