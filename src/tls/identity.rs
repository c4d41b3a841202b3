//! One's own certificate with its key, and the names it serves.

use rustls::InconsistentKeys;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::SectionKind;
use rustls::pki_types::{CertificateDer, DnsName, PrivateKeyDer};
use rustls::sign::CertifiedKey;

use super::ocsp;
use super::options::Certificate;
use super::pem::{labelled, sections};
use super::refusal::{CHAIN_DER, CHAIN_EMPTY, CHAIN_PEM, NAME, Refusal, refuse};
use super::refusal::{KEY_EMPTY, KEY_ENCRYPTED, KEY_OTHER, KEY_PEM, KEY_TYPE};

/// A certificate for the peer, and its names.
#[derive(Debug)]
pub(super) struct Identity {
    pub certified: CertifiedKey,
    /// In lower case; a wildcard as `*.rest`.
    pub names: Vec<String>,
}

impl Identity {
    pub fn new(from: &Certificate<'_>, provider: &CryptoProvider) -> Result<Self, Refusal> {
        let chain = chain(from.chain)?;
        let names = if from.names.is_empty() { certificate_names(&chain[0])? } else { configured_names(from.names)? };
        let mut certified = certified(chain, key(from.key)?, provider)?;
        if !from.ocsp.is_empty() {
            ocsp::check(from.ocsp)?;
            certified.ocsp = Some(from.ocsp.to_vec());
        }
        Ok(Self { certified, names })
    }
}

/// The certificates of PEM, at least one.
fn chain(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Refusal> {
    let mut chain = Vec::new();
    for section in sections(pem) {
        let section = section.map_err(|offset| refuse(&CHAIN_PEM, offset))?;
        if section.kind == SectionKind::Certificate {
            chain.push(CertificateDer::from(section.der));
        }
    }
    if chain.is_empty() { Err(refuse(&CHAIN_EMPTY, 0)) } else { Ok(chain) }
}

/// The first private key in PEM; the file may contain the chain too.
fn key(pem: &[u8]) -> Result<PrivateKeyDer<'static>, Refusal> {
    for section in sections(pem) {
        let section = section.map_err(|offset| malformed_key(pem, offset))?;
        match section.kind {
            SectionKind::PrivateKey => return Ok(PrivateKeyDer::Pkcs8(section.der.into())),
            SectionKind::EcPrivateKey => return Ok(PrivateKeyDer::Sec1(section.der.into())),
            SectionKind::RsaPrivateKey => return Ok(PrivateKeyDer::Pkcs1(section.der.into())),
            _ => {}
        }
    }
    Err(labelled(pem, b"ENCRYPTED").map_or(refuse(&KEY_EMPTY, 0), |offset| refuse(&KEY_ENCRYPTED, offset)))
}

/// A key in the older encrypted format has the label of an unencrypted one and header lines, which are not base64 (RFC
/// 1421 §4.6.1.1).
fn malformed_key(pem: &[u8], offset: usize) -> Refusal {
    const ENCRYPTED: &[u8] = b"Proc-Type: 4,ENCRYPTED";
    let second_line = pem[offset..].split(|&octet| octet == b'\n').nth(1).unwrap_or_default();
    refuse(if second_line.starts_with(ENCRYPTED) { &KEY_ENCRYPTED } else { &KEY_PEM }, offset)
}

fn certified(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    provider: &CryptoProvider,
) -> Result<CertifiedKey, Refusal> {
    CertifiedKey::from_der(chain, key, provider).map_err(|error| match error {
        rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => refuse(&KEY_OTHER, 0),
        // The certificate was parsed before, for its names or for the comparison.
        rustls::Error::InvalidCertificate(_) => refuse(&CHAIN_DER, 0),
        _ => refuse(&KEY_TYPE, 0),
    })
}

/// The DNS names of subjectAltName (RFC 6125 §6.4). A certificate for addresses only has none: SNI cannot name an
/// address.
fn certificate_names(der: &CertificateDer<'_>) -> Result<Vec<String>, Refusal> {
    let parsed = webpki::EndEntityCert::try_from(der).map_err(|_| refuse(&CHAIN_DER, 0))?;
    Ok(parsed.valid_dns_names().map(str::to_ascii_lowercase).collect())
}

fn configured_names(names: &[&str]) -> Result<Vec<String>, Refusal> {
    let check = |name: &&str| {
        let host = name.strip_prefix("*.").unwrap_or(name);
        let is_host = DnsName::try_from(host).is_ok() && !host.ends_with('.');
        if is_host { Ok(name.to_ascii_lowercase()) } else { Err(refuse(&NAME, 0)) }
    };
    names.iter().map(check).collect()
}
