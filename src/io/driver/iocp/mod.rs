//! The driver of Windows: a [`ReadinessDriver`] over a completion port and polls of AFD.
//!
//! A poll is one request of the system, which ends with its first event; so what is wanted after a batch is requested again by
//! the next wait. That is one system call for each connection with input and turn. While nothing arrives there is none, and
//! an idle connection has one pending poll and no buffer. A poll that lacks an event is cancelled, and started again when it
//! has ended.
//!
//! Windows has no small numbers for its sockets, so an index is a slot of the driver's own. It is free again when the packet of
//! its last poll is back, since until then the system may write to its block.

mod event;
mod guests;
mod info;
mod pending;
mod requests;
mod set;
mod slots;
mod table;
#[cfg(test)]
mod tests;

use super::readiness::ReadinessDriver;

/// The driver.
pub(in crate::io::driver) type Iocp = ReadinessDriver<set::Set>;
