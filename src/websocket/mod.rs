//! WebSocket (RFC 6455) and permessage-deflate (RFC 7692), in both roles: the codec first, then the machine over it.
//!
//! Knows nothing of HTTP/1.1: a handshake is a set of field values in and out ([`handshake`], [`extension`]), so that another
//! carrier (RFC 8441) can serve as well. Octets are arguments; frames are unmasked in place; nothing here stores or returns a
//! slice of them. Masking keys and memory come from the caller. The `status` of a [`Fault`](crate::error::Fault) is the
//! close code it leads to, or the HTTP status where a handshake is refused.
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
