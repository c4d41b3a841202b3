//! Attacks on one connection: each finding as its smallest case, and seeded random walks over the whole API.
//!
//! A test that is ignored names a finding that is not mended yet.
#![cfg(feature = "capi")]

#[path = "attack/abi.rs"]
mod abi;
#[path = "attack/budgets.rs"]
mod budgets;
#[path = "attack/calls.rs"]
mod calls;
#[path = "attack/checks.rs"]
mod checks;
#[path = "attack/client.rs"]
mod client;
#[path = "attack/clocks.rs"]
mod clocks;
#[path = "attack/cuts.rs"]
mod cuts;
#[path = "attack/file_answers.rs"]
mod file_answers;
#[path = "attack/files.rs"]
mod files;
#[path = "attack/memory.rs"]
mod memory;
#[path = "support/messages.rs"]
mod messages;
#[path = "attack/peer.rs"]
mod peer;
#[path = "support/random.rs"]
mod random;
#[path = "attack/requests.rs"]
mod requests;
#[path = "support/rig.rs"]
#[allow(dead_code, reason = "a part of it is used")]
mod rig;
#[path = "attack/server.rs"]
mod server;
#[path = "attack/stress.rs"]
mod stress;
