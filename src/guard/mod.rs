//! Guards: what a peer may cost. Limits on sizes and counts, and the clocks that bound every wait.
//!
//! Plain numbers and the arithmetic on them. Never reads a clock, allocates or knows a protocol's grammar; the machines
//! ask, the guards answer.

mod clocks;
mod limits;
mod websocket;

pub use clocks::Clocks;
pub use limits::{HeadLimits, Limits, TargetRule};
pub use websocket::MessageLimits;
