//! TLS in a workspace: records go into a queue with blocks of their own.
//!
//! [`Layer`] is the TLS of a [`Transport`](super::transport::Transport): input is decrypted in place before the
//! protocol reads it, and queued output is sealed when the transport has room. After offload to a kernel, octets bypass
//! the layer, and it handles only control records. [`Pump`] is TLS alone, for other protocols.
//!
//! Knows only the windows and queues of a connection.

mod channel;
mod layer;
mod plaintext;
mod pump;
mod record_sink;
mod seal;
mod sealer;

pub(super) use layer::Layer;
pub use pump::{Plain, Pump};
