//! The head parser against the protocol ledger: every vector whole, octet by octet and cut in two at every place.

mod against_httparse;
mod feed;
mod fields;
mod framing;
mod limits;
mod names;
#[path = "../support/random.rs"]
mod random;
mod requests;
mod responses;
mod trailers;
