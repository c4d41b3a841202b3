//! TLS over a workspace: records go into an output chain of their own blocks.
//!
//! [`Pump`] is TLS alone, for whoever speaks another protocol in it.

mod chain;
mod pump;

pub use pump::{Plain, Pump};
