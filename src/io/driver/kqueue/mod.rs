//! The kqueue driver (macOS, FreeBSD, NetBSD, OpenBSD): a [`ReadinessDriver`] over kqueue.
//!
//! What it requests travels with the next wait, so a new connection costs no call of its own. Reading and writing are
//! watched one by one. While nobody receives, the read filter reports the end and errors only, by edges: levels could not be
//! silenced one by one, and a filter that has been silenced would not report a reset after the end.
//!
//! The end of a stream is a receive of nothing, never `EV_EOF`, since octets may still wait. An error is what the socket
//! has; an `EV_EOF` without one is none.

mod event;
mod filters;
mod set;
#[cfg(all(test, target_os = "linux"))]
mod tests;

use super::readiness::ReadinessDriver;

/// The driver.
pub(in crate::io::driver) type Kqueue = ReadinessDriver<set::Set>;
