//! Whom one believes: roots from PEM, or the platform's.

use std::sync::Arc;

use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::SectionKind;
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;

use super::options::{ClientAuth, Trust};
use super::pem::sections;
use super::refusal::{PROVIDER, Refusal, TRUST_DER, TRUST_EMPTY, TRUST_PEM, refuse};

/// The certificates of PEM, at least one, all of which can be roots.
#[derive(Debug, PartialEq)]
struct Roots(Vec<CertificateDer<'static>>);

impl Roots {
    fn new(pem: &[u8]) -> Result<(Self, Arc<RootCertStore>), Refusal> {
        let mut store = RootCertStore::empty();
        let mut roots = Vec::new();
        for section in sections(pem) {
            let section = section.map_err(|offset| refuse(&TRUST_PEM, offset))?;
            if section.kind == SectionKind::Certificate {
                let der = CertificateDer::from(section.der);
                store.add(der.clone()).map_err(|_| refuse(&TRUST_DER, section.offset))?;
                roots.push(der);
            }
        }
        if roots.is_empty() { Err(refuse(&TRUST_EMPTY, 0)) } else { Ok((Self(roots), Arc::new(store))) }
    }
}

/// What a server demands of its clients. Two that are equal admit the same ones, so that a session of one may be resumed under
/// the other: a resumed client is not asked again.
#[derive(Debug, PartialEq)]
pub(super) struct Clients {
    required: bool,
    roots: Option<Roots>,
}

impl Clients {
    pub fn new(
        auth: ClientAuth<'_>,
        provider: &Arc<CryptoProvider>,
    ) -> Result<(Self, Arc<dyn ClientCertVerifier>), Refusal> {
        let (pem, required) = match auth {
            ClientAuth::None => {
                return Ok((Self { required: false, roots: None }, WebPkiClientVerifier::no_client_auth()));
            }
            ClientAuth::Optional(pem) => (pem, false),
            ClientAuth::Required(pem) => (pem, true),
        };
        let (roots, store) = Roots::new(pem)?;
        let builder = WebPkiClientVerifier::builder_with_provider(store, provider.clone());
        let builder = if required { builder } else { builder.allow_unauthenticated() };
        let verifier = builder.build().map_err(|_| refuse(&PROVIDER, 0))?;
        Ok((Self { required, roots: Some(roots) }, verifier))
    }
}

/// The judge of a server's certificate.
pub(super) fn servers(
    trust: Trust<'_>,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Refusal> {
    match trust {
        Trust::Platform => platform(provider),
        Trust::Roots(pem) => {
            let (_, store) = Roots::new(pem)?;
            let builder = WebPkiServerVerifier::builder_with_provider(store, provider.clone());
            Ok(builder.build().map_err(|_| refuse(&PROVIDER, 0))?)
        }
    }
}

#[cfg(feature = "tls-platform")]
fn platform(provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, Refusal> {
    let verifier = rustls_platform_verifier::Verifier::new(provider.clone());
    Ok(Arc::new(verifier.map_err(|_| refuse(&super::refusal::PLATFORM, 0))?))
}

#[cfg(not(feature = "tls-platform"))]
fn platform(_: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, Refusal> {
    Err(refuse(&super::refusal::NO_PLATFORM, 0))
}
