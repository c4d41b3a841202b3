//! The opening handshake as a set of fields (RFC 6455 §4): what a request must hold, and what a 101 must answer.
//!
//! Fields are pairs of name and value, in order, one for each line; where they come from is the carrier's business. Key and
//! accept value are computed elsewhere; their texts are arguments. Uses [`crate::error`] and the module's own
//! [`extension`](super::extension). Never allocates, keeps no slice. Offsets of errors are 0, or count from the start
//! of the value that is wrong.

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
