//! HTTP/1.1 (RFC 9112, RFC 9110) in both roles: a codec, and a state machine on top of it.
//!
//! The codec converts between octets and offsets and has no connection state:
//!
//! - [`head`]: parses request heads, response heads and trailer sections into field offsets and a framing summary
//! - [`chunk`]: chunked framing, decoding and encoding
//! - [`mod@write`]: writes heads, validated as strictly as input
//! - [`target`], [`framing`], [`list`], [`unfold`]: grammar and rules shared by all heads
//!
//! The [`machine`] decides whose turn it is and how long a body is.
//!
//! Uses [`crate::error`] and [`crate::guard`]. Never allocates, decodes text, or stores or returns a slice of its
//! input.

pub mod chunk;
pub mod framing;
pub mod head;
pub mod list;
pub mod machine;
pub mod octet;
pub mod target;
mod target_octets;
pub mod unfold;
pub mod write;
