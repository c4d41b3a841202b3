//! Cipher suites that let a session choose the alert that ends it.
//!
//! rustls 0.23 sends alerts only for errors that it finds itself. When a session refuses a record by its header
//! (TLS-06), it gives rustls a *request* instead of the record: a record of a type that no peer can get past
//! [`super::record::extent`]. The decrypters of these suites answer a request with the error for which rustls sends the
//! wanted alert, and pass every other record to the provider's decrypter. Nothing else of a suite changes.

use std::sync::OnceLock;

use rustls::crypto::CipherSuiteCommon;
use rustls::crypto::cipher::{
    AeadKey, InboundOpaqueMessage, InboundPlainMessage, Iv, KeyBlockShape, MessageDecrypter, MessageEncrypter,
    Tls12AeadAlgorithm, Tls13AeadAlgorithm, UnsupportedOperationError,
};
use rustls::{
    ConnectionTrafficSecrets, ContentType, Error, InvalidMessage, PeerMisbehaved, SupportedCipherSuite,
    Tls12CipherSuite, Tls13CipherSuite,
};

/// Length of a request.
pub(super) const REQUEST: usize = 6;

/// A request: type 24 (heartbeat, RFC 6520), which neither side speaks, TLS 1.2, one octet, the alert.
pub(super) const fn request(alert: u8) -> [u8; REQUEST] {
    [24, 3, 3, 0, 1, alert]
}

/// The error for which rustls sends this alert.
fn error_for(alert: u8) -> Error {
    match alert {
        10 => PeerMisbehaved::IllegalMiddleboxChangeCipherSpec.into(),
        22 => Error::PeerSentOversizedRecord,
        _ => InvalidMessage::InvalidContentType.into(),
    }
}

/// These suites with a decrypter that handles requests. Made once per process, since rustls takes only static ones.
pub(super) fn suites(of: &[SupportedCipherSuite]) -> Vec<SupportedCipherSuite> {
    static MADE: OnceLock<Vec<SupportedCipherSuite>> = OnceLock::new();
    MADE.get_or_init(|| of.iter().map(suite).collect()).clone()
}

fn suite(of: &SupportedCipherSuite) -> SupportedCipherSuite {
    match of {
        SupportedCipherSuite::Tls12(of) => SupportedCipherSuite::Tls12(Box::leak(Box::new(Tls12CipherSuite {
            common: common(&of.common),
            prf_provider: of.prf_provider,
            kx: of.kx,
            sign: of.sign,
            aead_alg: Box::leak(Box::new(Cipher12(of.aead_alg))),
        }))),
        SupportedCipherSuite::Tls13(of) => SupportedCipherSuite::Tls13(Box::leak(Box::new(Tls13CipherSuite {
            common: common(&of.common),
            hkdf_provider: of.hkdf_provider,
            aead_alg: Box::leak(Box::new(Cipher13(of.aead_alg))),
            quic: None,
        }))),
    }
}

fn common(of: &CipherSuiteCommon) -> CipherSuiteCommon {
    CipherSuiteCommon {
        suite: of.suite,
        hash_provider: of.hash_provider,
        confidentiality_limit: of.confidentiality_limit,
    }
}

struct Cipher12(&'static dyn Tls12AeadAlgorithm);

impl Tls12AeadAlgorithm for Cipher12 {
    fn encrypter(&self, key: AeadKey, iv: &[u8], extra: &[u8]) -> Box<dyn MessageEncrypter> {
        self.0.encrypter(key, iv, extra)
    }

    fn decrypter(&self, key: AeadKey, iv: &[u8]) -> Box<dyn MessageDecrypter> {
        Box::new(Decrypter(self.0.decrypter(key, iv)))
    }

    fn key_block_shape(&self) -> KeyBlockShape {
        self.0.key_block_shape()
    }

    fn extract_keys(
        &self,
        key: AeadKey,
        iv: &[u8],
        explicit: &[u8],
    ) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        self.0.extract_keys(key, iv, explicit)
    }

    fn fips(&self) -> bool {
        self.0.fips()
    }
}

struct Cipher13(&'static dyn Tls13AeadAlgorithm);

impl Tls13AeadAlgorithm for Cipher13 {
    fn encrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageEncrypter> {
        self.0.encrypter(key, iv)
    }

    fn decrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageDecrypter> {
        Box::new(Decrypter(self.0.decrypter(key, iv)))
    }

    fn key_len(&self) -> usize {
        self.0.key_len()
    }

    fn extract_keys(&self, key: AeadKey, iv: Iv) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        self.0.extract_keys(key, iv)
    }

    fn fips(&self) -> bool {
        self.0.fips()
    }
}

struct Decrypter(Box<dyn MessageDecrypter>);

impl MessageDecrypter for Decrypter {
    fn decrypt<'a>(
        &mut self,
        record: InboundOpaqueMessage<'a>,
        sequence: u64,
    ) -> Result<InboundPlainMessage<'a>, Error> {
        if record.typ == ContentType::Heartbeat {
            return Err(error_for(record.payload.first().copied().unwrap_or_default()));
        }
        self.0.decrypt(record, sequence)
    }
}
