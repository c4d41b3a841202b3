//! Heads and trailer sections out, validated as strictly as input is: what passes here cannot split a message in two.
//!
//! Writing has three steps, so that an error leaves nothing written. [`check_fields`] validates the caller's fields once and
//! gathers the [`FieldFacts`] that decide framing. [`ResponseHead::plan`] or [`RequestHead::plan`] checks the head as a
//! whole and knows its exact size. [`HeadPlan::write`] writes it and can only fail for want of room. [`StandaloneRequest`] and
//! [`StandaloneResponse`] take all three at once, for a caller who owns the connection.
//!
//! [`frame_request`] and [`frame_response`] decide which framing a message gets, for everybody who writes one.
//!
//! Fields are any iterator that can be cloned, so that no array is built to hand over another.
//!
//! Uses [`crate::error`] and its neighbours [`octet`](super::octet), [`list`](super::list) and [`target`](super::target).
//! Never allocates, keeps a slice beyond a plan, or reads a clock.

mod date;
mod facts;
mod faults;
mod field_check;
mod field_ref;
mod framing;
mod known;
mod lines;
mod names;
mod out;
mod plain;
mod plan;
mod standalone_request;
mod standalone_response;
mod status;
#[cfg(test)]
mod tests;
mod trailers;

pub use date::DateCache;
pub use facts::FieldFacts;
pub(crate) use faults::no_room;
pub use field_check::check_fields;
pub use field_ref::FieldRef;
pub use framing::{Content, Framing, frame_request, frame_response};
pub use known::KnownLines;
pub use lines::{BodyLine, ConnectionLine, OwnLines};
pub use names::is_forbidden_trailer;
pub use plain::PlainResponse;
pub use plan::{HeadPlan, RequestHead, ResponseHead};
pub use standalone_request::StandaloneRequest;
pub use standalone_response::StandaloneResponse;
pub use status::standard_reason;
pub use trailers::{check_trailers, write_trailers};
