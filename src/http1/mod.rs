//! HTTP/1.1 (RFC 9112, RFC 9110) in both roles: the codec, and the machine over it.
//!
//! The codec turns octets into offsets and back and knows no connection:
//!
//! - [`head`]: request heads, response heads and trailer sections in, as a table of field offsets and a framing summary
//! - [`chunk`]: chunked framing in and out
//! - [`write`]: heads out, validated as strictly as input is
//! - [`target`], [`framing`], [`list`], [`unfold`]: the grammar and the verdicts that heads have in common
//!
//! The [`machine`] says whose turn it is and how long a body is.
//!
//! Uses [`crate::error`] and [`crate::guard`]. Never keeps or returns a slice of its input, allocates, or decodes text.

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
