//! HTTP/1.1 (RFC 9112, RFC 9110) in both roles: the codec, and the machine over it.
//!
//! The codec turns octets into offsets and back and knows no connection:
//!
//! - [`head`]: request heads, response heads and trailer sections in, as a table of field offsets and a framing summary
//! - [`target`]: the forms of a request target, Host, and from a URL to both
//! - [`framing`]: the verdict on a head: where its content ends, whether the connection outlives it
//! - [`chunk`]: chunked framing in and out
//! - [`write`](mod@write): heads out, validated as strictly as input is
//! - [`list`], [`octet`]: list values, and which octets may stand where
//!
//! Uses [`crate::error`] and [`crate::guard`]. Never keeps or returns a slice of its input, allocates, or decodes text.

pub mod chunk;
pub mod framing;
pub mod head;
pub mod list;
pub mod octet;
pub mod target;
pub mod write;
