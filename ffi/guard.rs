//! The one boundary every call crosses: panics stop here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::status::ww_status;
use crate::error::{Code, Error};

/// Runs the body of a call; a panic becomes `WW_E_PANIC`.
#[inline(always)]
pub(super) fn guarded(body: impl FnOnce() -> ww_status) -> ww_status {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or(Code::Panic as ww_status)
}

/// The status of a result.
#[inline(always)]
pub(super) fn answer(result: Result<(), Error>) -> ww_status {
    match result {
        Ok(()) => 0,
        Err(error) => error.code() as ww_status,
    }
}
