//! TLS configs of both roles. Nothing is resumed, and signatures have one length, so that an input means the same each time.

use std::ptr::{null, null_mut};
use std::sync::LazyLock;

use wireway::ffi::config::{WW_ROLE_CLIENT, WW_ROLE_SERVER};
use wireway::ffi::status::WW_OK;
use wireway::ffi::tls_config::*;

use super::octets::{NO_SPAN, span};

/// A config, for any thread.
pub struct Config(pub *mut ww_tls_config);

// SAFETY: calls on one config may overlap, and it is never freed.
unsafe impl Send for Config {}
// SAFETY: as above.
unsafe impl Sync for Config {}

/// TLS 1.3, and 1.2 with the other one.
pub static SERVER: LazyLock<[Config; 2]> =
    LazyLock::new(|| [make(WW_ROLE_SERVER, 0), make(WW_ROLE_SERVER, WW_TLS_1_2)]);
pub static CLIENT: LazyLock<Config> = LazyLock::new(|| make(WW_ROLE_CLIENT, 0));

/// The host that the certificate is for.
pub const HOST: &[u8] = b"localhost";

fn make(role: u32, version_max: u32) -> Config {
    let certificate = ww_tls_certificate {
        chain_pem: span(include_bytes!("../../tls/leaf.pem")),
        key_pem: span(include_bytes!("../../tls/leaf.key")),
        ocsp: NO_SPAN,
        chain_path: null(),
        key_path: null(),
        ocsp_path: null(),
        names: null(),
        name_count: 0,
        reserved: [0; 2],
    };
    // SAFETY: integers and pointers only, for which zero is the default.
    let mut options: ww_tls_options = unsafe { std::mem::zeroed() };
    options.size = size_of::<ww_tls_options>();
    options.role = role;
    options.flags = WW_TLS_NO_RESUMPTION | WW_TLS_NO_POST_QUANTUM;
    options.version_max = version_max;
    if role == WW_ROLE_SERVER {
        (options.certificates, options.certificate_count) = (&raw const certificate, 1);
    } else {
        options.roots_pem = span(include_bytes!("../../tls/ca.pem"));
    }
    let mut config = null_mut();
    // SAFETY: options of ours, with all they point to.
    let status = unsafe { ww_tls_config_new(&raw const options, &raw mut config, null_mut()) };
    assert_eq!(status, WW_OK, "the certificates are good");
    Config(config)
}
