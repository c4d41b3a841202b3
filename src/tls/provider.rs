//! The cryptography provider. Only this file distinguishes providers.

use std::sync::Arc;

use rustls::crypto::{CryptoProvider, SupportedKxGroup};
use rustls::server::ProducesTickets;

use super::alerting;
use super::options::KeyExchange;
use super::refusal::{ENTROPY, Refusal, refuse};

#[cfg(not(any(feature = "tls-aws-lc-rs", feature = "tls-ring")))]
compile_error!("the feature `tls` needs a provider: `tls-aws-lc-rs` or `tls-ring`");

#[cfg(feature = "tls-aws-lc-rs")]
use rustls::crypto::aws_lc_rs as chosen;
#[cfg(all(feature = "tls-ring", not(feature = "tls-aws-lc-rs")))]
use rustls::crypto::ring as chosen;

/// The provider that was built in: `aws-lc-rs`, also when both were, or `ring`.
#[cfg(feature = "tls-aws-lc-rs")]
pub const PROVIDER: &str = "aws-lc-rs";
/// The provider that was built in.
#[cfg(not(feature = "tls-aws-lc-rs"))]
pub const PROVIDER: &str = "ring";

/// The provider with these key exchanges, in order of preference, whatever rustls' features are.
pub(super) fn provider(wanted: KeyExchange) -> Arc<CryptoProvider> {
    use chosen::kx_group::{SECP256R1, SECP384R1, X25519};
    let mut kx_groups = post_quantum(wanted);
    kx_groups.extend([X25519, SECP256R1, SECP384R1]);
    let provider = chosen::default_provider();
    Arc::new(CryptoProvider { kx_groups, cipher_suites: alerting::suites(&provider.cipher_suites), ..provider })
}

#[cfg(feature = "tls-aws-lc-rs")]
fn post_quantum(wanted: KeyExchange) -> Vec<&'static dyn SupportedKxGroup> {
    match wanted {
        KeyExchange::PostQuantum => vec![chosen::kx_group::X25519MLKEM768],
        KeyExchange::Classical => vec![],
    }
}

/// ring has none.
#[cfg(not(feature = "tls-aws-lc-rs"))]
fn post_quantum(_: KeyExchange) -> Vec<&'static dyn SupportedKxGroup> {
    vec![]
}

/// New ticket keys. They rotate every six hours and accept tickets for twelve.
pub(super) fn ticket_keys() -> Result<Arc<dyn ProducesTickets>, Refusal> {
    chosen::Ticketer::new().map_err(|_| refuse(&ENTROPY, 0))
}
