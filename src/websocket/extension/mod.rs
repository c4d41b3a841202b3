//! Extension negotiation: the grammar of Sec-WebSocket-Extensions (RFC 6455 §9.1) and the terms of permessage-deflate
//! (RFC 7692 §7) in both roles.
//!
//! Field values come in one for each line, as the head gave them; lists that go on over several lines are one list. Uses
//! [`crate::error`]. Never allocates. The offset of an error counts from the start of the line it is in.

mod agree;
mod config;
mod grammar;
mod offer;
mod terms;
mod value;

pub use agree::{Answer, answer};
pub use config::{Deflate, DeflateConfig};
pub use grammar::{Extension, Extensions, Param, Params, Unquoted, extensions};
pub use offer::{accept, offer};
pub use value::FieldValue;

/// The one extension spoken here.
const NAME: &[u8] = b"permessage-deflate";

#[cfg(test)]
mod tests;
