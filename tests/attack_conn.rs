//! Attacks on one connection: each finding as its smallest case, and seeded random walks over the whole API.
#![cfg(feature = "capi")]

#[path = "attack/abi.rs"]
mod abi;
#[path = "attack/client.rs"]
mod client;
#[path = "attack/clocks.rs"]
mod clocks;
#[path = "attack/cuts.rs"]
mod cuts;
#[path = "attack/memory.rs"]
mod memory;
#[path = "attack/moves.rs"]
mod moves;
#[path = "attack/peer.rs"]
mod peer;
#[path = "attack/rig.rs"]
mod rig;
#[path = "attack/server.rs"]
mod server;
#[path = "attack/stress.rs"]
mod stress;
