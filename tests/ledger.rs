//! The protocol ledger on the C API: every row is a test of its own, named by its id; the cases are data in `tests/cases/`.
#![cfg(all(unix, feature = "capi"))]

#[path = "support/c_build.rs"]
mod c_build;
#[path = "support/c_driver/mod.rs"]
mod c_driver;
#[path = "support/rows.rs"]
mod rows;
mod support;

use std::sync::{Mutex, MutexGuard, PoisonError};

use c_driver::CDriver;
use rows::{check, for_tls_rows, row_tests};

/// Drivers that no test uses: as many are started as tests run at a time.
static C_API: Mutex<Vec<CDriver>> = Mutex::new(Vec::new());

fn drivers() -> MutexGuard<'static, Vec<CDriver>> {
    C_API.lock().unwrap_or_else(PoisonError::into_inner)
}

fn row(test: &str) {
    let mut subject = drivers().pop().unwrap_or_else(CDriver::start);
    check(&mut subject, test);
    drivers().push(subject);
}

row_tests!(row);
for_tls_rows! { row_tests row }
