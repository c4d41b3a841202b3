//! Pinned public keys: a certificate that the inner verifier accepts must also have one of them (TLS-09).
//!
//! A pin is the SHA-256 of the SubjectPublicKeyInfo of the server's own certificate, as in curl's `--pinnedpubkey` and RFC 7858 §4.2. It
//! outlives the certificate where that is renewed with the same key.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::crypto::hash::{Hash, HashAlgorithm};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, OtherError, SignatureScheme};

use super::certificate::public_key;
use super::not_pinned::NotPinned;
use super::options::Pin;
use super::refusal::{PROVIDER, Refusal, refuse};

/// Accepts what `inner` accepts, if the key is one of the pins.
#[derive(Debug)]
pub(super) struct Pinned {
    pins: Arc<[Pin]>,
    sha256: Sha256,
    inner: Arc<dyn ServerCertVerifier>,
}

#[derive(Clone, Copy)]
struct Sha256(&'static dyn Hash);

impl core::fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SHA-256")
    }
}

impl Pinned {
    pub fn new(pins: &[Pin], provider: &CryptoProvider, inner: Arc<dyn ServerCertVerifier>) -> Result<Self, Refusal> {
        let hashes =
            provider.cipher_suites.iter().filter_map(|suite| suite.tls13()).map(|suite| suite.common.hash_provider);
        let sha256 = hashes.into_iter().find(|hash| hash.algorithm() == HashAlgorithm::SHA256);
        Ok(Self { pins: pins.into(), sha256: Sha256(sha256.ok_or(refuse(&PROVIDER, 0))?), inner })
    }

    fn has(&self, certificate: &CertificateDer<'_>) -> Result<bool, Error> {
        let key = public_key(certificate).ok_or(CertificateError::BadEncoding)?;
        let hash = self.sha256.0.hash(key);
        Ok(self.pins.iter().any(|pin| pin == hash.as_ref()))
    }
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self.inner.verify_server_cert(certificate, intermediates, name, ocsp, now)?;
        let not_pinned = || CertificateError::Other(OtherError(Arc::new(NotPinned)));
        if self.has(certificate)? { Ok(verified) } else { Err(not_pinned().into()) }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, certificate, signature)
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
