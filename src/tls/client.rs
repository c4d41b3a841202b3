//! The client side of a config.

use std::sync::Arc;

use rustls::SupportedProtocolVersion;
use rustls::client::{ClientConfig, Resumption};
use rustls::crypto::CryptoProvider;
use rustls::sign::SingleCertAndKey;

use super::identity::Identity;
use super::key_log;
use super::options::{Certificate, Options, Version};
use super::provider::provider;
use super::refusal::{ALPN, ONE_CERTIFICATE, PROVIDER, Refusal, VERSIONS, refuse};
use super::trust;

/// The configuration of a client's handshakes. Sessions are not shared between configs: those of another trust must not
/// be resumed.
pub(super) fn client(options: &Options<'_>) -> Result<Arc<ClientConfig>, Refusal> {
    let provider = provider(options.key_exchange);
    let identity = identity(options.certificates, &provider)?;
    let verifier = trust::servers(options.trust, options.pins, &provider)?;
    let builder = ClientConfig::builder_with_provider(provider);
    let builder = builder.with_protocol_versions(versions(options)?).map_err(|_| refuse(&PROVIDER, 0))?;
    // rustls calls every custom verifier dangerous; this one wraps webpki or the platform.
    let builder = builder.dangerous().with_custom_certificate_verifier(verifier);
    let mut config = match identity {
        None => builder.with_no_client_auth(),
        Some(own) => builder.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(own.certified))),
    };
    config.alpn_protocols = alpn(options)?;
    if let Some(log) = &options.key_log {
        config.key_log = Arc::new(key_log::Lines(log.clone()));
    }
    config.resumption = resumption(options);
    Ok(Arc::new(config))
}

fn identity(certificates: &[Certificate<'_>], provider: &CryptoProvider) -> Result<Option<Identity>, Refusal> {
    match certificates {
        [] => Ok(None),
        [own] => Identity::new(own, provider).map(Some),
        _ => Err(refuse(&ONE_CERTIFICATE, 0)),
    }
}

fn resumption(options: &Options<'_>) -> Resumption {
    match (options.resumption, options.sessions_max) {
        (false, _) | (_, 0) => Resumption::disabled(),
        (true, most) => Resumption::in_memory_sessions(most),
    }
}

/// The versions from the oldest to the newest enabled.
pub(super) fn versions(options: &Options<'_>) -> Result<&'static [&'static SupportedProtocolVersion], Refusal> {
    use rustls::version::{TLS12, TLS13};
    static BOTH: [&SupportedProtocolVersion; 2] = [&TLS13, &TLS12];
    match (options.version_min, options.version_max) {
        (Version::Tls12, Version::Tls13) => Ok(&BOTH),
        (Version::Tls13, Version::Tls13) => Ok(&BOTH[..1]),
        (Version::Tls12, Version::Tls12) => Ok(&BOTH[1..]),
        (Version::Tls13, Version::Tls12) => Err(refuse(&VERSIONS, 0)),
    }
}

/// The names of RFC 7301 §3.1. If both sides have names but none in common, rustls sends alert 120.
pub(super) fn alpn(options: &Options<'_>) -> Result<Vec<Vec<u8>>, Refusal> {
    if options.alpn.iter().all(|name| (1..=255).contains(&name.len())) {
        Ok(options.alpn.iter().map(|name| name.to_vec()).collect())
    } else {
        Err(refuse(&ALPN, 0))
    }
}
