//! Chunked framing (RFC 9112 §7.1): decoding a stream of octets to spans of content, and encoding chunk heads.
//!
//! The decoder has 24 octets of state. It buffers and moves nothing, and stops before the trailer section.
//!
//! Uses [`crate::error`] and [`crate::guard`].

mod decode;
mod encode;
mod faults;
mod grammar;
#[cfg(test)]
mod tests;

pub use decode::{ChunkDecoder, ChunkStep};
pub use encode::{CHUNK_END, LAST_CHUNK, NO_TRAILERS, chunk_head};
