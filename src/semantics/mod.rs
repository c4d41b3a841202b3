//! What fields and targets mean to an application (RFC 9110), with no policy: each function takes octets and gives a verdict or
//! the parts of them.
//!
//! - [`percent`], [`form`], [`cookie`]: what paths, queries, forms and Cookie hold
//! - [`date`], [`entity_tag`], [`preconditions`], [`range`], [`selection`]: whether content is to be sent, and which part of it
//! - [`multipart`], [`event_stream`], [`event_reader`], [`base64`]: content in pieces, and text that stands for octets
//! - [`media_type`], [`parameters`], [`quality`], [`negotiation`]: what content is, and what the peer would rather have
//!
//! Uses [`crate::error`] and the lists and octets of [`crate::http1`]. What is borrowed from the caller's octets lasts as long as they do.
//! Never allocates, knows no connection and no clock: time is an argument.

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
