//! TLS under a connection: two of them in memory, client and server.
#![cfg(feature = "tls")]

mod alerts;
mod clocks;
mod cuts;
mod end;
mod endings;
mod files;
mod kernel;
mod limits;
mod refused;
#[path = "../support/rig.rs"]
#[allow(dead_code, reason = "a part of it is used")]
mod rig;
mod streams;
#[path = "../tls_support/mod.rs"]
mod tls_support;
