//! A client that trusts everything and records what it received.

use std::sync::{Arc, Mutex};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

use super::TlsConfig;
use super::handshake::with_client;
use crate::tls::{KeyExchange, provider};

/// What a server sent.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    pub certificate: Vec<u8>,
    pub ocsp: Vec<u8>,
}

#[derive(Debug)]
struct Witness {
    schemes: Vec<SignatureScheme>,
    shown: Mutex<Shown>,
}

/// What `server` sends to a client that requests `name` and verifies only `schemes`; without `sni` it sends no name.
pub fn shown(server: &TlsConfig, name: &'static str, sni: bool, schemes: &[SignatureScheme]) -> Result<Shown, Error> {
    let witness = Arc::new(Witness { schemes: schemes.to_vec(), shown: Mutex::default() });
    let builder = ClientConfig::builder_with_provider(provider::provider(KeyExchange::Classical));
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let mut client = builder.dangerous().with_custom_certificate_verifier(witness.clone()).with_no_client_auth();
    client.enable_sni = sni;
    let ended = with_client(server, Arc::new(client), name);
    ended.client_says?;
    ended.server_says?;
    Ok(witness.shown.lock().unwrap().clone())
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        ocsp: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        *self.shown.lock().unwrap() = Shown { certificate: end_entity.to_vec(), ocsp: ocsp.to_vec() };
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.schemes.clone()
    }
}
