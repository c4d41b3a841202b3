//! Configs for both ends, made once.

use super::bench::{span, zeroed};
use core::ptr::null_mut;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use wireway::ffi::config::*;
use wireway::ffi::head::types::ww_span;
use wireway::ffi::tls_config::*;

/// Handles that any thread may use, and that live as long as the tests.
pub struct Configs {
    pub server: *mut ww_tls_config,
    pub client: *mut ww_tls_config,
    roots: ww_span,
}

// SAFETY: a config is for any thread.
unsafe impl Send for Configs {}
// SAFETY: the same.
unsafe impl Sync for Configs {}

/// The configs of a server and of a client that trusts it.
pub fn configs() -> &'static Configs {
    static CONFIGS: std::sync::OnceLock<Configs> = std::sync::OnceLock::new();
    CONFIGS.get_or_init(make)
}

impl Configs {
    /// A client that knows no session: a handshake that goes on from one says less. Free it.
    pub fn new_client(&self) -> *mut ww_tls_config {
        made(&ww_tls_options { role: WW_ROLE_CLIENT, roots_pem: self.roots, ..options() })
    }
}

/// Configs that were not there before.
pub fn make() -> Configs {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap()).unwrap();
    // Whose signatures are of one length, so that both ends say as much in every run.
    let key = KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    let signed = CertificateParams::new(["example.com".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    let certificate = ww_tls_certificate {
        chain_pem: text(signed.pem()),
        key_pem: text(key.serialize_pem()),
        ..zeroed::<ww_tls_certificate>()
    };
    let server = ww_tls_options { role: WW_ROLE_SERVER, certificates: &certificate, certificate_count: 1, ..options() };
    let roots = text(issuer.pem());
    let client = ww_tls_options { role: WW_ROLE_CLIENT, roots_pem: roots, ..options() };
    Configs { server: made(&server), client: made(&client), roots }
}

fn options() -> ww_tls_options {
    ww_tls_options { size: size_of::<ww_tls_options>(), ..zeroed() }
}

fn text(pem: String) -> ww_span {
    let text: &'static str = pem.leak();
    span(text)
}

fn made(options: &ww_tls_options) -> *mut ww_tls_config {
    let mut config = null_mut();
    // SAFETY: as C would.
    assert_eq!(unsafe { ww_tls_config_new(options, &mut config, null_mut()) }, 0);
    config
}
