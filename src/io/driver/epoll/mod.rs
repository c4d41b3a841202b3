//! The epoll driver (Linux): a [`ReadinessDriver`] over epoll.

mod event;
mod set;

use super::readiness::ReadinessDriver;

/// The driver.
pub(in crate::io::driver) type Epoll = ReadinessDriver<set::Set>;
