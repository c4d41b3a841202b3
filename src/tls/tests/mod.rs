//! Configs in handshakes: both sides in memory, certificates made on the fly.

mod authority;
mod choosing;
mod clients;
mod handshake;
mod options;
mod refusals;
mod resuming;
mod swapping;
mod witness;

use super::{Certificate, Options, Role, TlsConfig, Trust};
use authority::{Authority, Pair};

/// A server with one certificate.
fn server(own: &Pair) -> TlsConfig {
    TlsConfig::new(&Options { certificates: &[own.certificate()], ..Options::new(Role::Server) }).unwrap()
}

/// A client that trusts one authority.
fn client(authority: &Authority) -> TlsConfig {
    TlsConfig::new(&Options { trust: Trust::Roots(authority.pem().as_bytes()), ..Options::new(Role::Client) }).unwrap()
}
