//! The event loop: ids, tokens, turns, timers, posts, guests and datagrams. What the drivers promise of operations has its tests beside them.
#![cfg(feature = "io")]

mod cancels;
mod datagrams;
#[path = "../io_support/mod.rs"]
mod io_support;
mod sockets;
mod support;
mod turns;
mod watched;
