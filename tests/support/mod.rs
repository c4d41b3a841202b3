//! The runner of the protocol cases in `tests/cases/`: what a case is, how it is cut, who runs it, what must come out.

pub mod bytes;
pub mod call;
pub mod case;
pub mod code;
pub mod compare;
pub mod cuts;
pub mod expect;
pub mod frames;
pub mod key;
pub mod log;
pub mod markdown;
pub mod message;
pub mod number;
pub mod opening;
pub mod run;
pub mod step;
mod tests;
pub mod tls_command;
#[allow(dead_code, reason = "the C driver has a peer of its own")]
#[cfg(feature = "tls")]
pub mod tls_peer;
#[allow(dead_code, reason = "the C driver has a peer of its own")]
#[cfg(not(feature = "tls"))]
#[path = "no_tls_peer.rs"]
pub mod tls_peer;
pub mod websocket_call;
pub mod wire;
pub mod words;
mod wrong_cases;
