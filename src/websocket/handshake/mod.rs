//! The opening handshake as a set of fields (RFC 6455 §4): what a request must contain, and what a 101 must contain.
//!
//! A field is a pair of name and value, one per line, in order. The carrier supplies them; keys and accept values are
//! arguments. Uses [`crate::error`] and [`extension`](super::extension). Never allocates, stores no slice. The offset
//! of an error is 0 or counts from the start of the wrong value.

mod client;
mod fields;
mod origin;
mod protocol;
mod server;

pub use client::{Agreed, Expected, check_response};
pub use fields::{ACCEPT, CONNECTION, EXTENSIONS, Field, KEY, PROTOCOL, UPGRADE, VERSION, is_ours, lines};
pub use origin::is_same_origin;
pub use protocol::{check_offered, check_selected, choose};
pub use server::{Request, check_request};

#[cfg(test)]
mod tests;
