//! A server of the C API among peers over sockets: turns end, each connection is opened and closed once, what is lent comes back, and a
//! dead id stays dead. No descriptor stays open.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

/// How many descriptors may be open behind a run: some are opened once and stay, those that a run forgets add up.
static DESCRIPTORS: OnceLock<usize> = OnceLock::new();

fuzz_target!(|data: &[u8]| {
    wireway_fuzz::api::server::run(data);
    let open = std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
    assert!(open <= *DESCRIPTORS.get_or_init(|| open + 8), "descriptors that stay open");
});
