//! TLS as one more sans-I/O layer: records in, plaintext out, and the other way round.
//!
//! A [`Session`] is one connection's TLS over rustls. It owns no socket and keeps nothing of what it is lent but a record that
//! was cut, and gives what it has for the peer to a [`Sink`]. A [`TlsConfig`] is what sessions are made from.
//!
//! No type of rustls crosses the wall of this module: errors are [`crate::error::Fault`]s, facts are numbers and octets.
//!
//! Uses [`crate::memory`]. What rustls itself allocates comes from the global allocator, and the time at which certificates are
//! checked and the random octets of handshakes come from its provider.

mod config;
mod hello;
mod name;
mod record;
mod session;
mod sink;

pub use config::{Role, TlsConfig};
pub use session::{Heard, Session};
pub use sink::Sink;
