//! Sockets, addresses, drivers, timers, clocks: all system calls of the library, and the parts of an event loop.
//!
//! - [`address`]: `host:port` and `unix:/path`, parsed and formatted. Never resolves a host name.
//! - [`resolver`]: host names to addresses, on threads of its own.
//! - [`socket`]: listeners, streams, datagrams, their options; classes of accept errors.
//! - [`driver`]: the event loop's engine: operations go in, completions come out one at a time.
//! - [`event_loop`]: a driver with timers, posts and guests, for programs that have no loop of their own.
//! - [`fault()`]: system errors as library errors.
//! - [`mod@file`]: reads from descriptors owned by others.
//! - [`ktls`]: TLS records in the kernel.
//! - [`timer`]: a timer wheel, one timer per key.
//! - [`waker`]: ends a driver's wait from another thread or a signal handler.
//! - [`clock`]: the two clocks.
//! - [`descriptor`]: descriptors by number.
//!
//! `sys` has the system calls, each in a small safe function, and all the `unsafe` of this module. Nothing here knows a
//! protocol or installs a signal handler, and only [`resolver`] starts threads: the system's call for names blocks.

#[cfg(not(any(target_os = "linux", bsd, windows)))]
compile_error!(
    "the feature `io` has drivers for Linux, macOS, FreeBSD, NetBSD, OpenBSD and Windows; build the protocols with \
     `--no-default-features`"
);

pub mod address;
mod chunks;
pub mod clock;
pub mod descriptor;
pub mod driver;
pub mod event_loop;
mod fault;
pub mod file;
pub mod ktls;
pub mod resolver;
pub mod socket;
#[allow(unsafe_code)]
#[allow(clippy::cast_possible_truncation, reason = "sizes and constants of the system's own structs, in its own types")]
mod sys;
pub mod timer;
pub mod waker;

pub use fault::fault;
