//! The protocol ledger on the Rust connection itself, in process and without the C ABI: the same rows and the same cases as
//! `tests/ledger.rs`.

#[path = "support/rows.rs"]
mod rows;
#[path = "support/rust_conn/mod.rs"]
mod rust_conn;
mod support;

use rows::{check, for_tls_rows, row_tests};
use rust_conn::RustConn;

fn row(test: &str) {
    check(&mut RustConn, test);
}

row_tests!(row);
for_tls_rows! { row_tests row }
