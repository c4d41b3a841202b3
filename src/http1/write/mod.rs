//! Writing heads and trailer sections, validated as strictly as input: the output cannot split a message.
//!
//! Writing has three steps, so that nothing is written on an error. [`check_fields`] validates the caller's fields and
//! collects the [`FieldFacts`] that affect framing. [`ResponseHead::plan`] or [`RequestHead::plan`] checks the whole
//! head and computes its exact size. [`HeadPlan::write`] writes it and can fail only for lack of room.
//! [`StandaloneRequest`] and [`StandaloneResponse`] do all three, for a caller who owns the connection.
//!
//! [`frame_request`] and [`frame_response`] decide the framing of every message.
//!
//! Fields come from any cloneable iterator, so no array has to be built.
//!
//! Uses [`crate::error`] and its neighbours [`octet`](super::octet), [`list`](super::list) and
//! [`target`](super::target). Never allocates, reads a clock, or keeps a slice beyond a plan.

mod date;
mod facts;
mod fast_response;
mod faults;
mod field_check;
mod field_line_cache;
mod field_ref;
mod framing;
mod lines;
mod names;
mod out;
mod plan;
mod standalone_request;
mod standalone_response;
mod status;
#[cfg(test)]
mod tests;
mod trailers;

pub use date::DateCache;
pub use facts::FieldFacts;
pub use fast_response::FastResponse;
pub(crate) use faults::no_room;
pub use field_check::check_fields;
pub use field_line_cache::FieldLineCache;
pub use field_ref::FieldRef;
pub use framing::{Content, Framing, frame_request, frame_response};
pub use lines::{BodyLine, ConnectionLine, LibraryLines};
pub use names::is_forbidden_trailer;
pub use plan::{HeadPlan, RequestHead, ResponseHead};
pub use standalone_request::StandaloneRequest;
pub use standalone_response::StandaloneResponse;
pub use status::standard_reason;
pub use trailers::{check_trailers, write_trailers};
