//! An error told in full.

use super::check::fill;
use super::head::types::ww_error_info;
use super::status::{WW_OK, ww_status};
use crate::error::Error;

/// Tells an error, or that there is none.
///
/// # Safety
/// `out` is null or a struct of the size its first member says.
pub(super) unsafe fn describe(error: Option<Error>, out: *mut ww_error_info) -> Result<ww_status, Error> {
    // SAFETY: as the caller promises.
    unsafe { fill(out, &ww_error_info::of(error)) }?;
    Ok(WW_OK)
}

/// Tells why a call failed that did, where the caller wants to know it.
///
/// # Safety
/// `error` is null or points to a struct of the size its first member says.
#[cfg(feature = "service")]
pub(super) unsafe fn explain<T>(result: Result<T, Error>, error: *mut ww_error_info) -> Result<T, Error> {
    result.inspect_err(|&why| {
        if !error.is_null() {
            // SAFETY: not null, else as the caller promises. One that is too small is told nothing.
            let _ = unsafe { fill(error, &ww_error_info::of(Some(why))) };
        }
    })
}
