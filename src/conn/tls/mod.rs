//! TLS over a workspace: records go into a queue with blocks of their own.
//!
//! [`Layer`] lies under a connection, as [`Transport`](super::transport::Transport) has it: what is received becomes plaintext in place
//! before the protocol looks at it, and what the protocol has queued becomes records when the transport has room. A kernel may take the
//! records over; octets then pass the layer by, and only control records are left to it. [`Pump`] is TLS alone, for whoever speaks
//! another protocol in it.
//!
//! Knows the windows and queues of a connection, and nothing else of it.

mod channel;
mod layer;
mod plaintext;
mod pump;
mod record_sink;
mod seal;
mod sealer;

pub(super) use layer::Layer;
pub use pump::{Plain, Pump};
