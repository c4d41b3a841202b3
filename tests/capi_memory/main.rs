//! Memory across the C API: every call in every state with each of its allocations refused in turn, and what the header says of which
//! call allocates.
#![cfg(all(unix, feature = "capi", feature = "service", feature = "tls"))]

mod bench;
mod calls;
mod claims;
mod codec;
mod event_loop;
mod failing;
#[path = "../support/headers.rs"]
mod headers;
mod lengths;
mod life;
mod mailbox;
mod memory;
mod pump;
mod pump_calls;
mod scarce;
mod semantics;
mod server;
mod server_fixture;
#[path = "../service_support/mod.rs"]
mod service_support;
mod states;
mod tls;
mod tls_states;
