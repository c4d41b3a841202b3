//! Sends without a copy: what is lent is released once the peer has it, on every driver that can, and nothing else is mistaken for it.
#![cfg(all(feature = "io", target_os = "linux"))]

mod beside;
mod closes;
mod full;
#[path = "../io_support/mod.rs"]
mod io_support;
mod numbers;
mod releases;
mod support;
