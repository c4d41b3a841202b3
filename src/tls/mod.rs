//! TLS 1.2 and 1.3 (RFC 8446, RFC 5246) by rustls. No rustls type is part of this module's public API.
//!
//! [`TlsConfig`] configures handshakes: certificates selected by name, trust, ALPN, ticket keys. It is validated when
//! made, shared between threads, and can be given new material at any time.
//!
//! [`Session`] is the TLS state of one connection. It opens records to plaintext and seals plaintext to records. It
//! owns no socket, stores nothing of what it is lent except an incomplete record, and writes output for the peer to a
//! [`Sink`].
//!
//! Uses [`crate::memory`], [`crate::error`]. Reads no files: PEM comes as octets, key log lines go to the caller's
//! [`KeyLog`]. Two exceptions are left to rustls and its provider: random octets come from the system, and validity of
//! certificates and tickets is checked against the system's wall clock. [`Trust::Platform`] reads the platform's
//! certificates.
//!
//! rustls allocates from the global allocator. A config's allocations depend on its owner's material, never on a peer;
//! a session's are bounded by one handshake message and one record.

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
