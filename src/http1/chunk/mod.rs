//! Chunked framing (RFC 9112 §7.1): spans of content out of a stream of octets, and chunk heads into one.
//!
//! The decoder keeps 24 octets of state, buffers nothing and moves nothing: content is named where it lies. The trailer
//! section is not its business; it stops before it.
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
