//! Parsing heads: request line or status line, and the field section (RFC 9112 §2–5, RFC 9110 §5).
//!
//! Octets are classified 64 at a time into bit masks by a leaf selected for the processor (`leaf`). The fast walk
//! (`fast_section`) handles heads that are complete and valid, the full walk (`section`) all others. Each field line
//! becomes a [`Field`] of offsets in the caller's table. The same pass fills a [`Summary`] of what framing depends on,
//! so framing never depends on field order. A head may arrive in any number of pieces: [`Scan`] stores the progress, so
//! the total cost stays linear.
//!
//! Never reads past the input and never allocates. Deciding the framing is up to the machine.

mod fast_section;
mod faults;
mod field;
pub mod field_id;
mod leaf;
mod line;
mod line_error;
mod list;
mod lookup;
pub mod method;
mod octet;
mod parse;
mod place;
mod request;
mod response;
mod result;
mod scan;
mod section;
mod start;
mod summary;
mod target;
#[cfg(test)]
mod tests;
mod trailers;
mod walk;

pub use field::{Field, FieldId, FieldSink};
pub use field_id::field_name;
pub(crate) use leaf::choose_leaf;
pub use lookup::field_id;
pub use method::{method_id, method_name};
pub use parse::{parse_request, parse_response, parse_trailers};
pub use place::parse_request_fast;
#[cfg(feature = "capi")]
pub(crate) use place::{HeadPlace, parse_into};
#[cfg(feature = "capi")]
pub(crate) use request::Line as RequestLine;
#[cfg(feature = "capi")]
pub(crate) use response::Line as ResponseLine;
pub use result::{Octets, RequestHead, ResponseHead};
pub use scan::Scan;
#[cfg(feature = "capi")]
pub(crate) use start::StartLine;
pub use summary::Summary;
#[cfg(feature = "capi")]
pub(crate) use trailers::NoLine;
