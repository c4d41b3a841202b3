//! Connections of the C API, two that are wired to each other or one whose peer is the input: what `next`, the state and the deadline say
//! agrees, turns end, memory stays where it was shown and comes back, and both hear what the other said.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| wireway_fuzz::api::conn::run(data));
