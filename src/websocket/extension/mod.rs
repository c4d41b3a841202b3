//! Extension negotiation: the grammar of Sec-WebSocket-Extensions (RFC 6455 §9.1) and the terms of permessage-deflate
//! (RFC 7692 §7) in both roles.
//!
//! Takes one field value per line, as in the head; several lines form one list. Uses [`crate::error`]. Never allocates.
//! The offset of an error is into its line.

mod config;
mod grammar;
mod offer;
mod respond;
mod terms;
mod value;

pub use config::{Deflate, DeflateConfig};
pub use grammar::{Extension, Extensions, Param, Params, Unquoted, extensions};
pub use offer::{accept_response, offer};
pub use respond::{OfferResponse, respond};
pub use value::FieldValue;

/// The only supported extension.
const NAME: &[u8] = b"permessage-deflate";

#[cfg(test)]
mod tests;
