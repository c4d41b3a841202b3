//! A server of the C API among peers over sockets: turns end, each connection is opened and closed once, what is lent comes back, and a
//! dead id stays dead. No descriptor stays open.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

/// How many descriptors are open behind a run; the first one opens some that stay.
static DESCRIPTORS: OnceLock<usize> = OnceLock::new();

fuzz_target!(|data: &[u8]| {
    wireway_fuzz::api::server::run(data);
    let open = std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
    if !data.is_empty() {
        assert!(open <= *DESCRIPTORS.get_or_init(|| open + 1), "descriptors that stay open");
    }
});
