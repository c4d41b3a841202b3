//! WebSocket (RFC 6455) and permessage-deflate (RFC 7692), in both roles: a codec, and a state machine on top of it.
//!
//! Independent of HTTP/1.1: a handshake takes and returns field values ([`handshake`], [`extension`]), so another
//! carrier (RFC 8441) can use it. Functions take octets as arguments, unmask frames in place, and never store or return
//! a slice of them. The caller supplies masking keys and memory. The `status` of a [`Fault`](crate::error::Fault) is
//! the close code to send, or the HTTP status that refuses a handshake.
//!
//! Uses [`crate::error`], [`crate::guard`], [`crate::memory`]. No clock, no random source, no system call.

pub mod accept;
pub mod close;
#[cfg(feature = "deflate")]
pub mod deflate;
pub mod extension;
pub mod frame;
pub mod handshake;
pub mod machine;
pub mod mask;
mod token;
pub mod utf8;

/// Which side of a WebSocket we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The peer masks what it sends, and we do not.
    Server,
    /// We mask what we send, and the peer does not.
    Client,
}
