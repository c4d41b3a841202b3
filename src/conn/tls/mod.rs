//! TLS over a workspace: records go into an output chain of their own blocks.
//!
//! [`Layer`] lies under a connection: what is received becomes plaintext in place before the protocol looks at it ([`open`]), and
//! what the protocol has queued becomes records when the transport has room ([`seal`]). A kernel may take the records over
//! ([`kernel`]); octets then pass the layer by, and only control records are left to it. [`Pump`] is TLS alone, for whoever speaks
//! another protocol in it.

mod chain;
mod end;
mod kernel;
mod layer;
mod open;
mod pump;
mod seal;

pub(super) use layer::Layer;
pub use pump::{Plain, Pump};
