//! io_uring: a queue of requests to the system, a queue of their completions, and the buffers that receives fill.
//!
//! [`Ring`] is all of it for one driver. It counts what the system has not completed, and ends that before it frees what the
//! system may still write to.

mod buffers;
mod completed;
mod messages;
mod owner;
mod request;
mod ring;

pub(in crate::io) use buffers::Buffer;
pub(in crate::io) use completed::Completed;
pub(in crate::io) use request::Request;
pub(in crate::io) use ring::{CANCEL_MS, Ring};
