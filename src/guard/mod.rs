//! Guards: limits on the cost of a peer: sizes, counts, and the clocks that bound every wait.
//!
//! Numbers and the arithmetic on them. Reads no clock, allocates nothing, knows no grammar.

mod clocks;
mod limits;
mod websocket;

pub use clocks::Clocks;
pub use limits::{HeadLimits, Limits, TargetRule};
pub use websocket::MessageLimits;
