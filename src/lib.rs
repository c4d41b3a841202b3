//! wireway: HTTP/1.1, WebSocket and TLS as sans-I/O state machines, and a small event loop beside them.
//!
//! The layers, each of which imports only from those below it:
//!
//! ```text
//! ffi/        the C ABI: checks arguments, contains panics, converts
//! service     server: sockets + machines
//! io          sockets, addresses, drivers, event loop: every system call
//! ---------------------------------------------------------------------- sans-I/O below this line
//! conn        one connection: protocols, held bytes, output chain, deadline; workspace
//! semantics   HTTP fields and targets by their meaning: dates, ranges, preconditions, weights, media types
//! http1       HTTP/1.1: the codec, and the machine over it
//! websocket   WebSocket: the codec, and the machine over it
//! tls         TLS: its configs, and one session over rustls, which stays behind this wall (feature `tls`)
//! proxy       the PROXY protocol: the header with a client's endpoints that a load balancer sends first
//! happy_eyeballs  which address of a host to connect to, and when (RFC 8305)
//! guard       limits and clocks
//! memory      fallible, budgeted allocation
//! narrow      numbers in fewer bits, and why nothing is lost
//! error       what can go wrong, in one table
//! random      seeded numbers, in tests only
//! ```
//!
//! Below the line there is no system call, clock, thread, file or random source: time is an argument.

#![deny(unsafe_code)]
// The documentation is for people who work on the crate: modules name their private parts.
#![allow(rustdoc::private_intra_doc_links)]
#![cfg_attr(not(test), deny(clippy::cast_possible_truncation))]

pub mod conn;
pub mod error;
pub mod guard;
pub mod happy_eyeballs;
pub mod http1;
pub mod memory;
mod narrow;
pub mod proxy;
#[cfg(test)]
#[path = "../tests/support/random.rs"]
mod random;
pub mod semantics;
#[cfg(feature = "tls")]
pub mod tls;
pub mod websocket;

#[cfg(feature = "io")]
pub mod io;
#[cfg(feature = "service")]
pub mod service;

#[cfg(feature = "capi")]
#[path = "../ffi/mod.rs"]
pub mod ffi;
