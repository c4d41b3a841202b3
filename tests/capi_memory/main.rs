//! Memory across the C API: every call in every state with each of its allocations refused in turn, and what the header says of which
//! call allocates.
#![cfg(all(feature = "capi", feature = "service", feature = "tls"))]

mod bench;
mod calls;
mod failing;
mod life;
mod memory;
mod pump;
mod states;
mod tls;
