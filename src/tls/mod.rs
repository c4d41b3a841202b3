//! TLS 1.2 and 1.3 (RFC 8446, RFC 5246) through rustls, which no type of this room's public side shows.
//!
//! [`TlsConfig`] is what handshakes are made with: certificates chosen by name, trust, ALPN, ticket keys. It is checked when
//! it is made, shared between threads, and can be given new material while they go on.
//!
//! [`Session`] is one connection's TLS: records in, plaintext out, and the other way round. It owns no socket, keeps nothing of
//! what it is lent but a record that was cut, and gives what it has for the peer to a [`Sink`].
//!
//! Uses [`crate::memory`], [`crate::error`]. No file is read here: PEM comes as octets, key log lines go to the caller's
//! [`KeyLog`]. Two things stay with rustls and its provider: unpredictable octets come from the system's generator, and
//! certificates and tickets are judged by the system's wall clock. [`Trust::Platform`] asks the platform for its certificates,
//! wherever it keeps them.
//!
//! rustls allocates from the global allocator. What a config allocates depends on its owner's material, never on a peer; what a
//! session allocates in it is bounded by one message of the handshake and one record.

mod alerting;
mod anyone;
mod certificate;
mod choose;
mod client;
mod config;
mod der;
mod hello;
mod identity;
mod kernel;
mod key_log;
mod name;
mod not_pinned;
mod ocsp;
mod options;
mod pem;
mod pinned;
mod provider;
mod record;
mod refusal;
mod server;
mod session;
mod sink;
#[cfg(test)]
mod tests;
mod tickets;
mod trust;
mod verifier;

pub use config::TlsConfig;
pub use kernel::{Cipher, Keys, Protection};
pub use key_log::KeyLog;
pub use options::{Certificate, ClientAuth, KeyExchange, Options, Pin, Role, Trust, Version};
pub use provider::PROVIDER;
pub use refusal::Refusal;
pub use session::{Control, OpenedRecords, RecordError, Session};
pub use sink::Sink;
