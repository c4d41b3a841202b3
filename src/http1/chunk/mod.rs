//! Chunked framing.
