//! The header of the PROXY protocol: any cut gives the same, and what it tells can be written as the same header again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wireway_fuzz::proxy;

fuzz_target!(|data: &[u8]| {
    proxy::header(data);
});
