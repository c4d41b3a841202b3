//! Servers that show what they are told to, and clients that believe them or say why not.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, SigningKey};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, ServerConfig};

use super::rig::{HOST, Ours, carry, provider};
use crate::error::Code;
use crate::tls::{Options, Role, TlsConfig, Trust, Version};

pub const VERSIONS: [Version; 2] = [Version::Tls12, Version::Tls13];

/// A certificate, and the key that handshakes are signed with.
pub struct Shown {
    pub chain: Vec<CertificateDer<'static>>,
    pub pem: String,
    pub key: KeyPair,
}

pub fn params(names: &[&str]) -> CertificateParams {
    let mut params = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap();
    params.distinguished_name.push(DnType::CommonName, "the one subject");
    params
}

pub fn authority() -> CertificateParams {
    let mut params = params(&[]);
    params.distinguished_name.push(DnType::CommonName, "an authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

pub fn key() -> KeyPair {
    KeyPair::generate().unwrap()
}

pub fn copy(key: &KeyPair) -> KeyPair {
    KeyPair::from_pem(&key.serialize_pem()).unwrap()
}

/// As `openssl req -x509` makes one.
pub fn of_itself(params: &CertificateParams, key: &KeyPair) -> Shown {
    let made = params.self_signed(key).unwrap();
    Shown { chain: vec![made.der().clone()], pem: made.pem(), key: copy(key) }
}

pub fn signed(params: &CertificateParams, by: &Issuer<'_, impl SigningKey>) -> Shown {
    let key = key();
    let made = params.signed_by(&key, by).unwrap();
    Shown { chain: vec![made.der().clone()], pem: made.pem(), key }
}

/// A server that shows what it is told to, also what a config of ours would refuse.
pub fn server(shown: &Shown) -> Ours {
    let key = PrivateKeyDer::try_from(shown.key.serialize_der()).unwrap();
    let key = provider().key_provider.load_private_key(key).unwrap();
    let own = SingleCertAndKey::from(CertifiedKey::new(shown.chain.clone(), key));
    let builder = ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().unwrap();
    Ours::server(builder.with_no_client_auth().with_cert_resolver(Arc::new(own)))
}

fn client_config(roots: &str, version: Version) -> Arc<ClientConfig> {
    let trust = Trust::Roots(roots.as_bytes());
    let options = Options { trust, version_min: version, version_max: version, ..Options::new(Role::Client) };
    TlsConfig::new(&options).unwrap().client().unwrap()
}

/// Why a client that trusts `roots` refuses the server, if it does.
pub fn refusal_for(host: &str, roots: &str, shown: &Shown, version: Version) -> Option<&'static str> {
    let (mut client, mut server) = (Ours::of_client(&client_config(roots, version), host), server(shown));
    carry(&mut client, &mut server, usize::MAX);
    assert_eq!(client.error.is_some(), server.error.is_some(), "the server is told");
    assert_eq!(client.error.is_none(), !client.session.is_handshaking());
    let error = client.error?;
    assert_eq!((error.code(), error.fault.rule), (Code::TlsVerify, c"TLS-08"), "{error}");
    error.fault.reason.to_str().ok()
}

pub fn refusal(roots: &str, shown: &Shown) -> Option<&'static str> {
    let [first, second] = VERSIONS.map(|version| refusal_for(HOST, roots, shown, version));
    assert_eq!(first, second);
    first
}
