//! Trust: roots from PEM, or the platform's.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::SectionKind;
use rustls::pki_types::{CertificateDer, Der, TrustAnchor};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::{DistinguishedName, RootCertStore};

use super::anyone::Anyone;
use super::certificate::is_issuer;
use super::options::{ClientAuth, Pin, Trust};
use super::pem::sections;
use super::pinned::Pinned;
use super::refusal::{PROVIDER, Refusal, TRUST_DER, TRUST_EMPTY, TRUST_PEM, refuse};
use super::verifier::{CertificateVerifier, Roots};

/// The parsed roots.
struct TrustedRoots {
    roots: Roots,
    /// The roots that may be issuers.
    issuers: Arc<RootCertStore>,
    /// The names of all.
    names: Vec<DistinguishedName>,
}

/// The certificates of PEM: at least one, each usable as a root.
fn parse_roots(pem: &[u8]) -> Result<TrustedRoots, Refusal> {
    let (mut issuers, mut all) = (RootCertStore::empty(), RootCertStore::empty());
    let mut roots = Vec::new();
    for section in sections(pem) {
        let section = section.map_err(|offset| refuse(&TRUST_PEM, offset))?;
        if section.kind == SectionKind::Certificate {
            let der = CertificateDer::from(section.der);
            let no_root = || refuse(&TRUST_DER, section.offset);
            all.add(der.clone()).map_err(|_| no_root())?;
            if is_issuer(&der).ok_or_else(no_root)? {
                issuers.roots.extend(all.roots.last().cloned());
            }
            roots.push(der);
        }
    }
    if roots.is_empty() {
        return Err(refuse(&TRUST_EMPTY, 0));
    }
    if issuers.is_empty() {
        issuers.roots.push(NOBODY);
    }
    Ok(TrustedRoots { roots: Roots(roots.into()), issuers: Arc::new(issuers), names: all.subjects() })
}

/// rustls makes no verifier without a root. This one has no name and no key, so it has issued nothing.
const NOBODY: TrustAnchor<'static> = TrustAnchor {
    subject: Der::from_slice(b"\xff"),
    subject_public_key_info: Der::from_slice(b""),
    name_constraints: None,
};

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
        let TrustedRoots { roots, issuers, names } = parse_roots(pem)?;
        let builder = WebPkiClientVerifier::builder_with_provider(issuers, provider.clone());
        let builder = builder.clear_root_hint_subjects().add_root_hint_subjects(names);
        let builder = if required { builder } else { builder.allow_unauthenticated() };
        let inner = builder.build().map_err(|_| refuse(&PROVIDER, 0))?;
        let verifier: Arc<CertificateVerifier<dyn ClientCertVerifier>> =
            Arc::new(CertificateVerifier { roots: roots.clone(), inner });
        Ok((Self { required, roots: Some(roots) }, verifier))
    }
}

/// The verifier of a server's certificate.
pub(super) fn servers(
    trust: Trust<'_>,
    pins: &[Pin],
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Refusal> {
    let (roots, inner): (_, Arc<dyn ServerCertVerifier>) = match trust {
        Trust::Platform => (Roots::default(), platform(provider)?),
        Trust::Roots(pem) => {
            let TrustedRoots { roots, issuers, .. } = parse_roots(pem)?;
            (roots, webpki(issuers, provider)?)
        }
        Trust::Anyone => {
            let mut nobody = RootCertStore::empty();
            nobody.roots.push(NOBODY);
            (Roots::default(), Arc::new(Anyone { inner: webpki(Arc::new(nobody), provider)? }))
        }
    };
    let verifier: Arc<CertificateVerifier<dyn ServerCertVerifier>> = Arc::new(CertificateVerifier { roots, inner });
    if pins.is_empty() { Ok(verifier) } else { Ok(Arc::new(Pinned::new(pins, provider, verifier)?)) }
}

fn webpki(issuers: Arc<RootCertStore>, provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, Refusal> {
    let builder = WebPkiServerVerifier::builder_with_provider(issuers, provider.clone());
    Ok(builder.build().map_err(|_| refuse(&PROVIDER, 0))?)
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
