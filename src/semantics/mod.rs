//! The meaning of fields and targets for an application (RFC 9110), without policy: each function takes octets and
//! returns a result or parts of them.
//!
//! - [`percent`], [`form`], [`cookie`]: paths, queries, forms and Cookie
//! - [`date`], [`entity_tag`], [`preconditions`], [`range`], [`selection`]: whether to send content, and which part of it
//! - [`multipart`], [`event_stream`], [`event_reader`], [`base64`]: content in pieces, and binary data as text
//! - [`media_type`], [`parameters`], [`quality`], [`negotiation`]: the type of content, and the peer's preferences
//!
//! Uses [`crate::error`] and the lists and octets of [`crate::http1`]. Results borrow from the caller's octets. Never
//! allocates or reads a clock, and knows no connection.

pub mod base64;
pub mod cookie;
pub mod date;
pub mod entity_tag;
pub mod event_reader;
pub mod event_stream;
pub mod form;
pub mod media_type;
pub mod multipart;
pub mod negotiation;
pub mod parameters;
pub mod percent;
pub mod preconditions;
pub mod quality;
pub mod range;
pub mod selection;
