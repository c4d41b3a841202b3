//! An authority, and a server and a client it issued certificates for.

use std::sync::{Arc, OnceLock};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig, SupportedProtocolVersion};

pub const HOST: &str = "example.com";

type Identity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

struct Authority {
    own: CertificateDer<'static>,
    server: Identity,
    client: Identity,
}

fn authority() -> &'static Authority {
    static AUTHORITY: OnceLock<Authority> = OnceLock::new();
    AUTHORITY.get_or_init(|| {
        let mut params = CertificateParams::new([]).unwrap();
        params.distinguished_name.push(DnType::CommonName, "the authority of the tests");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let identity = |names: &[&str]| {
            let key = KeyPair::generate().unwrap();
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            let leaf = CertificateParams::new(names).unwrap().signed_by(&key, &issuer).unwrap();
            (vec![leaf.der().clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
        };
        let own = issuer.der().clone();
        Authority { own, server: identity(&[HOST, "192.0.2.1"]), client: identity(&["client"]) }
    })
}

/// The certificate of the client.
pub fn client_certificate() -> &'static [u8] {
    &authority().client.0[0]
}

fn clone(identity: &Identity) -> Identity {
    (identity.0.clone(), identity.1.clone_key())
}

fn roots() -> Arc<RootCertStore> {
    let mut roots = RootCertStore::empty();
    roots.add(authority().own.clone()).unwrap();
    Arc::new(roots)
}

pub fn provider() -> Arc<CryptoProvider> {
    crate::tls::provider::provider(crate::tls::KeyExchange::PostQuantum)
}

/// A server that asks for a certificate if `asks`.
pub fn server_config(version: &'static SupportedProtocolVersion, asks: bool) -> ServerConfig {
    let builder = ServerConfig::builder_with_provider(provider()).with_protocol_versions(&[version]).unwrap();
    let builder = if asks {
        let verifier = WebPkiClientVerifier::builder_with_provider(roots(), provider()).build().unwrap();
        builder.with_client_cert_verifier(verifier)
    } else {
        builder.with_no_client_auth()
    };
    let (chain, key) = clone(&authority().server);
    builder.with_single_cert(chain, key).unwrap()
}

/// A client that shows a certificate if `shows`.
pub fn client_config(shows: bool) -> ClientConfig {
    let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().unwrap();
    let builder = builder.with_root_certificates(roots());
    match shows {
        true => {
            let (chain, key) = clone(&authority().client);
            builder.with_client_auth_cert(chain, key).unwrap()
        }
        false => builder.with_no_client_auth(),
    }
}

/// A client that trusts nobody.
pub fn untrusting_client_config() -> ClientConfig {
    let mut roots = RootCertStore::empty();
    let key = KeyPair::generate().unwrap();
    let other = CertificateParams::new([]).unwrap().self_signed(&key).unwrap();
    roots.add(other.der().clone()).unwrap();
    let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().unwrap();
    builder.with_root_certificates(roots).with_no_client_auth()
}
