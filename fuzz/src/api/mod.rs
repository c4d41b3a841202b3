//! The C API, called as a C program calls it, by choices out of the octets of an input: `conn` wires a client and a server to each
//! other in memory, `server` runs a server among peers over sockets.
//!
//! The fuzz targets `conn_api` and `server_api` run these with inputs of libFuzzer, `tests/api_random.rs` with seeded ones. Only the
//! functions and types of `wireway::ffi` are used. A fault is a panic.

pub mod application;
pub mod config;
pub mod conn;
pub mod input;
pub mod memory;
#[path = "../../../tests/support/messages.rs"]
pub mod messages;
mod octets;
pub mod peer;
#[path = "../../../tests/support/random.rs"]
pub mod random;
pub mod server;
pub mod tls;
pub mod trace;
pub mod witness;
