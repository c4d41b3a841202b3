//! A server hears anything at all: it never panics, holds a bounded number of octets, gives its memory back, and tells and writes
//! the same however its input is cut.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wireway::http1::machine::Role;

fuzz_target!(|data: &[u8]| wireway_fuzz::same_however_cut(Role::Server, data));
