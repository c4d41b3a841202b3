//! kqueue: the queue of watched descriptors, and the wait.
//!
//! - [`event`]: changes and events, one struct for both.
//! - [`queue`]: the system calls.
//! - [`system`]: the struct and the constants.
//! - [`probe`]: what an event does not tell.
//! - `double`: the system calls on Linux, for tests of the driver, over epoll.

#[cfg(not(bsd))]
mod double;
pub(in crate::io) mod event;
pub(in crate::io) mod probe;
#[cfg(bsd)]
mod queue;
mod system;

#[cfg(not(bsd))]
pub(in crate::io) use double::Queue;
#[cfg(bsd)]
pub(in crate::io) use queue::Queue;
