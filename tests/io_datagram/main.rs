//! UDP without a driver: batches, segments, marks, multicast.
#![cfg(feature = "io")]

mod batches;
mod errors;
#[path = "../io_support/mod.rs"]
mod io_support;
mod marks;
mod multicast;
mod options;
#[cfg(target_os = "linux")]
mod segments;
mod support;
