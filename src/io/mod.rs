//! Sockets, addresses, drivers, timers, clocks: every system call of the library, and the parts of an event loop.
//!
//! - [`address`]: `host:port` and `unix:/path`, text to socket name and back. Never resolves a host name.
//! - [`socket`]: listeners, streams, datagrams, their options; how a failed accept is to be taken.
//! - [`driver`]: the event loop's engine: operations go in, completions come out one at a time.
//! - [`fault()`]: what a failed system call is called.
//! - [`file`]: reads from files of others.
//! - [`ktls`]: sockets whose TLS records the system makes.
//! - [`timer`]: a wheel of timers, one per key.
//! - [`waker`]: ends a driver's wait from another thread or a signal handler.
//! - [`clock`]: the two clocks.
//!
//! `sys` holds the system calls themselves, each in a small safe function; nothing else in the room is unsafe. No room
//! here knows a protocol: bytes come in and go out. Nothing starts a thread or installs a signal handler.

#[cfg(not(target_os = "linux"))]
compile_error!("the feature `io` has a driver for Linux only; build the protocols with `--no-default-features`");

pub mod address;
mod chunks;
pub mod clock;
pub mod driver;
mod fault;
pub mod file;
pub mod ktls;
pub mod socket;
#[allow(unsafe_code)]
#[allow(clippy::cast_possible_truncation, reason = "sizes and constants of the system's own structs, in its own types")]
mod sys;
pub mod timer;
pub mod waker;

pub use fault::fault;
