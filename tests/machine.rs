//! The protocol ledger on the Rust connection itself, in process and without the C ABI: the same rows and the same cases as
//! `tests/ledger.rs`.

#[path = "support/rust_conn/mod.rs"]
mod rust_conn;
mod support;

use rust_conn::RustConn;
use support::rows::{check, row_tests};

fn row(test: &str) {
    check(&mut RustConn, test);
}

row_tests!(row);
